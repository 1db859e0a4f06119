using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Describes a type by the flags of its fields, as a list or as a map by name: as documented, else from the spec; then the portal's own fields.</summary>
internal sealed class FieldsOperation(RecordStore store)
{
    private const string Title = "title";
    private const string UpperName = "upperName";

    private static readonly string[] Labels = ["EDIT_FORM_LABEL", "LABEL"];

    private static readonly (string Shown, string[] Declared)[] ShownLabels =
    [
        ("listLabel", ["LIST_COLUMN_LABEL", .. Labels]), ("formLabel", Labels), ("filterLabel", ["LIST_FILTER_LABEL", .. Labels]),
    ];

    public Success Run(MethodCall call)
    {
        var sample = new AnswerSample(call.Context.Now, store.PortalUrl, []);
        var described = Documented(call.Form, sample) is { Count: > 0 } documented
            ? documented
            : [.. (call.ViewType?.Spec.Fields ?? default).Select(f => (f.Name, Shape: Describe(f, call.Method.Api)))];
        // The documentation's portal has fields of its own, which this one has not.
        if (call.ViewType?.Spec.Fields is { Count: > 0 } known)
            described.RemoveAll(d => UserFieldNames.Is(d.Name) && !known.Any(f => Columns.Fold(f.Name) == Columns.Fold(d.Name)));
        // Overlays name fields that are one portal's own, and pages that show a few fields leave the rest to the list of the type's.
        var shortened = described.Count * 2 < (call.ViewType?.Spec.Fields.Count ?? 0);
        var listed = call.Table is { } table && RowShape.Listed(table, call.ViewType?.Spec) is var view && !RowShape.LeavesOut(view) ? view : null;
        if (listed is not null)
            Keep(described, listed, call, sample);
        foreach (var field in call.ViewType?.Spec.Fields ?? default)
        {
            if (listed is null && (shortened || UserFieldNames.Is(field.Name)) && !described.Exists(d => Columns.Fold(d.Name) == Columns.Fold(field.Name)))
                described.Add(AsOthers(described, field, Describe(field, call.Method.Api)));
        }

        var camel = !call.WantsOwnNames && UserFieldNames.AreCamel([.. described.Select(static f => f.Name)]);
        foreach (var (column, name) in call.Table?.UserFields ?? [])
        {
            var own = Describe(call.Table!.Columns.Field(column)!, call.Method.Api);
            own["isDynamic"] = true;
            own[Title] = name;
            if (described.Exists(static d => d.Shape.ContainsKey(UpperName)))
                own[UpperName] = name;
            if (store.Declaration(call.Table!, name) is { } declaration)
                Complete(own, declaration);
            described.Add((camel ? UserFieldNames.Camel(name) : name, own));
        }

        foreach (var (path, value) in call.State.Set ?? new Dictionary<string, JsonNode?>())
        {
            if (path == "*")
                described.AddRange((call.Expression.Value(value) as JsonObject ?? []).Where(m => !described.Exists(d => d.Name == m.Key))
                    .Select(static m => (m.Key, (m.Value as JsonObject)?.DeepClone().AsObject() ?? [])));
            else if (path.Split('.') is [var field, var member] && described.Find(d => d.Name == field).Shape is { } shape && call.Expression.Value(value) is { } set)
                shape[member] = Values.ToNode(set);
        }

        // Some describe fields by a text each.
        if (call.Form is { Kind: AnswerForm.Kinds.Object, Members.Count: > 0 } texts && texts.Members.All(static m => m.Value.Kind is not AnswerForm.Kinds.Object))
            return new Success(ResultShape.At(call.Method.Result, Texts(call, texts)));
        if (described.Count == 0 && call.Form is { } form)
            return new Success(ResultShape.At(call.Method.Result, form.Made(sample, ""))) { ShapeOnly = true };
        JsonNode fields;
        if (call.Method.Result?.Type.Kind == TypeKind.Array || call.Form?.Kind == AnswerForm.Kinds.List)
        {
            fields = new JsonArray([.. described.Select(f => Completed(Titled(f.Name, f.Shape), call.Form?.Item, sample))]);
        }
        else
        {
            var map = new JsonObject();
            foreach (var (name, shape) in described)
                map[name] = shape;
            fields = map;
        }

        return new Success(ResultShape.At(call.Method.Result, fields));
    }

    /// <summary>A field that the page does not show, spelled as those that it shows, with what is said of them.</summary>
    private static (string Name, JsonObject Shape) AsOthers(List<(string Name, JsonObject Shape)> described, FieldSpec field, JsonObject shape)
    {
        if (described.Count == 0 || UserFieldNames.AreCamel([.. described.Select(static d => d.Name)]))
            return (field.Name, shape);
        foreach (var member in shape.Select(static m => m.Key).Where(m => described.TrueForAll(d => !d.Shape.ContainsKey(m))).ToList())
            shape.Remove(member);
        var name = UserFieldNames.Is(field.Name) ? UserFieldNames.Upper(field.Name) : field.Name;
        if (described.TrueForAll(static d => d.Shape.ContainsKey(Title)))
            shape.TryAdd(Title, name);
        return (name, shape);
    }

    /// <summary>Each field with its title; those of the portal's own are called as their users called them.</summary>
    private JsonObject Texts(MethodCall call, AnswerForm form)
    {
        var texts = new JsonObject(form.Members.Select(static m => KeyValuePair.Create(m.Key, m.Value.Kind == AnswerForm.Kinds.Literal ? m.Value.Fixed?.DeepClone() : m.Key)));
        foreach (var (_, name) in call.Table?.UserFields ?? [])
        {
            texts[name] = (store.Declaration(call.Table!, name) is { } labels ? Label(labels, Labels) : null) ?? name;
        }

        return texts;
    }

    /// <summary>The first label that a declaration has: a text, or one by language, of which the portal's comes first.</summary>
    private static string? Label(Record declaration, string[] names) =>
        names.Select(n => declaration[n] is JsonObject languages ? JsonValues.Text(languages["en"] ?? languages.FirstOrDefault().Value) : Values.Text(declaration[n]))
            .FirstOrDefault(static t => !string.IsNullOrEmpty(t));

    /// <summary>Of a type that several stores share, the fields that records of this one have, all in the form that the page shows.</summary>
    private void Keep(List<(string Name, JsonObject Shape)> described, string[] listed, MethodCall call, AnswerSample sample)
    {
        described.RemoveAll(d => !RowShape.Has(listed, d.Name));
        foreach (var name in listed.Where(l => l[^1] != '*' && !described.Exists(d => d.Name == l)))
        {
            var shape = call.ViewType?.Field(name) is { } field ? Describe(field, call.Method.Api) : [];
            foreach (var (member, form) in call.Form?.Members.FirstOrDefault().Value?.Members ?? [])
                shape.TryAdd(member, form.Made(sample, name));
            (shape[Title], shape[UpperName]) = (name, UserFieldNames.Upper(name));
            described.Add((name, shape));
        }
    }

    /// <summary>A field of the portal's own is of the type that its declaration names, with its labels and settings, and an enumeration shows its items.</summary>
    private void Complete(JsonObject shape, Record declaration)
    {
        const string enumeration = "enumeration";
        if (Values.Text(declaration["USER_TYPE_ID"]) is { Length: > 0 } type)
            shape["type"] = type;
        shape["isRequired"] = store.IsMandatory(declaration);
        var labels = ShownLabels.Select(l => (l.Shown, Text: Label(declaration, l.Declared))).ToList();
        if (labels.Exists(static l => l.Text is not null))
        {
            var name = JsonValues.Text(shape[Title]);
            foreach (var (shown, text) in labels)
                shape[shown] = text ?? name;
            if (shape.ContainsKey(UpperName))
                shape[Title] = JsonValues.Text(shape["formLabel"]);
        }

        if (declaration["SETTINGS"] is JsonObject { Count: > 0 } settings)
            shape["settings"] = settings.DeepClone();
        if (JsonValues.Text(shape["type"]) == enumeration)
        {
            shape["items"] = new JsonArray([.. (declaration["LIST"] as JsonArray ?? []).OfType<JsonObject>().Select(static item => (JsonNode)new JsonObject
            {
                ["ID"] = Member(item, "ID"),
                ["VALUE"] = Member(item, "VALUE"),
            })]);
        }
    }

    private static string? Member(JsonObject item, string name) => JsonValues.Text(JsonValues.Member(item, name));

    /// <summary>The descriptions that the documentation shows; a title that it does not show is the name.</summary>
    private static List<(string Name, JsonObject Shape)> Documented(AnswerForm? form, AnswerSample sample)
    {
        var described = new List<(string, JsonObject)>();
        foreach (var (name, field) in form is { Kind: AnswerForm.Kinds.Object } ? form.Members : [])
        {
            if (field.Kind != AnswerForm.Kinds.Object || field.Made(sample, name) is not JsonObject shape)
                return [];
            foreach (var text in new[] { Title, "listLabel", "formLabel", "filterLabel", "name" })
            {
                if (shape.ContainsKey(text) && field.Member(text)?.Kind is not (AnswerForm.Kinds.Literal or AnswerForm.Kinds.Null))
                    shape[text] = name;
            }

            if (shape.ContainsKey(UpperName))
                shape[UpperName] = UserFieldNames.Upper(name);
            described.Add((name, shape));
        }

        return described;
    }

    /// <summary>With the members that the documentation shows besides.</summary>
    private static JsonObject Completed(JsonObject shape, AnswerForm? form, AnswerSample sample)
    {
        foreach (var (name, member) in form?.Members ?? [])
        {
            if (!shape.ContainsKey(name))
                shape[name] = member.Made(sample, name);
        }

        return shape;
    }

    private static JsonObject Titled(string name, JsonObject shape)
    {
        if (shape.ContainsKey(Title))
            return shape;
        var titled = new JsonObject { [Title] = name };
        foreach (var (key, value) in shape)
            titled[key] = value?.DeepClone();
        return titled;
    }

    private JsonObject Describe(FieldSpec field, string api) => new()
    {
        // A field that is multiple is of its items' type; a list by itself is called one.
        ["type"] = TypeName(field is { Multiple: true, Type: { Kind: TypeKind.Array, Element: { } item } } ? item : field.Type, api),
        // What the server fills in is always there, and that is what it calls required.
        ["isRequired"] = field.Required || (field.ReadOnly && !field.Nullable),
        ["isReadOnly"] = field.ReadOnly,
        ["isImmutable"] = field.Immutable,
        ["isMultiple"] = field.Multiple || field.Type.Kind is TypeKind.Array or TypeKind.Map,
    };

    private string TypeName(TypeRef type, string api) => type.Kind switch
    {
        TypeKind.Int or TypeKind.Long => "integer",
        TypeKind.Double or TypeKind.Decimal => "double",
        TypeKind.Bool => "boolean",
        TypeKind.YesNo => "char",
        TypeKind.Date => "date",
        TypeKind.DateTime => "datetime",
        TypeKind.File => "file",
        TypeKind.Array or TypeKind.Map => "array",
        TypeKind.Named when store.Specs.ResolveType(type, api) is { Scalar: { } scalar } => TypeName(scalar.Type, api),
        TypeKind.Named => "array",
        _ => "string",
    };
}
