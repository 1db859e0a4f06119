using System.Globalization;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Finds rules in a description: allowed values, defaults, limits, patterns, flags, what depends on what.</summary>
public static partial class ProseRules
{
    private const int MostValues = 80;

    private const string Null = "null";

    /// <summary>Adds to a member what its description says.</summary>
    public static void Apply(Member member, string description)
    {
        var plain = Inline.PlainText(description);
        ApplyFlags(member, plain);
        ApplyValues(member, description);
        ApplyLimits(member, plain);
        ApplyDependencies(member, description);
        ApplyDefault(member, description);
        ApplyFlagDefault(member, description);
        ApplyFlagCodes(member, description);
        ApplyMoment(member, description, plain);
    }

    // "Date of last activity in ISO 8601 format, or false": a moment, whatever the type is called.
    private static void ApplyMoment(Member member, string description, string plain)
    {
        var kinds = (member.Shape is UnionShape union ? union.Alternatives : [member.Shape]).Select(static s => (s as ScalarShape)?.Kind).ToArray();
        if (!kinds.Contains(TypeKind.String) || kinds.Any(static k => k is not (TypeKind.String or TypeKind.Bool)) || member.Enum.Count > 0
            || !ShownTypes.IsMoment(member.Name) || !IsoPattern().IsMatch(plain) || Inline.CodeSpans(description).Any(static c => c is "Y" or "N"))
            return;
        (member.Shape, member.Nullable) = (Shape.DateTime, member.Nullable || kinds.Length > 1);
        member.AddWeak("type");
    }

    private static void ApplyFlags(Member member, string plain)
    {
        if (ReadOnlyPattern().IsMatch(plain))
            member.ReadOnly = true;
        if (ImmutablePattern().IsMatch(plain))
            member.Immutable = true;
        if (UniquePattern().IsMatch(plain))
            member.Unique = true;
        if (DeprecatedPattern().IsMatch(plain))
            member.Deprecated = true;
        if (OrNullPattern().IsMatch(plain))
            member.Nullable = true;
    }

    private static void ApplyValues(Member member, string description)
    {
        var inner = member.Shape.Innermost;
        if (inner is not ScalarShape { Kind: not (TypeKind.Json or TypeKind.File or TypeKind.Date or TypeKind.DateTime or TypeKind.Decimal) } scalar || member.Shape is MapShape)
            return;
        var values = AllowedValues(description);
        var isBare = values.Count == 0 && (values = BareValues(description)).Count > 0;
        if (values.Count == 0 || values.Count > MostValues)
        {
            member.Samples = SampleValues(description);
            return;
        }

        values = [.. values.Union(AbsentValues(description), StringComparer.Ordinal)];
        // "A text, or `null`".
        if (values.Contains(Null))
            (values, member.Nullable) = ([.. values.Where(static v => v != Null)], true);
        // "Either `A` or `B`" of a parameter called A is about parameters.
        if (values.Contains(member.Name, StringComparer.OrdinalIgnoreCase))
            return;
        if (values.All(static v => v is "Y" or "N"))
        {
            if (member.Shape is ScalarShape && values.Count == 2)
            {
                member.Shape = Shape.Scalar(TypeKind.YesNo);
                if (isBare)
                    member.AddWeak("type");
            }

            return;
        }

        if (scalar.Kind == TypeKind.Bool)
        {
            // A flag that is documented as 1 and 0 is a number on the wire; true and false need no list.
            if (values.All(static v => v is "0" or "1"))
                member.Shape = new UnionShape([Shape.Scalar(TypeKind.Bool), Shape.Int]);
            return;
        }

        if (scalar.Kind is TypeKind.Int or TypeKind.Long && !values.All(static v => long.TryParse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
            return;
        if (values.Count > 1)
            (member.Enum, member.Weak) = (values, isBare ? [Member.EnumRule] : []);
    }

    private static void ApplyDefault(Member member, string description)
    {
        if (member.Shape is not ScalarShape { Kind: var kind } || DefaultPattern().Match(description) is not { Success: true } match)
            return;
        var text = match.Groups["value"].Value.Trim().Trim('\'', '"');
        var json = kind switch
        {
            TypeKind.Int or TypeKind.Long when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => text,
            TypeKind.Decimal when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) =>
                (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
            TypeKind.Bool when text is "true" or "false" => text,
            TypeKind.Bool when text is "Y" or "1" => "true",
            TypeKind.Bool when text is "N" or "0" => "false",
            TypeKind.YesNo when text is "Y" or "N" => $"\"{text}\"",
            TypeKind.String when text is not (Null or "NULL") && !PlaceholderPattern().IsMatch(text) && (text.Length == 0 || text.Any(char.IsLetterOrDigit)) =>
                new JsonString(default, text).ToJsonText(),
            _ => null,
        };
        if (json is null || (member.Enum.Count > 0 && !member.Enum.Contains(text)))
            return;
        if (kind is TypeKind.Int or TypeKind.Long && decimal.Parse(text, CultureInfo.InvariantCulture) is var whole && (whole < member.Min || whole > member.Max))
            return;
        if (kind == TypeKind.String && (text.Length > member.MaxLength || text.Length < member.MinLength))
            return;
        member.Default = json;
    }

    private static void ApplyLimits(Member member, string plain)
    {
        if (member.Shape is not ScalarShape { Kind: var kind })
            return;
        if (kind == TypeKind.String)
        {
            if (MaxLengthPattern().Match(plain) is { Success: true } max)
                member.MaxLength = Number(max);
            if (MinLengthPattern().Match(plain) is { Success: true } min)
                member.MinLength = Number(min);
            if (member.MinLength > member.MaxLength)
                member.MinLength = null;
            if (member.Enum.Count == 0)
                member.Pattern = CharacterRules.Read(plain);
        }
        else if (kind is TypeKind.Int or TypeKind.Long or TypeKind.Decimal)
        {
            if (RangePattern().Match(plain) is { Success: true } range)
            {
                (member.Min, member.Max) = (Number(range, "min"), Number(range, "max"));
            }
            else
            {
                if (AtLeastPattern().Match(plain) is { Success: true } least)
                    member.Min = Number(least);
                else if (GreaterPattern().Match(plain) is { Success: true } greater && kind != TypeKind.Decimal)
                    member.Min = Number(greater) + 1;
                if (AtMostPattern().Match(plain) is { Success: true } most)
                    member.Max = Number(most);
            }

            if (member.Min > member.Max)
                (member.Min, member.Max) = (null, null);
        }
    }

    private static int? Number(Match match, string group = "n") =>
        int.TryParse(match.Groups[group].Value.Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;

    // "Required if `a` is `x` or `y`", "Required if `a = x`".
    private static (string Field, string[] Values)? Condition(string description) =>
        RequiredIfPattern().Match(description) is { Success: true } apart ? (apart.Groups["field"].Value, [.. Inline.CodeSpans(apart.Groups["values"].Value)])
        : RequiredIfWithinPattern().Match(description) is { Success: true } within ? (within.Groups["field"].Value, [within.Groups["value"].Value])
        : null;

    private static void ApplyDependencies(Member member, string description)
    {
        if (OneOfPattern().Match(description) is { Success: true } several
            && Inline.CodeSpans(several.Groups["names"].Value).ToArray() is { Length: > 1 } names && names.Contains(member.Name) && names.All(static n => NamePattern().IsMatch(n)))
        {
            member.OneOf = names.Where(n => n != member.Name).ToArray();
            member.Required = false;
        }
        else if (RequiredWithoutPattern().Match(description) is { Success: true } without)
        {
            member.OneOf = Inline.CodeSpans(without.Groups["names"].Value).Where(static n => NamePattern().IsMatch(n)).ToArray();
            if (member.OneOf.Count > 0)
                member.Required = false;
        }
        else if (InsteadPattern().Match(description) is { Success: true } instead && instead.Groups["name"].Value != member.Name)
        {
            (member.OneOf, member.IsStandIn, member.Required) = ([instead.Groups["name"].Value], !member.Required, false);
        }
        else if (Condition(description) is (var field, var values) && field != member.Name)
        {
            member.RequiredIf = new RequiredIfSpec(field, values.Select(static v => v.Trim('\'', '"'))
                .Select(static v => v is "true" or "false" || long.TryParse(v, CultureInfo.InvariantCulture, out _) ? v : new JsonString(default, v).ToJsonText()).ToEquatableArray());
            member.Required = false;
        }
        else if (ConditionallyRequiredPattern().IsMatch(description))
            member.Required = false;
    }
}
