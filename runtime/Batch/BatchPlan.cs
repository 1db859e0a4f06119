namespace Bitrix24;

/// <summary>A part of a batch that is sent at once: a request with commands, or a call that no batch can carry.</summary>
/// <param name="Items">Its calls, in their order.</param>
/// <param name="IsAlone">The one call travels by itself.</param>
internal sealed record BatchPart(List<BatchItem> Items, bool IsAlone = false);

/// <summary>Cuts a batch into requests.</summary>
internal static class BatchPlan
{
    /// <summary>
    /// Requests of at most a size, in the order of the calls. Calls that refer to each other stay together, unless one of
    /// them cannot travel in a batch: it and those that refer to it or beyond it travel alone, with values that the client
    /// takes from the earlier answers.
    /// </summary>
    /// <exception cref="InvalidOperationException">More calls refer to each other than the server takes in one request.</exception>
    public static List<BatchPart> Of(IReadOnlyList<BatchItem> items, int size)
    {
        var parts = new List<BatchPart>();
        foreach (var group in Groups(items))
        {
            if (!group.Exists(static i => i.Command is null))
                AddWhole(parts, group, size);
            else
                AddSplit(parts, group, size);
        }

        foreach (var part in parts)
            part.Items.Sort(static (a, b) => a.Index.CompareTo(b.Index));
        return parts;
    }

    private static void AddWhole(List<BatchPart> parts, List<BatchItem> group, int size)
    {
        if (group.Count > size)
            throw new InvalidOperationException($"{group.Count} calls of the batch refer to each other; the server takes {size} in one request.");
        if (parts.Count == 0 || parts[^1].IsAlone || parts[^1].Items.Count + group.Count > size)
            parts.Add(new([]));
        parts[^1].Items.AddRange(group);
    }

    private static void AddSplit(List<BatchPart> parts, List<BatchItem> group, int size)
    {
        group.Sort(static (a, b) => a.Index.CompareTo(b.Index));
        foreach (var item in group)
        {
            var isFull = parts.Count == 0 || parts[^1].IsAlone || parts[^1].Items.Count == size;
            if (item.Command is null || !item.Bindings.TrueForAll(b => !isFull && parts[^1].Items.Contains(b.Reference.Item)))
            {
                parts.Add(new([item], IsAlone: true));
                continue;
            }

            if (isFull)
                parts.Add(new([]));
            parts[^1].Items.Add(item);
        }
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
