using System.Globalization;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>What a call knows that a record may need.</summary>
/// <param name="Now">The portal's time.</param>
/// <param name="UserId">Whom the call acts for.</param>
/// <param name="AppCode">The application that the call comes from.</param>
/// <param name="Parameters">The call's parameters.</param>
internal sealed record WriteContext(DateTimeOffset Now, int UserId, string AppCode, JsonObject Parameters)
{
    /// <summary>The portal's time, in whole seconds: what an answer shows can be filtered by.</summary>
    public DateTimeOffset Now { get; } = Now.AddTicks(-(Now.Ticks % TimeSpan.TicksPerSecond));

    public bool ByWebhook { get; init; }
}

/// <summary>Makes and changes records: what the caller gave, defaults, and what the server fills in itself.</summary>
internal sealed partial class RecordWriter(RecordStore store)
{
    private readonly DerivedValues _derived = new(store);

    /// <summary>Keeps a new record and gives it its key.</summary>
    /// <param name="table">Where.</param>
    /// <param name="view">The type in whose names the input is; null: no spec describes it.</param>
    /// <param name="input">What the caller gave.</param>
    /// <param name="context">The call.</param>
    /// <param name="set">Values that the method sets.</param>
    public Record Add(RecordTable table, RecordType? view, JsonObject input, WriteContext context, IEnumerable<KeyValuePair<string, object?>>? set = null)
    {
        var record = Create(table, view, input, context, set);
        table.Add(record);
        // As a change, so that indexes follow what is derived.
        if (table.Spec.Derive.Count > 0)
            table.Change(record, () => _derived.Apply(table, record, null, context));
        return record;
    }

    /// <summary>A record as it would be kept, under a key that is not yet taken up.</summary>
    public Record Create(RecordTable table, RecordType? view, JsonObject input, WriteContext context, IEnumerable<KeyValuePair<string, object?>>? set = null)
    {
        var type = view ?? table.Type;
        var record = table.New();
        var key = table.Columns.Declare(table.KeyName);
        var given = input.FirstOrDefault(i => table.Columns.Find(i.Key) == key).Value;
        // Items inside the record name it, so it has its number before they are made.
        if (!table.Spec.Coded && Values.IsNothing(Values.From(given)) && (type?.KeyField?.Server == ServerValue.AutoIncrement || table.Type is null || table.Spec.Key is not null))
            record[key] = table.NextKey();
        foreach (var (name, value) in set ?? [])
            Assign(table, record, name, value);
        // Input may give a value for any field that the store's rules look at, whether or not a spec names it.
        table.DeclareKnown();
        foreach (var (name, value) in input)
            Put(table, type, record, name, value, context);
        FillFields(table, type, record, input, context);
        Number(table, record);
        var expression = new Expression(store, context) { Record = record };
        foreach (var (name, value) in table.Spec.Created.Concat(table.Spec.Defaults))
        {
            var column = table.Columns.Declare(name);
            if (Values.IsNothing(record[column]))
                Assign(table, record, name, expression.Value(value));
            if (Values.IsNothing(record[column]) && table.Columns.Field(column) is { Default: { } constant } field)
                Assign(table, record, name, Values.Normalize(field, JsonNode.Parse(constant)));
        }

        return record;
    }

    /// <summary>Changes what the input names, and what changes with any change.</summary>
    public void Update(RecordTable table, RecordType? view, Record record, JsonObject input, WriteContext context, IEnumerable<KeyValuePair<string, object?>>? set = null)
    {
        var type = view ?? table.Type;
        var before = record.Copy();
        table.Change(record, () =>
        {
            foreach (var (name, value) in input)
                Put(table, type, record, name, value, context);
            foreach (var (name, value) in set ?? [])
                Assign(table, record, name, value);
            Number(table, record);
            foreach (var field in type?.Spec.Fields ?? default)
            {
                if (field.Server is ServerValue.UpdatedAt or ServerValue.UpdatedBy)
                    record[table.Columns.Declare(field.Name)] = Filled(field, type!.Api, record, context, table.KeyOf(record));
            }

            var expression = new Expression(store, context) { Record = record };
            foreach (var (name, value) in table.Spec.Updated)
                Assign(table, record, name, expression.Value(value));
            _derived.Apply(table, record, before, context);
        });
    }

    /// <summary>An item of a list inside a record.</summary>
    public JsonObject Item(TypeSpec type, string api, JsonObject input, WriteContext context, object? owner)
    {
        var item = new JsonObject();
        foreach (var field in type.Fields)
        {
            if (field.Server == ServerValue.AutoIncrement)
                item[field.Name] = ItemKey(type, api, input, field);
            else if (input.TryGetPropertyValue(field.Name, out var value))
                item[field.Name] = Nested(field, api, value, context, owner);
            else if (field.Default is not null)
                item[field.Name] = JsonNode.Parse(field.Default);
        }

        // Templates look at other fields, so they come last.
        foreach (var field in type.Fields)
        {
            if (field.Server is not null and not (ServerValue.AutoIncrement or ServerValue.Record) && !input.ContainsKey(field.Name))
                item[field.Name] = Filled(field, api, name => JsonValues.Text(item[name]), context, owner) is var filled && filled is DateTimeOffset time
                    ? JsonValues.FormatTime(time, field.Format)
                    : Values.ToNode(filled);
        }

        if (type.Open || type.Fields.Count == 0)
        {
            foreach (var (name, value) in input)
                item.TryAdd(name, value?.DeepClone());
        }

        return item;
    }

    private void FillFields(RecordTable table, RecordType? type, Record record, JsonObject input, WriteContext context)
    {
        foreach (var field in type?.Spec.Fields ?? default)
        {
            // What a state file says of the store comes first: the funnel of a smart process is its own, not the spec's 0.
            if (field.Default is not null && record[field.Name] is null && !input.ContainsKey(field.Name) && !IsInDefaults(table, field.Name))
                Assign(table, record, field.Name, Values.Normalize(field, JsonNode.Parse(field.Default)));
        }

        // Templates look at other fields, so they come last.
        foreach (var field in type?.Spec.Fields ?? default)
        {
            if (field.Server is not null and not (ServerValue.AutoIncrement or ServerValue.Record) && ServerValue.Join(field.Server) is null && ServerValue.Field(field.Server) is null
                && !input.ContainsKey(field.Name) && record[field.Name] is null)
            {
                record[table.Columns.Declare(field.Name)] = Filled(field, type!.Api, record, context, table.KeyOf(record));
            }
        }
    }

    private static bool IsInDefaults(RecordTable table, string name)
    {
        if (table.Spec.Defaults.Count == 0 || table.Columns.Find(name) is not (>= 0 and var column))
            return false;
        foreach (var (other, _) in table.Spec.Defaults)
        {
            if (table.Columns.Find(other) == column)
                return true;
        }

        return false;
    }

    /// <summary>What the caller gave for a name: to the column that it means, or beside the columns where any name may stand.</summary>
    private void Put(RecordTable table, RecordType? type, Record record, string name, JsonNode? given, WriteContext context)
    {
        if (ValuedFields.Is(table, name))
        {
            ValuedFields.Put(table, record, name, given);
            return;
        }

        if (table.Spec.MultiJoined == name)
        {
            foreach (var (multi, items) in MultiFields.Apart(given).Where(m => table.Spec.Multi.Contains(m.Field, StringComparer.OrdinalIgnoreCase)))
                Merge(table, record, multi, items);
            return;
        }

        if (table.Spec.Multi.FirstOrDefault(m => Columns.Fold(m) == Columns.Fold(name)) is { } field)
        {
            Merge(table, record, field, given);
            return;
        }

        var column = table.Columns.Find(name);
        // A field of the store's own type has its column, though no call has shown or given it yet.
        if (column < 0 && table.Spec.UserFields is not null && (Columns.IsParent(name) || table.Spec.Views.Any(v => v.Value.Contains(name, StringComparer.Ordinal))))
            column = table.Columns.Declare(name);
        if (given is JsonArray listed && column >= 0 && record[column] is JsonArray kept && table.Spec.Numbered.FirstOrDefault(n => table.Columns.Find(n.Key) == column).Value is { } id)
            given = MultiFields.Renewed(kept, listed, JsonValues.Text(id) ?? "");
        if (column >= 0)
        {
            var spec = type?.Field(name) ?? table.Columns.Field(column);
            if (FileFields.Keeps(table, spec) || FileFields.Keeps(table, table.Columns.Field(column)))
            {
                record[column] = FileFields.Of(store, table, record[column], given, context, (table.Columns.Field(column) ?? spec)!.Type.Kind == TypeKind.Array);
                return;
            }

            record[column] = spec is null ? Values.From(given) : Value(spec, type?.Api ?? SpecSet.DefaultApi, given, context, table.KeyOf(record));
            return;
        }

        // A type that is open for the fields that users declare, and for links to smart processes, takes no other names; VibeCode's name few of theirs.
        var isOwn = table.Spec.UserFields is not null;
        if (isOwn && type is not null && RowShape.Listed(table, type.Spec) is { } viewed && !RowShape.Has(viewed, name))
            return;
        var known = type is null or { Spec.Undescribed: true }
            || (type is { Spec.Open: true } && (!isOwn || type.Api != SpecSet.DefaultApi || name.StartsWith("parent", StringComparison.OrdinalIgnoreCase)));
        if (known && !(isOwn && UserFieldNames.Is(name)))
            record.Set(name, Values.From(given));
    }

    /// <summary>New items of lists get an id.</summary>
    private void Number(RecordTable table, Record record)
    {
        foreach (var (name, id) in table.Spec.Numbered)
        {
            if (record[name] is not JsonArray items || JsonValues.Text(id) is not { } member)
                continue;
            foreach (var item in items.OfType<JsonObject>())
            {
                if (!item.Any(m => m.Key.Equals(member, StringComparison.OrdinalIgnoreCase) && JsonValues.Text(m.Value) is { Length: > 0 } and not "0"))
                    item[member] = store.NextOf($"{table.Name}.{name}");
            }
        }
    }

    private void Merge(RecordTable table, Record record, string field, JsonNode? given)
    {
        var column = table.Columns.Declare(field);
        record[column] = MultiFields.Merge(store, field, record[column] as JsonArray, given);
    }

    private static void Assign(RecordTable table, Record record, string name, object? value)
    {
        var column = table.Columns.Declare(name);
        record[column] = table.Columns.Kept(column, value);
    }

    private long ItemKey(TypeSpec type, string api, JsonObject input, FieldSpec field)
    {
        if (long.TryParse(JsonValues.Text(input[field.Name]), NumberStyles.None, CultureInfo.InvariantCulture, out var given))
        {
            store.KeepItemKey(type, api, given);
            return given;
        }

        return store.NextItemKey(type, api);
    }

    /// <summary>A value inside an item: it stays JSON, so that it takes its form now.</summary>
    private JsonNode? Nested(FieldSpec field, string api, JsonNode? value, WriteContext context, object? owner) =>
        value is JsonValue && (field.Type.Kind != TypeKind.Named || store.Specs.ResolveType(field.Type, api) is null or { Scalar: not null })
            ? JsonValues.Normalize(field.Type, field.Format, value)
            : Values.ToNode(Value(field, api, value, context, owner));

    private object? Value(FieldSpec field, string api, JsonNode? value, WriteContext context, object? owner)
    {
        var type = field.Type.Kind == TypeKind.Array ? field.Type.Element! : field.Type;
        if (store.Specs.ResolveType(type, api) is not { Scalar: null } nested)
            return value is JsonArray list ? new JsonArray([.. list.Select(i => JsonValues.Normalize(type, field.Format, i))]) : Values.Normalize(field with { Type = type }, value);
        return value switch
        {
            JsonArray items => new JsonArray([.. items.Select(i => i is JsonObject item ? Item(nested, api, item, context, owner) : i?.DeepClone())]),
            JsonObject item => Item(nested, api, item, context, owner),
            _ => Values.From(value),
        };
    }

    private object? Filled(FieldSpec field, string api, Record record, WriteContext context, object? owner) =>
        Filled(field, api, name => Values.Text(record[name]), context, owner);

    private object? Filled(FieldSpec field, string api, Func<string, string?> other, WriteContext context, object? owner)
    {
        switch (field.Server)
        {
            case ServerValue.CreatedAt or ServerValue.UpdatedAt:
                return field.Type.Kind is TypeKind.Date or TypeKind.DateTime ? context.Now : JsonValues.FormatTime(context.Now, field.Format);
            case ServerValue.CreatedBy or ServerValue.UpdatedBy:
                return (long)context.UserId;
            case ServerValue.AppCode:
                return context.AppCode;
            case ServerValue.Parent:
                return owner;
        }

        if (ServerValue.Constant(field.Server) is { } constant)
            return Values.From(JsonValues.Constant(field.Type, constant));
        if (ServerValue.Template(field.Server) is { } template)
            return Placeholder().Replace(template, match => other(match.Groups[1].Value) ?? "");
        if (ServerValue.Parameter(field.Server) is { } parameter)
            return Value(field, api, context.Parameters[parameter], context, owner);
        return null;
    }

    [GeneratedRegex(@"\{([^{}]+)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
