using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Pages by REST 3.0's cursor: the records beyond an id, in the order of ids.</summary>
internal sealed class CursorPages : PageSource
{
    private const string Cursor = "cursor";
    private const int LargestPage = 1000;

    private readonly JsonObject _cursor;
    private readonly bool _down;
    private readonly long _asked;
    private long? _last;

    public CursorPages(MethodDescriptor method, JsonObject parameters, PagingMode mode, long wanted)
        : base(method, parameters)
    {
        var name = Parameter(method, "filter", View.Filter)?.Type?.FieldArray
            .FirstOrDefault(static f => f.Name.Equals("id", StringComparison.OrdinalIgnoreCase))?.Name ?? "id";
        if (parameters[Cursor] is not JsonObject)
            parameters[Cursor] = new JsonObject();
        _cursor = (JsonObject)parameters[Cursor]!;
        var field = Text(_cursor["field"]) ?? name;
        // Records that share a value with the last one of a page would be left out.
        if (!field.Equals(name, StringComparison.OrdinalIgnoreCase))
            throw CannotPage($"a cursor moves on safely by '{name}', not by '{field}', whose values may repeat");
        _down = Text(_cursor["order"])?.Equals("DESC", StringComparison.OrdinalIgnoreCase) == true;
        _last = Number(_cursor["value"]);
        _asked = Number(_cursor["limit"]) ?? (mode == PagingMode.Fastest ? Math.Clamp(wanted, 1, LargestPage) : method.PageSize);
        _cursor["field"] = field;
        _cursor["order"] = _down ? "DESC" : "ASC";
        _cursor["limit"] = _asked;
        if (_cursor["value"] is null)
            _last = _down ? throw CannotPage("paging down needs the cursor's 'value' to begin at") : 0;
        KeyPages.AddToSelect(parameters, "select", field);
        Key = Encoding.UTF8.GetBytes(field);
    }

    public override byte[] Key { get; }

    public override JsonObject Ask(int ahead = 0)
    {
        if (_last is { } last)
            _cursor["value"] = last;
        return Parameters;
    }

    public override bool Take(PageCounts page)
    {
        Pages++;
        Items += page.Count;
        IsDone = !IsFull(page.Count, _asked, Pages == 1 ? 0 : Size);
        Size = Math.Max(Pages == 1 ? 0 : Size, page.Count);
        if (page.Count == 0)
            return true;
        if (page.Keys is not { } keys)
            return IsDone ? true : throw CannotPage("its records have no id that is a number");
        var moves = _down ? keys.Descending && !(keys.First >= _last) : keys.Ascending && !(keys.First <= _last);
        if (!moves)
            throw Stalled($"page {Pages} has records from {keys.First} to {keys.Last} beyond {_last}");
        _last = keys.Last;
        return true;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
