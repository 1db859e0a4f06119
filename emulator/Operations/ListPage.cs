using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>The part of a list that a call asks for.</summary>
/// <param name="Skip">Records before it.</param>
/// <param name="Take">Records in it at most.</param>
/// <param name="Counted">The answer has the number of all records.</param>
internal readonly record struct ListPage(int Skip, int Take, bool Counted)
{
    /// <summary>REST 3.0 gives no more at once, whatever is asked for.</summary>
    private const int MaxLimit = 1000;

    public static ListPage Of(MethodCall call)
    {
        var size = call.Method.PageSize ?? call.Profile.PageSize;
        switch (call.Method.Paging)
        {
            case Paging.Page:
                return new(Position((Math.Max(Number(call.Parameters["page"]) ?? 1, 1) - 1) * size), size, Counted: false);
            case Paging.Start:
                var start = Number(call.Parameters["start"]) ?? 0;
                return new(Page(start, size), size, Counted: start >= 0);
            case Paging.Offset:
                var pagination = call.Parameters["pagination"] as JsonObject;
                var limit = Math.Clamp(Number(pagination?["limit"]) ?? size, 1, MaxLimit);
                var offset = Number(pagination?["offset"]) ?? ((Math.Max(Number(pagination?["page"]) ?? 1, 1) - 1) * limit);
                return new(Position(offset), (int)limit, Counted: false);
            case Paging.Cursor:
                var cursor = call.Parameters["cursor"] as JsonObject;
                return new(0, (int)Math.Clamp(Number(cursor?["limit"]) ?? size, 0, MaxLimit), Counted: false);
            case Paging.Limit:
                var uncounted = JsonValues.Text(call.Parameters["withTotal"]) == "0" || Number(call.Parameters["start"]) < 0;
                return new(Position(Number(call.Parameters["offset"]) ?? 0), (int)(Number(call.Parameters["limit"]) ?? size), Counted: !uncounted);
            case Paging.Link:
                var most = Math.Min(Number(call.Parameters["limit"]) ?? size, size);
                return new(Position((Math.Max(Number(call.Parameters["page"]) ?? 1, 1) - 1) * most), (int)most, Counted: true);
            // Where the page says nothing of pages or of an answer, the older protocol does as it mostly does.
            default:
                return call.Method.Result is null && call.Form is null && call.Profile.Envelope.Style == EnvelopeKind.Bitrix24
                    ? new(Page(Number(call.Parameters["start"]) ?? 0, size), size, Counted: true)
                    : new(0, int.MaxValue, Counted: false);
        }
    }

    /// <summary>REST 3.0 refuses a page that is not a number, and one without records.</summary>
    public static SpecViolation? Validate(MethodCall call)
    {
        if (call.Method.Paging is not (Paging.Offset or Paging.Cursor))
            return null;
        var name = call.Method.Paging == Paging.Offset ? "pagination" : "cursor";
        foreach (var part in new[] { "limit", "offset", "page" })
        {
            if ((call.Parameters[name] as JsonObject)?[part] is { } value && (Number(value) is not { } number || (number == 0 && part == "limit")))
                return new SpecViolation(RuleIds.Range, "min", $"{name}.{part}", V3Errors.InvalidPagination, Said(call, name), RuleSeverity.Error, default);
        }

        return null;
    }

    /// <summary>The page's text with what the call gave.</summary>
    private static string Said(MethodCall call, string name) => ErrorText.Filled(
        call.Method.Errors.FirstOrDefault(static e => e.Code == V3Errors.InvalidPagination)?.Message ?? "Unable to recognize pagination parameter `{field}`",
        call.Parameters[name]!.ToJsonString(), null)!;

    /// <summary>A start within a page is that of the page.</summary>
    private static int Page(long start, int size) => Position(Math.Max(start, 0) / size * size);

    private static int Position(long records) => (int)Math.Clamp(records, 0, int.MaxValue);

    private static long? Number(JsonNode? node) =>
        JsonValues.Text(node) is { } text && JsonValues.TryNumber(text, out var number)
            ? (long)Math.Clamp(number, int.MinValue, int.MaxValue)
            : null;
}
