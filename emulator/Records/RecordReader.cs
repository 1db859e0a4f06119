using System.Globalization;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Puts records into the shape that an answer's type asks for.</summary>
internal sealed class RecordReader(SpecSet specs, RecordStore store)
{
    /// <summary>How many views of a record may lie in each other: a type may hold itself.</summary>
    private const int MaxDepth = 8;

    /// <summary>A record as one of the rows of a list.</summary>
    public JsonObject Row(RecordType type, TypeSpec shape, JsonObject record, Selection select, bool keyAsText)
    {
        var row = new JsonObject();
        foreach (var field in shape.Fields)
        {
            if (!field.Selectable || !select.Has(field.Name))
                continue;
            var value = select.Within(field.Name, Value(type, field, record));
            row[field.Name] = keyAsText && field.Name == type.KeyName && JsonValues.Text(value) is { } text ? text : value;
        }

        AddOpenFields(type, record, row, select);
        return row;
    }

    /// <summary>A record as an answer's type wants it.</summary>
    public JsonObject Item(RecordType type, TypeSpec shape, JsonObject record, Selection? select = null, int depth = 0)
    {
        var item = new JsonObject();
        foreach (var field in shape.Fields.Where(f => select?.Has(f.Name) != false))
        {
            var value = Value(type, field, record, depth);
            item[field.Name] = select is null ? value : select.Within(field.Name, value);
        }

        if (shape.Open)
            AddOpenFields(type, record, item, select);
        return item;
    }

    private JsonNode? Value(RecordType type, FieldSpec field, JsonObject record, int depth = 0)
    {
        if (ServerValue.Join(field.Server) is { } join)
            return Joined(type, field, join, record);
        if (ServerValue.Field(field.Server) is { } other)
            return record[other]?.DeepClone();
        if (field.Server == ServerValue.Record)
            return depth < MaxDepth && specs.ResolveType(field.Type, type.Api) is { Scalar: null } view ? Item(type, view, record, null, depth + 1) : null;
        if (record.TryGetPropertyValue(field.Name, out var value))
            return value?.DeepClone();
        return ServerValue.Constant(field.Server) is { } constant ? JsonValues.Constant(field.Type, constant) : null;
    }

    private JsonArray Joined(RecordType type, FieldSpec field, JoinRule join, JsonObject record)
    {
        var result = new JsonArray();
        var other = store.Table(type.Field(join.Reference)?.References, type.Api)?.Find(record[join.Reference]);
        var values = record[field.Name] as JsonObject;
        foreach (var source in (other?[join.List] as JsonArray ?? []).OfType<JsonObject>())
        {
            var item = (JsonObject)source.DeepClone();
            item[join.Value] = JsonValues.Text(source[join.Key]) is { } key ? values?[key]?.DeepClone() : null;
            item.TryAdd("id", ItemKey(type, record, result.Count));
            result.Add(item);
        }

        return result;
    }

    /// <summary>Joined items are not kept, so that their keys follow from the record's.</summary>
    private static long ItemKey(RecordType type, JsonObject record, int position) =>
        long.TryParse(JsonValues.Text(record[type.KeyName]), NumberStyles.None, CultureInfo.InvariantCulture, out var key) && key < long.MaxValue / 1000
            ? (key * 1000) + position + 1
            : position + 1;

    private static void AddOpenFields(RecordType type, JsonObject record, JsonObject target, Selection? select)
    {
        if (!type.Spec.Open)
            return;
        foreach (var (name, value) in record)
        {
            if (!target.ContainsKey(name) && type.Field(name) is null && select?.Has(name) != false)
                target[name] = value?.DeepClone();
        }
    }
}
