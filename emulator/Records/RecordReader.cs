using System.Globalization;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Puts records into the shape that an answer asks for.</summary>
internal sealed class RecordReader(RecordStore store)
{
    /// <summary>How deep views of a record may be nested: a type may contain itself.</summary>
    private const int MaxDepth = 8;

    /// <summary>No selection is called so.</summary>
    private const string Whole = "\n";

    private readonly RenderedRecords _rendered = new();
    private readonly Dictionary<(RecordTable Table, string Type, AnswerForm? Form, bool OwnNames), RowShape> _shapes = [];

    /// <summary>How records of a store look by a type and a documented answer, either of which may be missing.</summary>
    /// <param name="table">The store.</param>
    /// <param name="shape">The type; null: none.</param>
    /// <param name="api">Its API.</param>
    /// <param name="form">The form of the documented answer; null: there is none.</param>
    /// <param name="ownNames">The portal's own fields are called as they were declared.</param>
    public RowShape Shape(RecordTable table, TypeSpec? shape, string api, AnswerForm? form, bool ownNames = false)
    {
        var key = (table, shape is null ? "" : $"{api} {shape.File}/{shape.Name}", form, ownNames);
        if (_shapes.TryGetValue(key, out var known))
            return known;
        if (shape is null)
            Operations.MethodBinding.Teach(store, table);
        var view = shape is null || table.Type?.Api == api ? table.Type : store.TypeOf(new TypeRef(TypeKind.Named, shape.Name, shape.File), api);
        return _shapes[key] = RowShape.Of(table, view, shape ?? (form is null ? table.Type?.Spec : null), form, ownNames);
    }

    /// <summary>A record as one of the rows of a list.</summary>
    public JsonObject Row(RowShape shape, Record record, WriteContext context, Selection select, bool keyAsText)
    {
        var row = new JsonObject();
        foreach (var field in shape.Fields)
        {
            if (!Has(shape, record, field.Name))
                continue;
            if ((shape.Table.Spec.MultiJoined == field.Name && !select.IsAll) || (IsNamedOnly(shape, field.Name) && !select.Names(field.Name)))
                continue;
            // The key comes along, asked for or not, where the documentation shows it so.
            if (field.Field is { Selectable: false } || !(select.Has(field.Name) || (field.Form is not null && field.Column == shape.Table.KeyColumn)))
                continue;
            var value = select.Parts.TryGetValue(field.Name, out var part) && record[field.Column] is JsonObject parts
                ? JsonValues.Text(parts[part!]) is { Length: > 0 } text ? (JsonNode?)text : null
                : select.Within(field.Name, Value(shape, field, record, context, 0));
            if (IsEmptyMulti(shape, field, value))
                continue;
            row[field.Name] = keyAsText && field.Form is null && field.Column == shape.Table.KeyColumn && JsonValues.Text(value) is { } key ? key : value;
        }

        // What is kept and asked for by name comes, whether or not the page's example has it.
        foreach (var name in select.Named)
        {
            if (!row.ContainsKey(name) && !shape.IsLeftOut(name) && shape.Table.Columns.Find(name) is >= 0 and var column && name[0] != Record.Hidden
                && !UserFieldNames.Is(name) && !Columns.IsParent(name) && shape.Fields.All(f => f.Column != column))
                row[name] = ValuedFields.Shown(shape.Table, record, name, Written(shape.Table, new RowField(name, column, shape.Table.Columns.Field(column), null), record[column]));
        }

        AddOwnFields(shape, record, row, select, always: shape.IsCamel);
        if (shape.AddsKept && select.IsAll)
            AddKept(shape, record, row, shape.Adds);
        return row;
    }

    /// <summary>A row as it goes over the wire.</summary>
    public byte[] RenderedRow(RowShape shape, Record record, WriteContext context, Selection select, bool keyAsText) =>
        _rendered.Get(shape, select.Key, keyAsText, record, () => Row(shape, record, context, select, keyAsText));

    /// <summary>A record by itself as it goes over the wire, with all its fields.</summary>
    public byte[] RenderedItem(RowShape shape, Record record, WriteContext context) =>
        _rendered.Get(shape, Whole, false, record, () => Item(shape, record, context));

    /// <summary>Adds what is kept and not shown yet.</summary>
    public static void AddKept(RowShape shape, Record record, JsonObject item, Func<string, bool>? only = null)
    {
        var shown = item.Select(static i => Columns.Fold(i.Key)).ToHashSet(StringComparer.Ordinal);
        for (var column = 0; column < shape.Table.Columns.Count; column++)
        {
            var name = shape.Table.Columns.Name(column);
            if (record[column] is { } value && name[0] != Record.Hidden && !UserFieldNames.Is(name) && !shape.Table.Spec.Multi.Contains(name, StringComparer.Ordinal)
                && shape.Has(name) && only?.Invoke(name) != false && shape.Fields.All(f => f.Column != column) && shown.Add(Columns.Fold(name)))
            {
                item[shape.IsCamel ? UserFieldNames.Camel(name) : name] =
                    ValuedFields.Shown(shape.Table, record, name, Written(shape.Table, new RowField(name, column, shape.Table.Columns.Field(column), null), value));
            }
        }
    }

    /// <summary>A record by itself.</summary>
    public JsonObject Item(RowShape shape, Record record, WriteContext context, Selection? select = null, int depth = 0)
    {
        if (shape.Fields.Count == 0)
            return record.ToJson();
        var item = new JsonObject();
        foreach (var field in shape.Fields)
        {
            if (select?.Has(field.Name) == false || !Has(shape, record, field.Name))
                continue;
            var value = Value(shape, field, record, context, depth);
            if ((value is null && field.Form is null && shape.OmitsUnknown && select?.Names(field.Name) != true) || IsEmptyMulti(shape, field, value))
                continue;
            item[field.Name] = select is null ? value : select.Within(field.Name, value);
        }

        AddOwnFields(shape, record, item, select, always: true);
        if (shape.AddsKept && select?.IsAll != false)
            AddKept(shape, record, item, shape.Adds);
        return item;
    }

    private static bool Has(RowShape shape, Record record, string name) => !shape.Table.Spec.Has.TryGetValue(name, out var those) || DerivedValues.Holds(those, record);

    /// <summary>Phones and the like are answered where there are any.</summary>
    private static bool IsEmptyMulti(RowShape shape, RowField field, JsonNode? value) =>
        !shape.IsCamel && value is null or JsonArray { Count: 0 } && shape.Table.Spec.Multi.Contains(field.Name, StringComparer.Ordinal);

    /// <summary>The older lists answer phones and the like where the call names them: no mask stands for them.</summary>
    private static bool IsNamedOnly(RowShape shape, string name) => !shape.IsCamel && !shape.HasJoined && shape.Table.Spec.Multi.Contains(name, StringComparer.Ordinal);

    private static bool IsMulti(RecordTable table, string name) => table.Spec.Multi.Any(m => Columns.Fold(m) == Columns.Fold(name));

    private JsonNode? Value(RowShape shape, RowField field, Record record, WriteContext context, int depth)
    {
        var table = shape.Table;
        if (table.Spec.Rows.TryGetValue(field.Name, out var rows))
            return Related(rows, record, field.Form, context);
        if (table.Spec.MultiJoined == field.Name)
            return (field.Form ?? Elsewhere(shape, field) ?? (shape.IsCamel ? MultiFields.CamelForm : AnswerForm.Of(AnswerForm.Kinds.List))).Write(MultiFields.Joined(table, record));
        // A view that has all of them in one list shows the first of each kind beside it.
        if ((field.Form?.Kind == AnswerForm.Kinds.Text || (field.Form is null && shape.HasJoined)) && record[field.Column] is JsonArray multi && IsMulti(table, field.Name))
            return MultiFields.First(multi);
        var server = field.Field?.Server;
        if (ServerValue.Join(server) is { } join)
            return Joined(table, shape.View, field.Field!, join, record);
        if (ServerValue.Field(server) is { } other)
            return Written(table, field, record[other]);
        if (server == ServerValue.Record)
        {
            return depth < MaxDepth && shape.View is { } owner && store.Specs.ResolveType(field.Field!.Type, owner.Api) is { Scalar: null } inner
                ? Item(Shape(table, inner, owner.Api, null), record, context, null, depth + 1)
                : null;
        }

        var value = record[field.Column];
        if (field.Form is null && !shape.IsCamel && value is JsonArray && IsMulti(table, field.Name))
            return MultiFields.Form.Write(value);
        if (value is null && ServerValue.Constant(server) is { } constant)
            return JsonValues.Constant(field.Field!.Type, constant);
        return field.Form is null && value is not null && Elsewhere(shape, field) is { } elsewhere ? elsewhere.Write(value) : Written(table, field, value);
    }

    /// <summary>How another method's page shows the field.</summary>
    private static AnswerForm? Elsewhere(RowShape shape, RowField field) => shape.View is { } view ? shape.Table.Forms.GetValueOrDefault((view.Api, field.Name)) : null;

    private static JsonNode? Written(RecordTable table, RowField field, object? value)
    {
        // No file is nothing, and no empty form of one.
        if (value is null && field.Field?.Type.Kind == TypeKind.File)
            return null;
        if (value is JsonNode file && FileFields.Keeps(table, table.Columns.Field(field.Column)))
            return FileFields.Shown(file, field.Name.Length > 0 && char.IsAsciiLetterLower(field.Name[0]))?.DeepClone();
        // What the store's records begin with as null is nothing, and not 0 or an empty text.
        if (field.Form is { } form)
        {
            return value is null && form.Kind is not (AnswerForm.Kinds.Empty or AnswerForm.Kinds.List) && table.Spec.Defaults.TryGetValue(field.Name, out var first) && first is null
                ? null
                : form.Write(value);
        }

        if (value is null || field.Field is not { } spec)
            return Values.ToNode(value);
        if (spec.Wire is not null)
            return AnswerForm.Of(spec.Type, spec.Wire, spec.Format).Write(value);
        return value is DateTimeOffset time
            ? JsonValues.FormatTime(time, spec.Format ?? (spec.Type.Kind == TypeKind.Date ? JsonValues.DateFormat : null))
            : Values.ToNode(value);
    }

    /// <summary>Records of another store that belong to this one, or the one that it names.</summary>
    private JsonNode? Related(JsonObject rule, Record record, AnswerForm? form, WriteContext context)
    {
        var expression = new Expression(store, context) { Record = record };
        if (JsonValues.Text(rule["list"]) is { } list)
        {
            var table = store.Named(Values.Text(expression.Value(list)) ?? "");
            var shape = Shape(table, null, SpecSet.DefaultApi, form?.Item);
            var where = (rule["where"] as JsonObject ?? []).Select(w => (table.Columns.Declare(w.Key), expression.Value(w.Value))).ToArray();
            var found = where.Length == 0 ? table.Records : table.Where(where[0].Item1, where[0].Item2).Where(r => where.All(w => Values.Same(r[w.Item1], w.Item2)));
            var items = found.ToList();
            var rows = items.Select(r => rule["as"] is { } each
                ? Completed(form?.Item, Values.ToNode(new Expression(store, context) { Record = record, Found = r }.Value(each)))
                : Item(shape, r, context));
            // Some pages show the rows as an object by key; PHP writes one without entries as a list.
            return form is { Kind: AnswerForm.Kinds.Object, Item: not null } && items.Count > 0
                ? new JsonObject(items.Zip(rows, (r, item) => KeyValuePair.Create(Values.Text(table.KeyOf(r)) ?? "", item)))
                : new JsonArray([.. rows]);
        }

        if (rule["find"] is null || rule["as"] is not { } template)
        {
            var shown = expression.Value(rule);
            return form is null && shown is (JsonObject or JsonArray) ? Values.ToNode(shown) : (form ?? AnswerForm.Of(AnswerForm.Kinds.Text)).Write(shown);
        }

        var other = expression.Find(rule);
        if (other is null)
            return rule.ContainsKey("else") ? rule["else"]?.DeepClone() : form?.Write(null);
        var value = new Expression(store, context) { Record = record, Found = other }.Value(template);
        return form is null ? Values.ToNode(value) : form.Write(value);
    }

    private static JsonNode? Completed(AnswerForm? form, JsonNode? value) => form is null ? value : form.Complete(value);

    private JsonArray Joined(RecordTable table, RecordType? type, FieldSpec field, JoinRule join, Record record)
    {
        var result = new JsonArray();
        var other = type is null ? null : store.Table(type.Field(join.Reference)?.References, type.Api)?.Find(record[join.Reference]);
        var values = record[field.Name] as JsonObject;
        foreach (var source in (other?[join.List] as JsonArray ?? []).OfType<JsonObject>())
        {
            var item = (JsonObject)source.DeepClone();
            item[join.Value] = JsonValues.Text(source[join.Key]) is { } key ? values?[key]?.DeepClone() : null;
            item.TryAdd("id", ItemKey(table, record, result.Count));
            result.Add(item);
        }

        return result;
    }

    /// <summary>Joined items are not kept, so that their keys follow from the record's.</summary>
    private static long ItemKey(RecordTable table, Record record, int position) =>
        long.TryParse(Values.Text(table.KeyOf(record)), NumberStyles.None, CultureInfo.InvariantCulture, out var key) && key < long.MaxValue / 1000
            ? (key * 1000) + position + 1
            : position + 1;

    private static void AddOwnFields(RowShape shape, Record record, JsonObject target, Selection? select, bool always)
    {
        foreach (var (column, name) in shape.Table.UserFields)
        {
            var written = shape.WritesOwnCamel ? UserFieldNames.Camel(name) : name;
            if (target.ContainsKey(written) || (select is null ? !always : !select.HasOwn(name, written, always)))
                continue;
            // Older methods have the text of the database, newer ones numbers, and Y or N.
            target[written] = record[column] switch
            {
                bool truth when shape.IsCamel => truth ? "Y" : "N",
                bool or long when !shape.IsCamel => Values.Text(record[column]),
                JsonNode node when FileFields.Keeps(shape.Table, shape.Table.Columns.Field(column)) => FileFields.Shown(node, shape.IsCamel)?.DeepClone(),
                var value => Values.ToNode(value),
            };
        }

        foreach (var (column, kind) in shape.Table.Columns.Parents)
        {
            var written = (shape.IsCamel ? "parentId" : "PARENT_ID_") + kind;
            if (record[column] is { } parent && !target.ContainsKey(written) && select?.Has(written) != false)
                target[written] = shape.IsCamel ? Values.ToNode(parent) : Values.Text(parent);
        }

        if (shape.View is not { Spec.Open: true } && shape.View is not null)
            return;
        foreach (var (name, value) in record.Extra ?? [])
        {
            if (!target.ContainsKey(name) && select?.Has(name) != false)
                target[name] = ValuedFields.Shown(shape.Table, record, name, value)?.DeepClone();
        }
    }
}
