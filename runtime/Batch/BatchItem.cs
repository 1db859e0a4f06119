using System.Text.Json;

namespace Bitrix24;

/// <summary>What became of a call in a batch.</summary>
public enum BatchOutcome
{
    /// <summary>The batch has not been sent yet.</summary>
    Pending,

    /// <summary>The server did it.</summary>
    Succeeded,

    /// <summary>The server refused it, or its answer could not be understood.</summary>
    Failed,

    /// <summary>The server was not asked, because the batch halted at an error before it.</summary>
    Skipped,
}

/// <summary>A call in a batch.</summary>
public abstract class BatchItem
{
    private protected BatchItem(Bitrix24Batch batch, int index, IBitrix24Request request) =>
        (Batch, Index, Request) = (batch, index, request);

    /// <summary>Its place in the batch.</summary>
    public int Index { get; }

    /// <summary>The call.</summary>
    public IBitrix24Request Request { get; }

    /// <summary>What became of it.</summary>
    public BatchOutcome Outcome { get; private protected set; }

    /// <summary>Why it failed; null where it did not.</summary>
    public Bitrix24Exception? Error { get; private protected set; }

    /// <summary>What the server says about its time.</summary>
    public Bitrix24Time? Time { get; internal set; }

    /// <summary>The offset of the next page, of a list.</summary>
    public long? Next { get; internal set; }

    /// <summary>Records in all, of a list.</summary>
    public long? Total { get; internal set; }

    // Names, not numbers: PHP would answer a map of numbers as a list.
    internal string Key => "c" + Place.Invariant(Index);

    internal Bitrix24Batch Batch { get; }

    /// <summary>The portal refused the call for its limits; nothing was executed.</summary>
    internal bool IsRefused => Faults.Of(Error) is Fault.RateLimit or Fault.OperatingLimit;

    internal List<(string Path, BatchReference Reference)> Bindings { get; } = [];

    /// <summary>A value of this call's answer, for a later call of the batch.</summary>
    /// <param name="path">Dotted path inside the answer, such as <c>id</c>; empty: the answer itself.</param>
    public BatchReference Reference(string path = "") => new(this, path);

    internal void Fail(Bitrix24Exception error) => (Outcome, Error) = (BatchOutcome.Failed, error);

    internal void Skip() => Outcome = BatchOutcome.Skipped;

    internal abstract void Read(JsonElement value, RawAnswer answer);
}

/// <summary>A call in a batch and its answer.</summary>
/// <typeparam name="T">What the method answers.</typeparam>
public sealed class BatchItem<T> : BatchItem
{
    private readonly IBitrix24Request<T> _request;
    private T? _result;

    internal BatchItem(Bitrix24Batch batch, int index, IBitrix24Request<T> request)
        : base(batch, index, request) => _request = request;

    /// <summary>The answer; throws <see cref="BatchItem.Error"/> where the call failed.</summary>
    /// <exception cref="InvalidOperationException">The batch has not been sent, or halted before this call.</exception>
    public T Result => Outcome switch
    {
        BatchOutcome.Succeeded => _result!,
        BatchOutcome.Failed => throw Error!,
        BatchOutcome.Skipped => throw new InvalidOperationException($"{_request.Method.Name} was not called: the batch halted before it."),
        _ => throw new InvalidOperationException("The batch has not been sent."),
    };

    internal override void Read(JsonElement value, RawAnswer answer)
    {
        try
        {
            var response = EnvelopeReader.ReadItem(_request, value, answer);
            (_result, Outcome, Error) = (response, BatchOutcome.Succeeded, null);
        }
        catch (Bitrix24Exception e)
        {
            Fail(e);
        }
    }
}

/// <summary>Stands for a value that an earlier call of the same batch answers.</summary>
public sealed class BatchReference
{
    internal BatchReference(BatchItem item, string path) => (Item, Path) = (item, path);

    internal BatchItem Item { get; }

    internal string Path { get; }

    /// <summary>The reference as the server reads it.</summary>
    public override string ToString()
    {
        var steps = new[] { Item.Request.ResultPath, Path }
            .Where(static p => !string.IsNullOrEmpty(p))
            .SelectMany(static p => p!.Split('.'));
        return $"$result[{Item.Key}]{string.Concat(steps.Select(static s => $"[{s}]"))}";
    }
}

/// <summary>Takes parameters of a call from the answers of earlier calls.</summary>
public sealed class BatchBindings
{
    private readonly BatchItem _item;

    internal BatchBindings(BatchItem item) => _item = item;

    /// <summary>Takes a parameter from an earlier call.</summary>
    /// <param name="parameter">Dotted path of the parameter, such as <c>fields.sourceId</c>; what the request says there does not count.</param>
    /// <param name="reference">The value.</param>
    public BatchBindings Set(string parameter, BatchReference reference)
    {
        ArgumentException.ThrowIfNullOrEmpty(parameter);
        ArgumentNullException.ThrowIfNull(reference);
        if (!ReferenceEquals(reference.Item.Batch, _item.Batch) || reference.Item.Index >= _item.Index)
            throw new ArgumentException("The reference is not to an earlier call of the same batch.", nameof(reference));
        _item.Bindings.Add((parameter, reference));
        return this;
    }
}
