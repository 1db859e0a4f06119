using System.Net;

namespace Bitrix24;

/// <summary>
/// The body of a call, which goes to a server once, whatever <see cref="HttpClient"/> sends it: a handler that retries, or a
/// redirect that keeps the body, finds nothing to send. Copies in memory, as those of handlers that log, are not counted.
/// </summary>
internal sealed class SingleSendContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly string _method;
    private volatile bool _isSent;

    public SingleSendContent(ReadOnlyMemory<byte> body, string method, string type = "application/json")
    {
        (_body, _method) = (body, method);
        Headers.ContentType = new(type);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_isSent)
            throw SingleSendHandler.Refusal(_method);
        await stream.WriteAsync(_body, cancellationToken).ConfigureAwait(false);
        // One that was cut short is no call that a server could execute.
        _isSent = !stream.CanSeek;
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_isSent)
            throw SingleSendHandler.Refusal(_method);
        stream.Write(_body.Span);
        _isSent = !stream.CanSeek;
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new MemoryStream(_body.ToArray(), writable: false));
}
