using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Answers lists: filtered, ordered, a page at a time.</summary>
internal sealed class ListOperation(SpecSet specs, RecordReader reader)
{
    public Success Run(MethodCall call)
    {
        if (call.Table is not { } table)
            return new Success(ResultShape.At(call.Method.Result, new JsonArray()));

        var found = new RecordQuery(call.Profile, table).Find(call.Argument(View.Filter), SortOrder.Read(call.Argument(View.Order)));
        if (call.Method.Paging == Paging.Cursor && call.Parameters["cursor"] is JsonObject cursor)
            found = After(cursor, found);
        var page = ListPage.Of(call);
        int? total = null;
        if (page.Counted)
        {
            var all = found.ToList();
            total = all.Count;
            found = all;
        }

        var select = new Selection(call.Argument(View.Select));
        var shape = Shape(call) ?? table.Type.Spec;
        // Only the older protocol's lists come as text from the database.
        var keysAsText = call.Profile.Envelope.Style == "bitrix24";
        var rows = found.Skip(page.Skip).Take(page.Take).Select(r => (JsonNode)reader.Row(table.Type, shape, r, select, keysAsText)).ToArray();
        var success = new Success(ResultShape.At(call.Method.Result, new JsonArray(rows)));
        if (call.Method.Paging is not (Paging.Start or Paging.Limit or Paging.Link))
            return success;
        var next = page.Skip + rows.Length;
        // Uncounted, the older protocol answers 0; VibeCode still says whether there is more.
        if (call.Method.Paging == Paging.Limit && !page.Counted)
            return success with { Next = rows.Length > 0 && found.Skip(next).Any() ? next : null };
        return success with { Total = total ?? 0, Next = next < total && rows.Length > 0 ? next : null };
    }

    private TypeSpec? Shape(MethodCall call)
    {
        var type = call.Method.Result?.Type;
        return type is { Kind: TypeKind.Array, Element: { } element } ? specs.ResolveType(element, call.Method.Api) : null;
    }

    /// <summary>The records beyond the cursor's value, in its order.</summary>
    private static IEnumerable<JsonObject> After(JsonObject cursor, IEnumerable<JsonObject> records)
    {
        var field = JsonValues.Text(cursor["field"]) ?? "id";
        var from = Scalar.Of(cursor["value"]);
        return JsonValues.Text(cursor["order"])?.StartsWith("desc", StringComparison.OrdinalIgnoreCase) == true
            ? records.Where(r => Scalar.Of(r[field]).CompareTo(from) < 0).OrderByDescending(r => Scalar.Of(r[field]))
            : records.Where(r => Scalar.Of(r[field]).CompareTo(from) > 0).OrderBy(r => Scalar.Of(r[field]));
    }
}
