using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Reads a list page after page: one a request, or several in a batch where that costs fewer requests.</summary>
internal sealed class ListPager<TItem>(Bitrix24Client client, IBitrix24Request<IReadOnlyList<TItem>> list, PageSource source, PagingMode mode)
{
    // The server gives a request 60 seconds.
    private const double MostSeconds = 20;

    private PageSource _source = source;
    private double _slowest;
    private bool? _packs = mode == PagingMode.Fastest ? null : false;
    private bool _refused;
    private Bitrix24Exception? _error;

    /// <summary>The next pages; none after the last.</summary>
    /// <param name="wanted">Records that are still wanted.</param>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    public async Task<IReadOnlyList<(IReadOnlyList<TItem> Items, ListProgress Progress)>> NextAsync(long wanted, CancellationToken cancellationToken)
    {
        var pages = new List<(IReadOnlyList<TItem>, ListProgress)>();
        while (pages.Count == 0 && !_source.IsDone)
        {
            // Pages before an error are the user's before the error is.
            if (_error is not null)
                throw _error;
            var count = _refused ? 1 : Together(wanted);
            _refused = false;
            if (count > 1)
                await ReadTogetherAsync((int)count, pages, cancellationToken).ConfigureAwait(false);
            else
                await ReadOneAsync(pages, cancellationToken).ConfigureAwait(false);
        }

        return pages;
    }

    private async Task ReadOneAsync(List<(IReadOnlyList<TItem>, ListProgress)> pages, CancellationToken cancellationToken)
    {
        var parameters = _source.Ask();
        var response = await client.SendAsync(new PageRequest<TItem>(list, parameters, _source.Key), AreDistinct(parameters), cancellationToken).ConfigureAwait(false);
        Take(response.Result, response.Next, response.Total, response.HasMore, response.Digest, response.Time, pages);
    }

    private async Task ReadTogetherAsync(int count, List<(IReadOnlyList<TItem>, ListProgress)> pages, CancellationToken cancellationToken)
    {
        var batch = client.CreateBatch();
        // After a page that failed, those linked to it would be any pages.
        batch.Halt = true;
        var (items, asked) = (new List<BatchItem<Page<TItem>>>(count), new List<JsonObject>(count));
        for (var i = 0; i < count; i++)
        {
            var parameters = i == 0 ? (JsonObject)_source.Ask().DeepClone() : _source.Ask(i);
            var before = i > 0 && _source.Link is not null ? items[^1].Reference(_source.LinkedPath) : null;
            items.Add(batch.Add(new PageRequest<TItem>(list, parameters, _source.Key), b =>
            {
                if (before is not null)
                    b.Set(_source.Link!, before);
            }));
            asked.Add(parameters);
        }

        await batch.SendAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < count && !_source.IsDone && _source.IsNext(asked[i]); i++)
        {
            var item = items[i];
            if (item.Outcome == BatchOutcome.Failed)
            {
                await FailAsync(item).ConfigureAwait(false);
                return;
            }

            if (!Take(item.Result, item.Next, item.Total, null, null, item.Time, pages))
                return;
        }
    }

    private async ValueTask FailAsync(BatchItem item)
    {
        if (!item.IsRefused)
        {
            _error = item.Error;
            return;
        }

        await client.HoldBackAsync(item).ConfigureAwait(false);
        _refused = true;
        // The portal counts the commands of a batch: there is nothing to save.
        if (Faults.Of(item.Error) == CallFault.RateLimit)
            _packs = false;
    }

    private bool Take(
        Page<TItem> page, long? next, long? total, bool? hasMore, string? digest, Bitrix24Time? time, List<(IReadOnlyList<TItem>, ListProgress)> pages)
    {
        _slowest = Math.Max(_slowest, time?.Duration ?? 0);
        var current = _source;
        var taken = current.Take(new(page.Items.Count, next, total, hasMore, digest, page.Keys));
        if (taken)
            pages.Add((page.Items, new(current.Pages, current.Items, current.Total)));
        if (current.Successor is not { } successor)
            return true;
        _source = successor;
        return false;
    }

    private long Together(long wanted)
    {
        if (_packs == false || _source.Pages == 0 || _source.Size == 0)
            return 1;
        var method = list.Method;
        _packs ??= method.Api.Envelope == EnvelopeKind.Bitrix24 && !method.NotBatchable && IsCarried(_source.Ask());
        if (_packs == false)
            return 1;
        var needed = Math.Min(_source.Foreseen, ((wanted - 1) / _source.Size) + 1);
        var bearable = _slowest > 0 ? Math.Max(1, (long)(MostSeconds / _slowest)) : long.MaxValue;
        return Math.Min(Math.Min(needed, bearable), method.Api.BatchLimit);
    }

    private static bool IsCarried(JsonObject parameters)
    {
        using var document = JsonDocument.Parse(parameters.ToJsonString());
        return PhpQueryWriter.Carries(document.RootElement, isRead: true);
    }

    // Pages of records without their ids may well be alike.
    private static bool AreDistinct(JsonObject parameters) => parameters
        .FirstOrDefault(static p => p.Key.Equals("select", StringComparison.OrdinalIgnoreCase)).Value is not JsonArray { Count: > 0 } fields
        || fields.Any(static f => f is JsonValue value && value.TryGetValue<string>(out var text) && (text == "*" || text.Equals("id", StringComparison.OrdinalIgnoreCase)));
}
