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

    private const string Select = "select";
    private const string Rules = "validationRules";

    /// <summary>What a description may have.</summary>
    private static readonly string[] Members =
        ["name", "type", "title", "description", Rules, "requiredGroups", "filterable", "sortable", "editable", "multiple", "elementType"];

    // The methods that most likely carry the records themselves.
    private static readonly string[] Siblings = [".list", ".get", ".add"];

    /// <summary>The method describes fields.</summary>
    public static bool Answers(MethodSpec method) =>
        method.Api == Api && (method.Name.EndsWith(List, StringComparison.Ordinal) || method.Name.EndsWith(Get, StringComparison.Ordinal));

    /// <summary>The server refuses a field that there is none of, and a selection of what no description has.</summary>
    public SpecViolation? Validate(MethodCall call)
    {
        if (!Answers(call.Method))
            return null;
        if (IsGet(call) && JsonValues.Text(call.Parameters["name"]) is { } name && Fields(call) is { Count: > 0 } fields && fields.All(f => f.Name != name))
        {
            var said = call.Method.Errors.FirstOrDefault(static e => e.Code == V3Errors.FieldNotFound)?.Message ?? "Field `{field}` not found";
            return new SpecViolation(RuleIds.UnknownField, "unknown", "name", V3Errors.FieldNotFound, ErrorText.Filled(said, name, name) ?? said, RuleSeverity.Error, default);
        }

        if (call.Method.Errors.FirstOrDefault(static e => e.Code == V3Errors.UnknownProperty) is not { } error
            || (call.Parameters[Select] as JsonArray)?.Select(JsonValues.Text).OfType<string>().FirstOrDefault(n => !Members.Contains(n)) is not { } unknown)
            return null;
        return new SpecViolation(RuleIds.Select, "unknown", Select, error.Code, ErrorText.Filled(error.Message, unknown, unknown) ?? "", RuleSeverity.Error, default);
    }

    public Success Run(MethodCall call)
    {
        var select = new Selection(call.Parameters[Select]);
        var all = Fields(call);
        if (all.Count == 0 && call.Form is { } form)
            return new Success(ResultShape.At(call.Method.Result, form.Made(new AnswerSample(call.Context.Now, call.Store.PortalUrl, call.Parameters), ""))) { ShapeOnly = true };
        var fields = all.Where(f => !IsGet(call) || f.Name == JsonValues.Text(call.Parameters["name"]));
        var shown = call.Form is { Kind: AnswerForm.Kinds.List } list ? list.Item : call.Form;
        var described = fields.Select(f => (JsonNode)Describe(f, select, shown)).ToArray();
        return new Success(ResultShape.At(call.Method.Result, IsGet(call) ? described.FirstOrDefault() : new JsonArray(described)));
    }

    private static bool IsGet(MethodCall call) => call.Method.Name.EndsWith(Get, StringComparison.Ordinal);

    /// <summary>Those of the records, with what the state says of them and of others, by name and member of the description.</summary>
    private List<Described> Fields(MethodCall call)
    {
        var fields = OfRecords(call);
        var set = (call.State.Set ?? new Dictionary<string, JsonNode?>()).Select(static s => (Path: s.Key.Split('.'), s.Value)).GroupBy(static s => s.Path[0]).ToList();
        // What shows none of these is no such record.
        if (set.Count > 0 && !fields.Exists(f => set.Exists(s => s.Key == f.Name)))
            fields.Clear();
        foreach (var said in set)
        {
            var at = fields.FindIndex(f => f.Name == said.Key);
            var field = (at < 0 ? new Described(said.Key, "string", false, false, false, false) : fields[at]) with
            {
                Said = new JsonObject(said.Where(static s => s.Path.Length > 1).Select(s => KeyValuePair.Create(s.Path[1], Values.ToNode(call.Expression.Value(s.Value))))),
            };
            if (at < 0)
                fields.Add(field);
            else
                fields[at] = field;
        }

        return fields;
    }

    private List<Described> OfRecords(MethodCall call)
    {
        var prefix = call.Method.Name[..^(IsGet(call) ? Get : List).Length];
        foreach (var sibling in Siblings)
        {
            if (specs.FindMethod(prefix + sibling, Api) is { } other && specs.ResolveType(MethodBinding.TypeOfRecords(other) ?? TypeRef.String, Api) is { } type)
            {
                return [.. type.Fields.Select(f => new Described(
                    f.Name, TypeName(f.Type), f.Filterable, f.Sortable, f is { ReadOnly: false, Immutable: false }, f.Multiple || f.Type.Kind == TypeKind.Array))];
            }
        }

        return [];
    }

    private static JsonObject Describe(Described field, Selection select, AnswerForm? shown)
    {
        var all = new JsonObject
        {
            ["name"] = field.Name,
            ["type"] = field.Type,
            ["title"] = field.Name,
            ["description"] = null,
            ["filterable"] = field.Filterable,
            ["sortable"] = field.Sortable,
            ["editable"] = field.Editable,
            ["multiple"] = field.Multiple,
        };
        foreach (var (name, form) in shown?.Members ?? [])
        {
            if (!all.ContainsKey(name))
                all[name] = form.Write(null);
        }

        foreach (var (name, said) in field.Said)
            all[name] = said?.DeepClone();
        // What is asked for by name comes, be it nothing.
        foreach (var name in select.Named.Where(n => !all.ContainsKey(n)))
            all[name] = name == Rules ? new JsonArray() : null;
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

    /// <summary>A field and what its description says.</summary>
    private sealed record Described(string Name, string Type, bool Filterable, bool Sortable, bool Editable, bool Multiple)
    {
        public JsonObject Said { get; init; } = [];
    }
}
