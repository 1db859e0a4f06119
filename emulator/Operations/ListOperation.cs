using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Answers lists: filtered, ordered, a page at a time.</summary>
internal sealed class ListOperation(SpecSet specs, RecordReader reader)
{
    /// <summary>REST 3.0 gives no more at once, whatever is asked for.</summary>
    private const int MaxLimit = 1000;

    public Success Run(MethodCall call)
    {
        if (call.Table is not { } table)
            return new Success(ResultShape.At(call.Method.Result, new JsonArray()));

        var filter = new RecordFilter(call.Profile, table.Type);
        var condition = call.Argument(View.Filter);
        var found = Sort(table.Records.Where(r => filter.Matches(condition, r)), call.Argument(View.Order) as JsonObject, table.Type).ToList();
        if (call.Method.Paging == Paging.Cursor && call.Parameters["cursor"] is JsonObject cursor)
            found = After(cursor, found);
        var (skip, take, counted) = Page(call, found.Count);
        var select = Selected(call.Argument(View.Select));
        var shape = Shape(call) ?? table.Type.Spec;
        // Only the older protocol's lists come as text from the database.
        var keysAsText = call.Profile.Envelope.Style == "bitrix24";
        var rows = found.Skip(skip).Take(take).Select(r => (JsonNode)reader.Row(table.Type, shape, r, select, keysAsText)).ToArray();
        var success = new Success(ResultShape.At(call.Method.Result, new JsonArray(rows)));
        if (call.Method.Paging != Paging.Start)
            return success;
        var next = skip + rows.Length;
        return success with { Total = counted ? found.Count : 0, Next = counted && next < found.Count ? next : null };
    }

    private TypeSpec? Shape(MethodCall call)
    {
        var type = call.Method.Result?.Type;
        return type is { Kind: TypeKind.Array, Element: { } element } ? specs.ResolveType(element, call.Method.Api) : null;
    }

    private static (int Skip, int Take, bool Counted) Page(MethodCall call, int found)
    {
        var size = call.Method.PageSize ?? call.Profile.PageSize;
        switch (call.Method.Paging)
        {
            case Paging.Page:
                var page = Math.Clamp(Number(call.Parameters["page"]) ?? 1, 1, (found / size) + 2);
                return ((int)(page - 1) * size, size, false);
            case Paging.Start:
                var start = Number(call.Parameters["start"]) ?? 0;
                return ((int)Math.Clamp(start, 0, found), size, start >= 0);
            case Paging.Offset:
                return Offset(call.Parameters["pagination"] as JsonObject, size, found);
            case Paging.Cursor:
                return (0, (int)Math.Clamp(Number(call.Parameters["cursor"]?["limit"]) ?? size, 0, MaxLimit), false);
            default:
                return (0, found, false);
        }
    }

    private static (int Skip, int Take, bool Counted) Offset(JsonObject? pagination, int size, int found)
    {
        var limit = (int)Math.Clamp(Number(pagination?["limit"]) ?? size, 1, MaxLimit);
        var skip = Number(pagination?["offset"]) ?? (Math.Max(Number(pagination?["page"]) ?? 1, 1) - 1) * limit;
        return ((int)Math.Clamp(skip, 0, found), limit, false);
    }

    /// <summary>The records beyond the cursor's value, in its order.</summary>
    private static List<JsonObject> After(JsonObject cursor, IEnumerable<JsonObject> records)
    {
        var field = JsonValues.Text(cursor["field"]) ?? "id";
        var sign = JsonValues.Text(cursor["order"])?.StartsWith("desc", StringComparison.OrdinalIgnoreCase) == true ? -1 : 1;
        var values = Comparer<JsonNode?>.Create((a, b) => sign * JsonValues.Compare(a, b));
        return [.. records.Where(r => values.Compare(r[field], cursor["value"]) > 0).OrderBy(r => r[field], values)];
    }

    private static long? Number(JsonNode? node) =>
        JsonValues.Text(node) is { } text && JsonValues.TryNumber(text, out var number)
            ? (long)Math.Clamp(number, int.MinValue, int.MaxValue)
            : null;

    private static HashSet<string>? Selected(JsonNode? select)
    {
        var names = (select as JsonArray ?? []).Select(JsonValues.Text).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return names.Count == 0 || names.Contains("*") ? null : names;
    }

    private static IEnumerable<JsonObject> Sort(IEnumerable<JsonObject> records, JsonObject? order, RecordType type)
    {
        IOrderedEnumerable<JsonObject>? sorted = null;
        foreach (var (name, direction) in order ?? [])
        {
            if (type.Field(name) is null && !type.Spec.Open)
                continue;
            var down = JsonValues.Text(direction)?.StartsWith("desc", StringComparison.OrdinalIgnoreCase) == true;
            var values = Comparer<JsonNode?>.Create(down ? (a, b) => JsonValues.Compare(b, a) : JsonValues.Compare);
            sorted = sorted is null ? records.OrderBy(r => r[name], values) : sorted.ThenBy(r => r[name], values);
        }

        return sorted ?? records;
    }
}
