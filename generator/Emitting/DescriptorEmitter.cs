using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Writes what the runtime's engine has to know: fields by index, rules, error codes, methods.</summary>
internal sealed class DescriptorEmitter(SourceWriter writer, FileOutput file)
{
    // Methods of a file share most of their errors; each is written once.
    private readonly List<ErrorSpec> _errors = [];

    public void Emit()
    {
        writer.Generated().Open($"internal static class {file.DescriptorsName}");
        foreach (var type in file.Types)
            EmitType(type);
        foreach (var method in file.Groups.SelectMany(static g => g.Methods))
            EmitMethod(method);
        EmitShared();
        writer.Close();
    }

    private void EmitType(TypeModel type)
    {
        writer.Line($"public static b24d::TypeDescriptor {type.Name} {{ get; }} = new({CSharpText.Literal(type.Spec.Name)}, static () =>");
        EmitFields(type.Fields);
        var extra = new List<string>();
        if (type.Spec.Open)
            extra.Add("Open = true");
        AddErrors(extra, "Errors", type.Spec.Errors);
        writer.Line($"]){Initializer(extra)};").Line();
    }

    private void EmitMethod(MethodModel method)
    {
        var spec = method.Spec;
        writer.Line($"public static b24d::MethodDescriptor {method.RequestName} {{ get; }} = new({CSharpText.Literal(spec.Name)}, static () =>");
        EmitFields(method.Params);
        writer.Line("])");
        writer.Line("{").Indent();
        foreach (var line in MethodLines(method))
            writer.Line(line + ",");
        writer.Unindent().Line("};").Line();
    }

    private IEnumerable<string> MethodLines(MethodModel method)
    {
        var spec = method.Spec;
        if (spec.Operation != Operation.Action)
            yield return $"Operation = b24d::MethodOperation.{spec.Operation}";
        if (spec.Idempotency != Idempotency.Unsafe)
            yield return $"Idempotency = b24d::MethodIdempotency.{spec.Idempotency}";
        if (!spec.AllowWebhook)
            yield return "Access = b24d::MethodAccess.Application";
        else if (!spec.AllowApplication)
            yield return "Access = b24d::MethodAccess.Webhook";
        if (spec.Paging != Paging.None)
            yield return $"Paging = b24d::PagingKind.{spec.Paging}, PageSize = {CSharpText.Number(spec.PageSize ?? file.PageSize)}";
        if (spec.OpenParams)
            yield return "OpenParameters = true";
        if (spec.Positional)
            yield return "Positional = true";
        if (!spec.Batchable)
            yield return "NotBatchable = true";
        if (spec.Result?.At is { } at)
            yield return $"ResultPath = {CSharpText.Literal(at)}";
        if (spec.Result is { Nullable: true })
            yield return "ResultNullable = true";
        if (spec.Deprecated)
            yield return $"Replacement = {CSharpText.Literal(spec.Replacement ?? "")}";
        if (spec.Http is { } http)
            yield return $"Verb = {CSharpText.Literal(http.Verb)}, Path = {CSharpText.Literal(http.Path)}";
        var errors = spec.Errors.Where(static e => e.Message is not null).Select(e => "e" + CSharpText.Number(IndexOf(e)));
        if (spec.Errors.Any(static e => e.Message is not null))
            yield return $"Errors = [{string.Join(", ", errors)}]";
        if (spec.RuleErrors.Count + file.RuleErrors.Count > 0)
            yield return $"RuleErrors = [{string.Join(", ", spec.RuleErrors.Select(RuleErrorText).Concat(file.RuleErrors.Count > 0 ? [".. shared"] : []))}]";
        if (spec.CheckOrder.Count > 0)
            yield return $"CheckOrder = [{Texts(spec.CheckOrder)}]";
    }

    // Static initializers run in the order of the text; these are properties, so that their place does not matter.
    private void EmitShared()
    {
        for (var i = 0; i < _errors.Count; i++)
            writer.Line($"private static b24d::MethodError e{CSharpText.Number(i)} => new({CSharpText.Literal(_errors[i].Code)}, {CSharpText.Literal(_errors[i].Message)});");
        if (file.RuleErrors.Count > 0)
            writer.Line($"private static b24d::RuleError[] shared => [{string.Join(", ", file.RuleErrors.Select(RuleErrorText))}];");
    }

    private int IndexOf(ErrorSpec error)
    {
        var given = error with { Status = null };
        var index = _errors.IndexOf(given);
        if (index >= 0)
            return index;
        _errors.Add(given);
        return _errors.Count - 1;
    }

    private void EmitFields(EquatableArray<FieldModel> fields)
    {
        writer.Line("[").Indent();
        foreach (var field in fields)
            writer.Line(Field(field) + ",");
        writer.Unindent();
    }

    private static string Field(FieldModel field)
    {
        var extra = new List<string>();
        if (field.Spec.As is { } view)
            extra.Add($"As = b24d::FieldView.{view}");
        if (field.Spec.Format is { } format)
            extra.Add($"Format = {CSharpText.Literal(format)}");
        if (Rules(field) is { } rules)
            extra.Add($"Rules = new() {{ {rules} }}");
        return Value(CSharpText.Literal(field.Spec.Name), field.Value, Flags(field.Spec), extra);
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

        var flag = string.Join(" | ", flags.Select(static f => "b24d::FieldFlags." + f));
        return $"new({name}, b24d::ValueKind.{Kind(inner)}"
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

    private static List<string> Flags(FieldSpec field)
    {
        var flags = new List<string>();
        Add(field.Required, "Required");
        Add(field.ReadOnly, "ReadOnly");
        Add(field.Immutable, "Immutable");
        Add(field.Nullable, "Nullable");
        Add(field.Deprecated, "Deprecated");
        Add(!field.Filterable, "NotFilterable");
        Add(!field.Sortable, "NotSortable");
        Add(!field.Selectable, "NotSelectable");
        Add(field.Logic, "Logic");
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
        Add("Kinds", Innermost(field.Value).Kinds is { Count: > 0 } kinds ? $"[{string.Join(", ", kinds.Select(static k => "b24d::ValueKind." + k.Kind))}]" : null);
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

    private static void AddErrors(List<string> to, string name, EquatableArray<RuleError> errors)
    {
        if (errors.Count > 0)
            to.Add($"{name} = [{string.Join(", ", errors.Select(RuleErrorText))}]");
    }

    private static string RuleErrorText(RuleError error) =>
        $"new({CSharpText.Literal(error.Rule)}, {CSharpText.Literal(error.Code)}{(error.Message is { } message ? ", " + CSharpText.Literal(message) : "")})";

    private static string? List(EquatableArray<string> values) => values.Count == 0 ? null : $"[{Texts(values)}]";

    private static string Texts(EquatableArray<string> values) => string.Join(", ", values.Select(CSharpText.Literal));

    private static string? Number(int? value) => value is { } number ? CSharpText.Number(number) : null;

    private static string? Number(decimal? value) => value is { } number ? CSharpText.Number(number) : null;

    private static string Initializer(List<string> members) => members.Count == 0 ? "" : $" {{ {string.Join(", ", members)} }}";
}
