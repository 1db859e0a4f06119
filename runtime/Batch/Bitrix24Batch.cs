using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// Calls that travel together, any number of them, 50 a request. Each has an outcome of its own: an error of one is in
/// its item, and the others go on unless <see cref="Halt"/> is set. Those that refer to each other travel in the same
/// request.
/// </summary>
public sealed class Bitrix24Batch : CallBatch
{
    internal Bitrix24Batch(Bitrix24Client client)
        : base(client, EnvelopeKind.Bitrix24)
    {
    }

    /// <summary>The first error ends the batch: calls after it are skipped, those of later requests too.</summary>
    public bool Halt { get; set; }

    private protected override bool IsHalted => Halt && Items.Any(static i => i.Outcome == BatchOutcome.Failed);

    private protected override bool ErrorIsOfRequest => true;

    private protected override void Check(BatchItem item) => BatchRequest.Command(item);

    private protected override Task SendChunkAsync(List<BatchItem> chunk, CancellationToken cancellationToken) =>
        Client.SendBatchAsync(new BatchRequest(chunk, Halt), cancellationToken);
}
