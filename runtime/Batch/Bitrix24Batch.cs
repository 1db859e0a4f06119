using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>
/// Calls that travel together, 50 a request. Each has an outcome of its own; calls that refer to each other travel in
/// the same request.
/// </summary>
public sealed class Bitrix24Batch
{
    /// <summary>Calls that the server takes in one request.</summary>
    internal const int MaxCommands = 50;

    private readonly Bitrix24Client _client;
    private readonly List<BatchItem> _items = [];
    private int _sent;

    internal Bitrix24Batch(Bitrix24Client client) => _client = client;

    /// <summary>The first error ends the batch: calls after it are skipped.</summary>
    public bool Halt { get; set; }

    /// <summary>The calls, in the order in which they were added.</summary>
    public IReadOnlyList<BatchItem> Items => _items;

    /// <summary>Adds a call.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="request">The call.</param>
    /// <param name="bind">Takes parameters from the answers of earlier calls.</param>
    /// <exception cref="Bitrix24ValidationException">The call breaks rules of the spec, or may not stand in a batch.</exception>
    public BatchItem<T> Add<T>(IBitrix24Request<T> request, Action<BatchBindings>? bind = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Method.Api.Envelope != EnvelopeKind.Bitrix24)
            throw new ArgumentException($"{request.Method.Name} is of another API than the batch; send it alone.", nameof(request));
        var item = new BatchItem<T>(this, _items.Count, request);
        bind?.Invoke(new(item));
        _client.CheckBatchItem(item);
        _items.Add(item);
        return item;
    }

    /// <summary>
    /// Sends the calls that have not been sent yet. Errors of calls are in their items; an exception means that a whole
    /// request failed, and then the items of earlier requests keep their outcome.
    /// </summary>
    /// <param name="cancellationToken">Gives the batch up.</param>
    public async Task SendAsync(CancellationToken cancellationToken = default)
    {
        var pending = _items.GetRange(_sent, _items.Count - _sent);
        _sent = _items.Count;
        var halted = Halt && _items.Exists(static i => i.Outcome == BatchOutcome.Failed);
        foreach (var chunk in BatchChunks.Of(pending, MaxCommands))
        {
            if (halted)
                chunk.ForEach(static i => i.Skip());
            else
                await SendAsync(chunk, cancellationToken).ConfigureAwait(false);
            halted |= Halt && chunk.Exists(static i => i.Outcome == BatchOutcome.Failed);
        }
    }

    private async Task SendAsync(List<BatchItem> chunk, CancellationToken cancellationToken)
    {
        try
        {
            await _client.SendBatchAsync(new(chunk, Halt), cancellationToken).ConfigureAwait(false);
        }
        catch (Bitrix24Exception e)
        {
            // Calls that were done before others went again stay done.
            foreach (var item in chunk.Where(static i => i.Outcome == BatchOutcome.Pending || i.IsRefused))
                item.Fail(e);
            throw;
        }
    }
}

/// <summary>Cuts a batch into requests.</summary>
internal static class BatchChunks
{
    /// <summary>Chunks of at most a size; calls that refer to each other stay together, in their order.</summary>
    public static List<List<BatchItem>> Of(IReadOnlyList<BatchItem> items, int size)
    {
        var chunks = new List<List<BatchItem>>();
        foreach (var group in Groups(items))
        {
            if (group.Count > size)
                throw new InvalidOperationException($"{group.Count} calls of the batch refer to each other; the server takes {size} in one request.");
            if (chunks.Count == 0 || chunks[^1].Count + group.Count > size)
                chunks.Add([]);
            chunks[^1].AddRange(group);
        }

        foreach (var chunk in chunks)
            chunk.Sort(static (a, b) => a.Index.CompareTo(b.Index));
        return chunks;
    }

    private static IEnumerable<List<BatchItem>> Groups(IReadOnlyList<BatchItem> items)
    {
        var groupOf = new Dictionary<BatchItem, List<BatchItem>>();
        foreach (var item in items)
        {
            var own = new List<BatchItem> { item };
            groupOf[item] = own;
            foreach (var (_, reference) in item.Bindings)
            {
                if (!groupOf.TryGetValue(reference.Item, out var other))
                    throw new InvalidOperationException("A call refers to one that was sent before; take its value from the item's Result.");
                if (ReferenceEquals(other, own))
                    continue;
                other.AddRange(own);
                foreach (var moved in own)
                    groupOf[moved] = other;
                own = other;
            }
        }

        return items.Select(i => groupOf[i]).Distinct();
    }
}
