using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Output;

/// <summary>Facts of a member that its spec states, as far as its type and its evidence allow.</summary>
internal static partial class FieldFacts
{
    /// <summary>The rules of a member that its evidence is too weak to make errors of.</summary>
    public static EquatableArray<string> WeakRules(Member member, bool query)
    {
        if (query)
            return member.Weak.ToEquatableArray();
        var rules = new List<string>();
        Add("readOnly", member is { ReadOnly: true, ReadOnlyByColumn: false });
        Add("immutable", member is { Immutable: true, ReadOnly: false } && member.Weak.Contains("immutable"));
        Add("type", member is { Reported: true, Declared: true } || member.Weak.Contains("type"));
        Add(Member.EnumRule, member.Enum.Count > 0 && member.Weak.Contains(Member.EnumRule));
        Add("pattern", member.Pattern is not null);
        Add("requiredIf", member.RequiredIf is not null);
        Add("oneOf", member.OneOf.Count > 0);
        return rules.ToEquatableArray();

        void Add(string rule, bool weak)
        {
            if (weak)
                rules.Add(rule);
        }
    }

    /// <summary>Values that examples show, where they are words: texts and numbers of examples are no help to anyone.</summary>
    public static EquatableArray<string> Hints(Member member, TypeRef type)
    {
        var values = member.Samples.Where(static v => HintPattern().IsMatch(v)).Distinct(StringComparer.Ordinal).ToArray();
        return type.Kind == TypeKind.String && values.Length > 1 ? values.ToEquatableArray() : default;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,39}$", RegexOptions.NonBacktracking)]
    private static partial Regex HintPattern();

    /// <summary>The default, unless the type became another after it was read.</summary>
    public static string? Default(string? json, TypeKind kind) => json is null ? null : kind switch
    {
        TypeKind.Bool => json is "true" or "false" ? json : null,
        TypeKind.YesNo => json is "\"Y\"" or "\"N\"" ? json : null,
        TypeKind.String => json[0] == '"' ? json : null,
        TypeKind.Int or TypeKind.Long => long.TryParse(json, System.Globalization.CultureInfo.InvariantCulture, out _) ? json : null,
        TypeKind.Decimal => decimal.TryParse(json, System.Globalization.CultureInfo.InvariantCulture, out _) ? json : null,
        _ => null,
    };

    /// <summary>What the server fills in.</summary>
    public static string? Server(Member member, TypeRef type, bool parameters) =>
        parameters || !member.ReadOnly ? null
        : EntityBuilder.IsKey(member.Name) && type.Kind is TypeKind.Int or TypeKind.Long ? "autoIncrement"
        : null;
}
