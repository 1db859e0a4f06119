using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>The outcome of a call in a batch.</summary>
public enum BatchOutcome
{
    /// <summary>The call has not been sent yet; the next <see cref="CallBatch.SendAsync"/> sends it.</summary>
    Pending,

    /// <summary>The server did it.</summary>
    Succeeded,

    /// <summary>The server refused it, or its answer could not be understood.</summary>
    Failed,

    /// <summary>The server was not asked, because the batch halted at an error before it.</summary>
    Skipped,

    /// <summary>
    /// The server may have executed the call or not: the batch was cancelled after the call was sent, no whole answer came, the server or a
    /// gateway answered with a fault (status 5xx), or a request of REST 3.0 failed as a whole without saying at which call.
    /// <see cref="BatchItem.Error"/> says which; it is null after a cancellation.
    /// </summary>
    Unknown,
}

/// <summary>A call in a batch.</summary>
public abstract class BatchItem
{
    private protected BatchItem(CallBatch batch, int index, IBitrix24Request request) =>
        (Batch, Index, Request) = (batch, index, request);

    /// <summary>Its index in the batch.</summary>
    public int Index { get; }

    /// <summary>The call.</summary>
    public IBitrix24Request Request { get; }

    /// <summary>Whether it was executed.</summary>
    public BatchOutcome Outcome { get; private protected set; }

    /// <summary>Why the call failed, or why its outcome is unknown; null if it did not fail, or was cancelled.</summary>
    public Bitrix24Exception? Error { get; private protected set; }

    /// <summary>What the server says about its time; null: it says nothing, as REST 3.0.</summary>
    public Bitrix24Time? Time { get; internal set; }

    /// <summary>The offset of the next page, of a list; REST 3.0 does not say.</summary>
    public long? Next { get; internal set; }

    /// <summary>Records in all, of a list; REST 3.0 does not say.</summary>
    public long? Total { get; internal set; }

    // Names, not numbers: PHP would answer a map of numbers as a list.
    internal string Key => "c" + Notation.Invariant(Index);

    internal CallBatch Batch { get; }

    /// <summary>The portal refused the call for its limits; nothing was executed.</summary>
    internal bool IsRefused => Faults.Of(Error) is CallFault.RateLimit or CallFault.OperatingLimit;

    internal List<(string Path, BatchReference Reference)> Bindings { get; } = [];

    /// <summary>The parameters as JSON, as they were when the call was added: later changes of the request do not count.</summary>
    internal ReadOnlyMemory<byte> Parameters { get; private set; }

    /// <summary>The call as its batch writes it; null: no batch can carry it, and it travels alone.</summary>
    internal string? Command { get; set; }

    /// <summary>A later call refers to this one.</summary>
    internal bool IsReferenced { get; set; }

    /// <summary>The whole <c>result</c>, where later calls refer to it.</summary>
    internal JsonElement? Answered { get; private set; }

    /// <summary>A call as it is after a batch in which it succeeded, for a unit test.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="request">The call.</param>
    /// <param name="result">Its answer.</param>
    public static BatchItem<T> Succeeded<T>(IBitrix24Request<T> request, T result) => new(request, result, null);

    /// <summary>A call as it is after a batch in which it failed, for a unit test.</summary>
    /// <typeparam name="T">What it would have answered.</typeparam>
    /// <param name="request">The call.</param>
    /// <param name="error">Why it failed.</param>
    public static BatchItem<T> Failed<T>(IBitrix24Request<T> request, Bitrix24Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(request, default, error);
    }

    /// <summary>A value of this call's answer, for a later call of the batch.</summary>
    /// <param name="path">Dotted path inside the answer, such as <c>id</c>; empty: the answer itself.</param>
    public BatchReference Reference(string path = "") => new(this, BatchReferenceKind.Value, path);

    /// <summary>A field of this call's answer, for a later call of the batch.</summary>
    /// <typeparam name="TFields">The fields that a select of the record may name, such as <c>TaskSelect</c>.</typeparam>
    /// <param name="field">The field.</param>
    public BatchReference Reference<TFields>(Func<TFields, SelectField> field)
        where TFields : struct => Reference(field(default).Name);

    /// <summary>A field of all records that this call answers, as a list, for a later call of the batch; REST 3.0 only.</summary>
    /// <param name="path">Dotted path inside a record, such as <c>id</c>.</param>
    public BatchReference References(string path) => new(this, BatchReferenceKind.Values, path);

    /// <summary>A field of all records that this call answers, as a list, for a later call of the batch; REST 3.0 only.</summary>
    /// <typeparam name="TFields">The fields that a select of the record may name, such as <c>TaskSelect</c>.</typeparam>
    /// <param name="field">The field.</param>
    public BatchReference References<TFields>(Func<TFields, SelectField> field)
        where TFields : struct => References(field(default).Name);

    /// <summary>The offset of the page after this one, for a later call of the batch; not of REST 3.0.</summary>
    public BatchReference NextReference() => new(this, BatchReferenceKind.Next, "");

    /// <summary>How many records there are in all, for a later call of the batch; not of REST 3.0.</summary>
    public BatchReference TotalReference() => new(this, BatchReferenceKind.Total, "");

    /// <summary>Encodes the parameters, once.</summary>
    internal void Freeze()
    {
        using var buffer = new PooledBuffer();
        Holds = CallValidator.WriteAndCheck(Request, buffer) && Bindings.Count == 0;
        Parameters = buffer.Span.ToArray();
    }

    /// <summary>The parameters break no rule; else they may.</summary>
    internal bool Holds { get; private set; }

    /// <summary>The parameters with a reference wherever one is taken from an earlier answer.</summary>
    internal ReadOnlyMemory<byte> WithReferences()
    {
        if (Bindings.Count == 0)
            return Parameters;
        var values = JsonNode.Parse(Parameters.Span) as JsonObject ?? [];
        foreach (var (path, reference) in Bindings)
            BatchValues.Put(values, path, Batch is V3Batch ? reference.Marker : reference.Text);
        var buffer = new ArrayBufferWriter<byte>();
        JsonBodyWriter.Write(buffer, values, static (writer, values) => values.WriteTo(writer));
        return buffer.WrittenMemory;
    }

    /// <summary>Takes the call's <c>result</c>.</summary>
    internal void Take(JsonElement result, RawAnswer answer)
    {
        Read(result, answer);
        if (IsReferenced && Outcome == BatchOutcome.Succeeded)
            Answered = result;
    }

    internal void Fail(Bitrix24Exception error) => (Outcome, Error) = (BatchOutcome.Failed, error);

    internal void Skip() => Outcome = BatchOutcome.Skipped;

    internal void Lose(Bitrix24Exception? error) => (Outcome, Error) = (BatchOutcome.Unknown, error);

    /// <summary>Takes the answer of a test double.</summary>
    internal abstract Task AnswerAsync(IBitrix24Client testDouble, CancellationToken cancellationToken);

    private protected abstract void Read(JsonElement value, RawAnswer answer);
}

/// <summary>A call in a batch and its answer.</summary>
/// <typeparam name="T">What the method answers.</typeparam>
public sealed class BatchItem<T> : BatchItem
{
    private readonly IBitrix24Request<T> _request;
    private T? _result;

    internal BatchItem(CallBatch batch, int index, IBitrix24Request<T> request)
        : base(batch, index, request) => _request = request;

    // Of no batch: others cannot refer to it.
    internal BatchItem(IBitrix24Request<T> request, T? result, Bitrix24Exception? error)
        : base(null!, 0, request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _request = request;
        (_result, Outcome, Error) = (result, error is null ? BatchOutcome.Succeeded : BatchOutcome.Failed, error);
    }

    /// <summary>The answer of a call that succeeded; throws <see cref="BatchItem.Error"/> of one that failed, or that has an unknown outcome.</summary>
    /// <exception cref="Bitrix24Exception"><see cref="BatchItem.Error"/>.</exception>
    /// <exception cref="InvalidOperationException">The call has not been sent, the batch halted before it, or the batch was cancelled after it was sent.</exception>
    public T Result => Outcome switch
    {
        BatchOutcome.Succeeded => _result!,
        BatchOutcome.Failed => throw Error!,
        BatchOutcome.Unknown when Error is { } error => throw error,
        BatchOutcome.Unknown => throw new InvalidOperationException($"The batch was cancelled; {_request.Method.Name} may have been executed."),
        BatchOutcome.Skipped => throw new InvalidOperationException($"{_request.Method.Name} was not called: the batch halted before it."),
        _ => throw new InvalidOperationException($"{_request.Method.Name} has not been sent yet."),
    };

    /// <summary>What came beside the answer that the spec does not know; by its own name, an answer that does not fit its type.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extra { get; private set; } = new Dictionary<string, JsonElement>();

    internal override async Task AnswerAsync(IBitrix24Client testDouble, CancellationToken cancellationToken)
    {
        _result = await testDouble.SendAsync(_request, cancellationToken).ConfigureAwait(false);
        (Outcome, Error) = (BatchOutcome.Succeeded, null);
    }

    private protected override void Read(JsonElement value, RawAnswer answer)
    {
        try
        {
            var response = EnvelopeReader.ReadItem(_request, value, answer, out var extra);
            (_result, Extra, Outcome, Error) = (response, extra, BatchOutcome.Succeeded, null);
        }
        catch (Bitrix24Exception e)
        {
            Fail(e);
        }
    }
}
