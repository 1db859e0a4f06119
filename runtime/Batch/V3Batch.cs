using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// Calls of REST 3.0 that travel together. A request succeeds or fails as a whole: its first error is thrown by
/// <see cref="CallBatch.SendAsync"/>, and its calls are <see cref="BatchOutcome.Unknown"/>, because the server says
/// neither at which call it stopped nor the results of the calls before it. Calls beyond the limit of a request, 50 unless the
/// spec says otherwise, go in further requests, each a whole of its own. Those that refer to each other travel in the
/// same request. A call with an object that the server would take for a reference travels in a request of its own.
/// </summary>
public sealed class V3Batch : CallBatch
{
    internal V3Batch(Bitrix24Client client)
        : base(client, EnvelopeKind.Bitrix24V3)
    {
    }

    private V3Batch(IBitrix24Client testDouble)
        : base(testDouble, EnvelopeKind.Bitrix24V3)
    {
    }

    /// <summary>
    /// A batch for a unit test: its calls come to a test double one by one, each by
    /// <see cref="IBitrix24Client.SendAsync{T}(IBitrix24Request{T}, CancellationToken)"/>, without the values that they take from earlier answers.
    /// An exception that the double throws is the outcome that the server's error would have.
    /// </summary>
    /// <param name="testDouble">Answers the calls.</param>
    public static V3Batch Of(IBitrix24Client testDouble) => new(testDouble);

    private protected override bool ErrorIsOfRequest => false;

    private protected override bool ErrorIsOfItem => false;

    private protected override string? Encode(BatchItem item) => V3BatchRequest.Query(item);

    private protected override Task SendCommandsAsync(List<BatchItem> items, CancellationToken cancellationToken) =>
        Client.SendBatchAsync(new V3BatchRequest(items), cancellationToken);
}
