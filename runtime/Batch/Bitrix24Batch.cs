using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// Calls that travel together, any number of them, 50 a request. Each has an outcome of its own: an error of one is in
/// its item, and the others go on unless <see cref="Halt"/> is set. Those that refer to each other travel in the same
/// request. A call that a batch cannot carry as it is (a text that the server would take for a reference, an empty list,
/// a name with brackets) travels in a request of its own, at its turn.
/// </summary>
public sealed class Bitrix24Batch : CallBatch
{
    internal Bitrix24Batch(Bitrix24Client client)
        : base(client, EnvelopeKind.Bitrix24)
    {
    }

    private Bitrix24Batch(IBitrix24Client testDouble)
        : base(testDouble, EnvelopeKind.Bitrix24)
    {
    }

    /// <summary>
    /// A batch for a unit test: its calls come to a test double one by one, each by
    /// <see cref="IBitrix24Client.SendAsync{T}(IBitrix24Request{T}, CancellationToken)"/>, without the values that they take from earlier answers.
    /// An exception that the double throws is the outcome that the server's error would have.
    /// </summary>
    /// <param name="testDouble">Answers the calls.</param>
    public static Bitrix24Batch Of(IBitrix24Client testDouble) => new(testDouble);

    /// <summary>The first error ends the batch: calls after it are skipped, those of later requests too.</summary>
    public bool Halt { get; set; }

    private protected override bool IsHalted => Halt && Items.Any(static i => i.Outcome == BatchOutcome.Failed);

    private protected override bool ErrorIsOfRequest => true;

    private protected override bool ErrorIsOfItem => true;

    private protected override string? Encode(BatchItem item) => BatchRequest.Command(item);

    private protected override Task SendCommandsAsync(List<BatchItem> items, CancellationToken cancellationToken) =>
        Client.SendBatchAsync(new BatchRequest(items, Halt), cancellationToken);
}
