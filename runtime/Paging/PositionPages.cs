using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Pages by page number or offset.</summary>
internal sealed class PositionPages : PageSource
{
    // REST 3.0 gives no more at once, whatever it is asked for.
    private const int LargestPage = 1000;

    private readonly string _name;
    private readonly bool _declared;
    private readonly long _asked;
    private readonly long _first;
    private string? _digest;
    private long _current;
    private long _step;

    public PositionPages(MethodDescriptor method, JsonObject parameters, long? position, PagingMode mode = PagingMode.Plain, long wanted = long.MaxValue)
        : base(method, parameters)
    {
        var word = method.Paging switch
        {
            Paging.Page or Paging.Link => "page",
            Paging.Limit => "offset",
            Paging.Offset => "pagination",
            _ => "start",
        };
        var declared = Parameter(method, word);
        (_name, _declared) = (declared?.Name ?? word, declared is not null);
        _first = method.Paging is Paging.Page or Paging.Link ? 1 : 0;
        _current = position ?? _first;
        _asked = method.Paging switch
        {
            Paging.Limit => Number(parameters["limit"]) ?? method.PageSize,
            Paging.Offset => Pagination(mode, wanted),
            _ => method.PageSize,
        };
    }

    /// <summary>Where the next page begins.</summary>
    public long Current => _current;

    public override long Foreseen =>
        Method.Paging == Paging.Start && Total is { } total && _step > 0 ? (total - _current + _step - 1) / _step : 1;

    private bool IsHttp => Method.Api.Envelope is not (EnvelopeKind.Bitrix24 or EnvelopeKind.Bitrix24V3);

    public override JsonObject Ask(int ahead = 0)
    {
        if (Method.Paging == Paging.None)
            return Parameters;
        var parameters = ahead == 0 ? Parameters : Copy();
        var position = _current + (ahead * _step);
        if (Method.Paging == Paging.Offset)
        {
            parameters[_name] = new JsonObject { ["limit"] = _asked, ["offset"] = position };
        }
        else if (_declared || position != _first)
        {
            if (!_declared && (IsHttp || Method.Positional))
                throw CannotPage($"its spec has no parameter '{_name}'");
            parameters[_name] = position;
        }

        return parameters;
    }

    public override bool IsNext(JsonObject asked) => Number(asked[_name]) == _current;

    public override bool Take(PageCounts page)
    {
        Pages++;
        Items += page.Count;
        Total = page.Total ?? Total;
        if (page.Count > 0 && page.Digest is not null && page.Digest == _digest)
            throw Stalled($"page {Pages} is page {Pages - 1} again");
        _digest = page.Digest;
        IsDone = !Advance(page);
        // Records that a user may not see leave an empty page before the end; beyond it, a list like that has none.
        if (!IsDone && page.Count == 0 && !(Total >= _current))
            throw Stalled($"page {Pages} is empty, and the server says that another one follows");
        Size = Math.Max(Pages == 1 ? 0 : Size, page.Count);
        return true;
    }

    private bool Advance(PageCounts page)
    {
        var largest = Pages == 1 ? 0 : Size;
        switch (Method.Paging)
        {
            case Paging.Page:
                _current++;
                return IsFull(page.Count, _asked, largest);
            case Paging.Start:
                return AdvanceTo(page.Next, page);
            case Paging.Link:
                _current++;
                return page.HasMore == true;
            case Paging.Limit:
                // The page after an exactly full last one is said to exist, and is empty.
                _current += page.Count;
                return page.Count > 0 && (page.HasMore ?? IsFull(page.Count, _asked, largest));
            case Paging.Offset:
                _current += page.Count;
                return IsFull(page.Count, _asked, largest);
            default:
                // Ending here would leave records out without a word.
                return page.Next is null ? false : throw CannotPage("more records follow, and its spec does not say how to ask for them");
        }
    }

    private bool AdvanceTo(long? next, PageCounts page)
    {
        if (next is { } offset)
        {
            if (offset <= _current)
                throw Stalled($"the page after {_current} begins at {offset}");
            (_step, _current) = (offset - _current, offset);
            return true;
        }

        // Some methods say how many there are, and not where the next page begins.
        _current += page.Count;
        _step = page.Count;
        return page.Count > 0 && page.Total > _current;
    }

    /// <summary>Takes the user's pagination for where to begin and how many to ask for at once.</summary>
    private long Pagination(PagingMode mode, long wanted)
    {
        var given = Parameters[_name] as JsonObject;
        var limit = Number(given?["limit"])
            ?? (mode == PagingMode.Fastest ? Math.Clamp(wanted, 1, LargestPage) : Method.PageSize);
        if (Number(given?["offset"]) is { } offset)
            _current = offset;
        else if (Number(given?["page"]) is > 1 and { } page)
            _current = (page - 1) * Math.Max(limit, 1);
        return limit;
    }
}
