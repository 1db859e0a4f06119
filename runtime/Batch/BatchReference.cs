using System.Text.Json.Nodes;

namespace Bitrix24;

/// <summary>What a reference takes from a call's answer.</summary>
internal enum BatchReferenceKind
{
    /// <summary>The value at a path.</summary>
    Value,

    /// <summary>The values of a field of all records; REST 3.0 only.</summary>
    Values,

    /// <summary>The offset of the next page; the older version only.</summary>
    Next,

    /// <summary>How many records there are in all; the older version only.</summary>
    Total,
}

/// <summary>Stands for a value that an earlier call of the same batch answers.</summary>
public sealed class BatchReference
{
    private readonly string _path;

    internal BatchReference(BatchItem item, BatchReferenceKind kind, string path)
    {
        (Item, Kind) = (item, kind);
        _path = string.Join('.', new[] { item.Request.ResultPath, path }.Where(static p => !string.IsNullOrEmpty(p)));
    }

    internal BatchItem Item { get; }

    internal BatchReferenceKind Kind { get; }

    /// <summary>The names and indexes that lead to the value from <c>result</c>.</summary>
    internal string[] Steps => _path.Length == 0 ? [] : _path.Split('.');

    /// <summary>The reference as the older version reads it.</summary>
    internal string Text => Kind switch
    {
        BatchReferenceKind.Next => $"$next[{Item.Key}]",
        BatchReferenceKind.Total => $"$total[{Item.Key}]",
        _ => $"$result[{Item.Key}]{string.Concat(Steps.Select(static s => $"[{s}]"))}",
    };

    /// <summary>The reference as REST 3.0 reads it.</summary>
    internal JsonObject Marker => new() { [Kind == BatchReferenceKind.Values ? V3BatchRequest.RefArray : V3BatchRequest.Ref] = $"{Item.Key}.{_path}" };

    /// <summary>The reference as the server reads it.</summary>
    public override string ToString() => Item.Batch is V3Batch ? Marker.ToJsonString() : Text;

    /// <summary>Why the batch's version does not know such a reference; null: it does.</summary>
    internal string? Refusal()
    {
        if (Item.Batch is not V3Batch)
            return Kind == BatchReferenceKind.Values ? "Only REST 3.0 collects a field of all records; refer to one record by its index, such as '0.id'." : null;
        if (Kind is BatchReferenceKind.Next or BatchReferenceKind.Total)
            return "REST 3.0 answers neither the next page nor how many records there are.";
        // What other members an answer has does not go into what later calls may refer to.
        return Steps is ["item" or "items", _, ..]
            ? null
            : $"REST 3.0 refers to fields of an answer's 'item' or 'items'; '{_path}' of {Item.Request.Method.Name} is neither.";
    }
}

/// <summary>Takes parameters of a call from the answers of earlier calls.</summary>
public sealed class BatchBindings
{
    private readonly BatchItem _item;

    internal BatchBindings(BatchItem item) => _item = item;

    /// <summary>Takes a parameter from an earlier call.</summary>
    /// <param name="parameter">
    /// Dotted path of the parameter, such as <c>fields.sourceId</c> or, of the first condition of a REST 3.0 filter,
    /// <c>filter.0.2</c>; what the request says there does not count.
    /// </param>
    /// <param name="reference">The value.</param>
    /// <exception cref="ArgumentException">The reference is not to an earlier call of the batch, or of a kind that its version does not know.</exception>
    public BatchBindings Set(string parameter, BatchReference reference)
    {
        ArgumentException.ThrowIfNullOrEmpty(parameter);
        ArgumentNullException.ThrowIfNull(reference);
        if (!ReferenceEquals(reference.Item.Batch, _item.Batch) || reference.Item.Index >= _item.Index)
            throw new ArgumentException("The reference is not to an earlier call of the same batch.", nameof(reference));
        if (reference.Item.Outcome != BatchOutcome.Pending)
            throw new ArgumentException("The reference is to a call that was sent before; take its value from the item's Result.", nameof(reference));
        if (reference.Refusal() is { } refusal)
            throw new ArgumentException(refusal, nameof(reference));
        _item.Bindings.Add((parameter, reference));
        return this;
    }
}
