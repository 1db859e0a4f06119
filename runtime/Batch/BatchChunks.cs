namespace Bitrix24;

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
