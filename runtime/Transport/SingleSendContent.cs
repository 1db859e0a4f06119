using System.Net;

namespace Bitrix24;

/// <summary>
/// The body of a call, which goes to a server once, whatever <see cref="HttpClient"/> sends it: a handler that retries, or a
/// redirect that keeps the body, finds nothing to send. Copies in memory, as those of handlers that log, are not counted; where
/// one is the buffer of .NET, which would be sent any number of times, another content takes its place.
/// </summary>
internal sealed class SingleSendContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly string _method;
    private readonly Fate _fate;
    private (HttpRequestMessage Request, Uri? Address)? _carrier;

    public SingleSendContent(ReadOnlyMemory<byte> body, string method, string? type = "application/json")
    {
        (_body, _method, _fate) = (body, method, new());
        if (type is not null)
            Headers.ContentType = new(type);
    }

    private SingleSendContent(SingleSendContent other)
    {
        (_body, _method, _fate, _carrier) = (other._body, other._method, other._fate, other._carrier);
        foreach (var (name, values) in other.Headers.NonValidated)
            Headers.TryAddWithoutValidation(name, values);
    }

    /// <summary>
    /// Prepares a request for an <see cref="HttpClient"/> that may follow redirects: a key moves to the headers of the content. A
    /// redirect that turns the request into GET drops the content; another one meets its refusal to be sent again, before the headers
    /// have left (HTTP/1.1). A read gets an empty content for that.
    /// </summary>
    public static void Guard(HttpRequestMessage request, string method)
    {
        // Their handlers send no GET that has a content.
        if (request.Content is null && (OperatingSystem.IsBrowser() || OperatingSystem.IsAndroid()))
            return;
        request.Content ??= new SingleSendContent(default, method, null);
        if (request.Content is not SingleSendContent content)
            return;
        content._carrier = (request, request.RequestUri);
        if (request.Headers.TryGetValues(VibeCodeCredentials.KeyHeader, out var keys))
        {
            content.Headers.TryAddWithoutValidation(VibeCodeCredentials.KeyHeader, keys);
            request.Headers.Remove(VibeCodeCredentials.KeyHeader);
        }
    }

    /// <summary>The error of a call that an <see cref="HttpClient"/> sent on to another address.</summary>
    public static Bitrix24ProtocolException Redirected(string method) =>
        new($"{LogText.Name(method)}: the HttpClient followed a redirect, and what a call carries was lost; set AllowAutoRedirect = false.") { Method = method };

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        ThrowIfSent();
        await stream.WriteAsync(_body, cancellationToken).ConfigureAwait(false);
        Sent(stream);
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        ThrowIfSent();
        stream.Write(_body.Span);
        Sent(stream);
    }

    private void ThrowIfSent()
    {
        if (_fate.IsSent)
            throw _carrier is var (request, address) && request.RequestUri != address ? Redirected(_method) : SingleSendHandler.Refusal(_method);
    }

    // One that was cut short is no call that a server could execute.
    private void Sent(Stream stream)
    {
        if (stream.GetType().DeclaringType != typeof(HttpContent))
            _fate.IsSent |= !stream.CanSeek;
        else if (_carrier is var (request, _) && request.Content == this)
            request.Content = new SingleSendContent(this);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new MemoryStream(_body.ToArray(), writable: false));

    /// <summary>What became of a body, whichever content carries it.</summary>
    private sealed class Fate
    {
        private volatile bool _isSent;

        public bool IsSent
        {
            get => _isSent;
            set => _isSent = value;
        }
    }
}
