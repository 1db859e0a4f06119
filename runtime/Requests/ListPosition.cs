using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>Where a walk through a list stands. A walk that does not move on is an error, not an endless loop.</summary>
internal sealed class ListPosition(MethodDescriptor method, long? start)
{
    private string? _digest;

    /// <summary>The position to ask for; null where the method has none.</summary>
    public long? Current { get; private set; } = method.Paging switch
    {
        PagingKind.Page or PagingKind.Link => start ?? 1,
        PagingKind.Start or PagingKind.Limit or PagingKind.Offset => start ?? 0,
        _ => start,
    };

    public int Pages { get; private set; }

    public long Items { get; private set; }

    /// <summary>Takes a page in; says whether there is another.</summary>
    public bool Advance(int count, long? next, bool? hasMore, string? digest)
    {
        Pages++;
        Items += count;
        if (count > 0 && digest is not null && digest == _digest)
            throw Stalled($"page {Pages} is page {Pages - 1} again");
        _digest = digest;
        switch (method.Paging)
        {
            case PagingKind.Page:
                Current++;
                return count >= method.PageSize;
            case PagingKind.Start when next is { } offset:
                if (offset <= Current)
                    throw Stalled($"the page after {Current} begins at {offset}");
                Current = offset;
                return true;
            case PagingKind.Link:
                Current++;
                return hasMore == true;
            case PagingKind.Limit:
                // The page after an exactly full last one is said to exist, and is empty.
                Current += count;
                return count > 0 && (hasMore ?? count >= method.PageSize);
            case PagingKind.Offset:
                Current += count;
                return count >= method.PageSize;
            case PagingKind.Cursor:
                throw Unwalkable("it moves on by a cursor");
            default:
                // Ending here would leave records out without a word.
                return next is null ? false : throw Unwalkable("more records follow, and its spec does not say how to ask for them");
        }
    }

    private NotSupportedException Unwalkable(string why) =>
        new($"{method.Name} cannot be walked: {why}. Send its request page by page with SendAsync.");

    private Bitrix24ProtocolException Stalled(string what) =>
        new($"{method.Name}: the list does not move on: {what}") { Method = method.Name };
}
