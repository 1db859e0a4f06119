using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>REST 3.0's <c>*.field.list</c> and <c>*.field.get</c>: what the records of the methods beside them are made of.</summary>
internal sealed class V3Fields(SpecSet specs)
{
    private const string Api = SpecSelector.V3Api;
    private const string List = ".field.list";
    private const string Get = ".field.get";

    // The methods that most likely carry the records themselves.
    private static readonly string[] Siblings = [".list", ".get", ".add"];

    /// <summary>The method describes fields.</summary>
    public static bool Answers(MethodSpec method) =>
        method.Api == Api && (method.Name.EndsWith(List, StringComparison.Ordinal) || method.Name.EndsWith(Get, StringComparison.Ordinal));

    /// <summary>The server refuses a field that there is none of.</summary>
    public SpecViolation? Validate(MethodCall call) =>
        Answers(call.Method) && call.Method.Name.EndsWith(Get, StringComparison.Ordinal)
        && JsonValues.Text(call.Parameters["name"]) is { } name && Fields(call.Method) is { Count: > 0 } fields && fields.All(f => f.Name != name)
            ? new SpecViolation(RuleIds.UnknownField, "unknown", "name", V3Errors.FieldNotFound, $"Field {name} not found", RuleSeverity.Error, default)
            : null;

    public Success Run(MethodCall call)
    {
        var select = new Selection(call.Parameters["select"]);
        if (Fields(call.Method).Count == 0 && call.Form is { } form)
            return new Success(ResultShape.At(call.Method.Result, form.Made(new AnswerSample(call.Context.Now, call.Store.PortalUrl, call.Parameters), ""))) { ShapeOnly = true };
        var fields = Fields(call.Method).Where(f => !call.Method.Name.EndsWith(Get, StringComparison.Ordinal) || f.Name == JsonValues.Text(call.Parameters["name"]));
        var shown = call.Form is { Kind: AnswerForm.Kinds.List } list ? list.Item : call.Form;
        var described = fields.Select(f => (JsonNode)Describe(f, select, shown)).ToArray();
        return new Success(ResultShape.At(
            call.Method.Result, call.Method.Name.EndsWith(Get, StringComparison.Ordinal) ? described.FirstOrDefault() : new JsonArray(described)));
    }

    private EquatableArray<FieldSpec> Fields(MethodSpec method)
    {
        var prefix = method.Name[..^(method.Name.EndsWith(List, StringComparison.Ordinal) ? List : Get).Length];
        foreach (var sibling in Siblings)
        {
            if (specs.FindMethod(prefix + sibling, Api) is { } other && specs.ResolveType(MethodBinding.TypeOfRecords(other) ?? TypeRef.String, Api) is { } type)
                return type.Fields;
        }

        return default;
    }

    private JsonObject Describe(FieldSpec field, Selection select, AnswerForm? shown)
    {
        var all = new JsonObject
        {
            ["name"] = field.Name,
            ["type"] = TypeName(field.Type),
            ["title"] = field.Name,
            ["description"] = shown is null ? null : "",
            ["filterable"] = field.Filterable,
            ["sortable"] = field.Sortable,
            ["editable"] = field is { ReadOnly: false, Immutable: false },
            ["multiple"] = field.Multiple || field.Type.Kind == TypeKind.Array,
        };
        foreach (var (name, form) in shown?.Members ?? [])
        {
            if (!all.ContainsKey(name))
                all[name] = form.Write(null);
        }

        return new JsonObject(all.Where(m => select.Has(m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
    }

    private string TypeName(TypeRef type) => type.Kind switch
    {
        TypeKind.Int or TypeKind.Long => "int",
        TypeKind.Double or TypeKind.Decimal => "float",
        TypeKind.Bool or TypeKind.YesNo => "bool",
        TypeKind.Date => "date",
        TypeKind.DateTime => "datetime",
        TypeKind.Array or TypeKind.Map => "array",
        TypeKind.Named when specs.ResolveType(type, Api) is { Scalar: { } scalar } => TypeName(scalar.Type),
        TypeKind.Named => "object",
        _ => "string",
    };
}
