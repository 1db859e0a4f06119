using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes a field's descriptor as an expression.</summary>
internal static class FieldDescriptorText
{
    public static string Of(FieldModel field)
    {
        var extra = new List<string>();
        if (field.Spec.As is { } view)
            extra.Add($"As = b24d::FieldView.{view}");
        if (field.Spec.In != ParameterLocation.Body)
            extra.Add($"In = b24d::ParameterPlace.{field.Spec.In}");
        if (field.Spec.Format is { } format)
            extra.Add($"Format = {CSharpText.Literal(format)}");
        if (Rules(field) is { } rules)
            extra.Add($"Rules = new() {{ {rules} }}");
        return Value(CSharpText.Literal(field.Spec.Name), field.Value, Flags(field), extra);
    }

    private static string Value(string name, ValueModel value, List<string> flags, List<string> extra)
    {
        var inner = value;
        if (value.Shape is ValueShape.List or ValueShape.Map)
        {
            flags.Add(value.Shape.ToString());
            if (value.OneOrMany)
                flags.Add("OneOrMany");
            inner = value.Element!;
            if (inner.Shape is ValueShape.List or ValueShape.Map)
                extra.Add("Element = " + Value("\"\"", inner, [], []));
            while (inner.Shape is ValueShape.List or ValueShape.Map)
                inner = inner.Element!;
        }

        var flag = string.Join(" | ", flags.Select(static f => "b24flag." + f));
        return $"new({name}, b24kind.{Kind(inner)}"
            + (flag.Length > 0 ? ", " + flag : "")
            + (inner.Descriptor is { } type ? (flag.Length > 0 ? ", " : ", type: ") + type : "")
            + ")" + Initializer(extra);
    }

    private static string Kind(ValueModel value) => value.Shape switch
    {
        ValueShape.Object => "Object",
        ValueShape.Union => "Union",
        _ => value.Scalar.ToString(),
    };

    private static List<string> Flags(FieldModel model)
    {
        var (field, flags) = (model.Spec, new List<string>());
        Add(field.Required, "Required");
        Add(field.ReadOnly, "ReadOnly");
        Add(field.Immutable, "Immutable");
        Add(field.Nullable, "Nullable");
        Add(field.Deprecated, "Deprecated");
        Add(!field.Filterable, "NotFilterable");
        Add(!field.Sortable, "NotSortable");
        Add(!field.Selectable, "NotSelectable");
        Add(field.Logic, "Logic");
        Add(model.BareEquals, "BareEquals");
        Add(model.LowerCase, "LowerCase");
        return flags;

        void Add(bool set, string flag)
        {
            if (set)
                flags.Add(flag);
        }
    }

    private static string? Rules(FieldModel field)
    {
        var rules = new List<string>();
        var (spec, scalar) = (field.Spec, Innermost(field.Value).ScalarRules);
        Add("Pattern", (spec.Pattern ?? scalar?.Pattern) is { } pattern ? CSharpText.Literal(pattern) : null);
        Add("MinLength", Number(spec.MinLength ?? scalar?.MinLength));
        Add("MaxLength", Number(spec.MaxLength ?? scalar?.MaxLength));
        Add("Min", Number(spec.Min ?? scalar?.Min));
        Add("Max", Number(spec.Max ?? scalar?.Max));
        Add("MinItems", Number(spec.MinItems));
        Add("MaxItems", Number(spec.MaxItems));
        Add("Enum", List(spec.Enum.Count > 0 ? spec.Enum : scalar?.Enum ?? default));
        Add("Kinds", Innermost(field.Value).Kinds is { Count: > 0 } kinds ? $"[{string.Join(", ", kinds.Select(static k => "b24kind." + k.Kind))}]" : null);
        Add("UniqueBy", List(spec.UniqueBy));
        Add("OneOf", List(spec.OneOf));
        Add("RequiredIf", spec.RequiredIf is { } condition
            ? $"new({string.Join(", ", new[] { condition.Field }.Concat(condition.Values).Select(CSharpText.Literal))})"
            : null);
        Add("Use", spec.Use is { } use ? CSharpText.Literal(use) : null);
        AddErrors(rules, "Errors", scalar is null ? spec.Errors : spec.Errors.Concat(scalar.Errors).ToEquatableArray());
        return rules.Count == 0 ? null : string.Join(", ", rules);

        void Add(string name, string? value)
        {
            if (value is not null)
                rules.Add($"{name} = {value}");
        }
    }

    private static ValueModel Innermost(ValueModel value) => value.Element is { } element ? Innermost(element) : value;

    public static void AddErrors(List<string> to, string name, EquatableArray<RuleError> errors)
    {
        if (errors.Count > 0)
            to.Add($"{name} = [{string.Join(", ", errors.Select(RuleErrorText))}]");
    }

    private static string RuleErrorText(RuleError error) =>
        $"new({CSharpText.Literal(error.Rule)}, {CSharpText.Literal(error.Code)}{(error.Message is { } message ? ", " + CSharpText.Literal(message) : "")})";

    public static string? List(EquatableArray<string> values) => values.Count == 0 ? null : $"[{Texts(values)}]";

    private static string Texts(EquatableArray<string> values) => string.Join(", ", values.Select(CSharpText.Literal));

    private static string? Number(int? value) => value is { } number ? CSharpText.Number(number) : null;

    private static string? Number(decimal? value) => value is { } number ? CSharpText.Number(number) : null;

    public static string Initializer(List<string> members) => members.Count == 0 ? "" : $" {{ {string.Join(", ", members)} }}";
}
