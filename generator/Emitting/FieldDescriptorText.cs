using System.Globalization;
using System.Linq;
using System.Text;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>
/// Writes fields in the notation that the runtime's <c>DescriptorText</c> reads, which is the smallest that the compiler
/// takes and costs it nothing: <c>ID:iO;TITLE:s;STAGE_ID:s,enum=NEW|WON</c>.
/// </summary>
internal sealed class FieldDescriptorText
{
    private readonly List<string> _types = [];
    private readonly StringBuilder _text = new();

    /// <summary>Where the descriptors are of the types that the fields refer to.</summary>
    public IReadOnlyList<string> Types => _types;

    /// <summary>The fields of a type, or the parameters of a method.</summary>
    public string Of(EquatableArray<FieldModel> fields)
    {
        _text.Clear();
        foreach (var field in fields)
            Add(field);
        return _text.ToString();
    }

    /// <summary>Facts with what separates them; a fact has a name, and values or none.</summary>
    public static string Facts(IEnumerable<(string Name, IEnumerable<string>? Values)> facts) =>
        string.Join(",", facts.Select(static f => f.Values is null ? f.Name : $"{f.Name}={string.Join("|", f.Values.Select(static v => Escape(v, ";,|~")))}"));

    /// <summary>Errors of rules as the values of a fact.</summary>
    public static IEnumerable<string> Values(IEnumerable<RuleError> errors) =>
        errors.SelectMany(static e => new[] { e.Rule, e.Code, e.Message ?? "" });

    /// <summary>The field refers to the descriptor of a type.</summary>
    public static bool HasType(FieldModel field) => Innermost(field.Value).Descriptor is not null;

    private void Add(FieldModel field)
    {
        if (_text.Length > 0)
            _text.Append(';');
        _text.Append(Escape(field.Spec.Name, ";:~")).Append(':');
        AddKind(field.Value, Flags(field));
        var facts = Facts(FactsOf(field));
        if (facts.Length > 0)
            _text.Append(',').Append(facts);
    }

    private void AddKind(ValueModel value, string flags)
    {
        var inner = Innermost(value);
        _text.Append(Kind(inner)).Append(flags);
        for (var each = value; each.Element is { } element; each = element)
        {
            _text.Append(each.Shape == ValueShape.List ? 'L' : 'M').Append(each.OneOrMany ? "A" : "");
            if (element.Element is not null)
                _text.Append('/');
        }

        if (inner.Descriptor is not { } type)
            return;
        if (!_types.Contains(type, StringComparer.Ordinal))
            _types.Add(type);
        _text.Append(CSharpText.Number(_types.IndexOf(type)));
    }

    private static char Kind(ValueModel value) => value.Shape switch
    {
        ValueShape.Object => 'o',
        ValueShape.Union => 'u',
        _ => Kind(value.Scalar),
    };

    private static char Kind(TypeKind kind) => kind switch
    {
        TypeKind.Int => 'i',
        TypeKind.Long => 'l',
        TypeKind.Double => 'n',
        TypeKind.Decimal => 'm',
        TypeKind.Bool => 'b',
        TypeKind.YesNo => 'y',
        TypeKind.Date => 'd',
        TypeKind.DateTime => 't',
        TypeKind.Json => 'j',
        TypeKind.File => 'f',
        _ => 's',
    };

    private static string Flags(FieldModel model)
    {
        var (field, flags) = (model.Spec, new StringBuilder());
        Add(field.Required, 'R');
        Add(field.ReadOnly, 'O');
        Add(field.Immutable, 'I');
        Add(field.Nullable, 'N');
        Add(field.Deprecated, 'D');
        Add(!field.Filterable, 'F');
        Add(!field.Sortable, 'S');
        Add(!field.Selectable, 'X');
        Add(field.Logic, 'G');
        Add(model.BareEquals, 'E');
        Add(model.LowerCase, 'C');
        Add(model.Conditions, 'V');
        return flags.ToString();

        void Add(bool set, char flag)
        {
            if (set)
                flags.Append(flag);
        }
    }

    private static IEnumerable<(string, IEnumerable<string>?)> FactsOf(FieldModel field)
    {
        var (spec, scalar) = (field.Spec, Innermost(field.Value).ScalarRules);
        if (spec.As is { } view)
            yield return One("as", view.ToString());
        if (spec.In != ParameterLocation.Body)
            yield return One("in", spec.In.ToString());
        if (spec.Format is { } format)
            yield return One("format", format);
        if ((spec.Pattern ?? scalar?.Pattern) is { } pattern)
            yield return One("pattern", pattern);
        if ((spec.MinLength ?? scalar?.MinLength) is { } minLength)
            yield return One("minLength", CSharpText.Number(minLength));
        if ((spec.MaxLength ?? scalar?.MaxLength) is { } maxLength)
            yield return One("maxLength", CSharpText.Number(maxLength));
        if ((spec.Min ?? scalar?.Min) is { } min)
            yield return One("min", min.ToString(CultureInfo.InvariantCulture));
        if ((spec.Max ?? scalar?.Max) is { } max)
            yield return One("max", max.ToString(CultureInfo.InvariantCulture));
        if (spec.MinItems is { } minItems)
            yield return One("minItems", CSharpText.Number(minItems));
        if (spec.MaxItems is { } maxItems)
            yield return One("maxItems", CSharpText.Number(maxItems));
        if ((spec.Enum.Count > 0 ? spec.Enum : scalar?.Enum ?? default) is { Count: > 0 } values)
            yield return ("enum", values);
        if (Innermost(field.Value).Kinds is { Count: > 0 } kinds)
            yield return One("kinds", string.Concat(kinds.Select(static k => Kind(k.Kind))));
        if (spec.UniqueBy.Count > 0)
            yield return ("uniqueBy", spec.UniqueBy);
        if (spec.OneOf.Count > 0)
            yield return ("oneOf", spec.OneOf);
        if (spec.RequiredIf is { } condition)
            yield return ("requiredIf", new[] { condition.Field }.Concat(condition.Values));
        if (spec.Use is { } use)
            yield return One("use", use);
        if ((scalar is null ? spec.Errors : spec.Errors.Concat(scalar.Errors).ToEquatableArray()) is { Count: > 0 } errors)
            yield return ("errors", Values(errors));
    }

    private static (string, IEnumerable<string>?) One(string name, string value) => (name, [value]);

    private static ValueModel Innermost(ValueModel value) => value.Element is { } element ? Innermost(element) : value;

    private static string Escape(string text, string separators)
    {
        if (text.IndexOfAny(separators.ToCharArray()) < 0)
            return text;
        var escaped = new StringBuilder(text.Length + 5);
        foreach (var c in text)
        {
            if (separators.IndexOf(c) < 0)
                escaped.Append(c);
            else
                escaped.Append('~').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
