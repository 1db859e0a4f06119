using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Polly;

namespace Bitrix24;

/// <summary>An answer as it came.</summary>
internal sealed record RawAnswer(HttpStatusCode Status, PooledBuffer Body, Secrets Secrets) : IDisposable
{
    public string? ContentType
    {
        get => Redact(field);
        init;
    }

    public string? RequestId
    {
        get => Redact(field);
        init;
    }

    /// <summary>How long the server asks to wait before the next request.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How its values are read.</summary>
    public AnswerReading Reading { get; init; } = AnswerReading.Default;

    /// <summary>Where the server sends the client.</summary>
    public Uri? Location { get; init; }

    /// <summary>A text of the answer without the secrets that went out with the request.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Redact(string? text) => Secrets.Redact(text);

    /// <summary>Memory that what is read of the answer may take; 0: any.</summary>
    public long Budget { get; init; }

    /// <summary>Memory that parts of the answer took already.</summary>
    public long Spent { get; set; }

    /// <summary>A reader of the answer, or of a part of it.</summary>
    public FieldReader Reader(ReadOnlySpan<byte> json) => new(json, Budget == 0 ? 0 : Math.Max(1, Budget - Spent), Reading.IsStrict);

    public void Dispose() => Body.Dispose();
}

/// <summary>Sends one request over HTTP and reads its whole answer.</summary>
internal sealed class HttpTransport(Bitrix24ClientOptions options)
{
    /// <summary>The HTTP client was disposed and refused the request.</summary>
    public static bool IsClientDisposed(Exception e) => e is ObjectDisposedException { ObjectName: "System.Net.Http.HttpClient" };

    private static readonly Lazy<HttpClient> Shared = new(static () => new HttpClient(NewHandler())
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    private static readonly Lazy<HttpClient> Downloads = new(static () => new HttpClient(NewDownloadHandler())
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    /// <summary>Its name in errors.</summary>
    public const string Download = "download";

    private readonly HttpClient _client = options.HttpClient ?? Shared.Value;

    // Those that are made here do not.
    private readonly bool _mayRedirect = options is { HttpClient: not null, DownloadClient: null };

    // Of its own, so that no connection is shared that was made without looking where it goes.
    private readonly HttpClient _downloads = options.DownloadClient ?? options.HttpClient ?? Downloads.Value;

    public TimeProvider Time => options.TimeProvider;

    public ILogger? Logger => options.Logger;

    public static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // Its activities are tagged with the address, and a webhook's address is its secret.
        ActivityHeadersPropagator = null,
    };

    /// <summary>A handler that reaches public addresses only.</summary>
    public static SocketsHttpHandler NewDownloadHandler()
    {
        var handler = NewHandler();
        handler.ConnectCallback = PrivateNetwork.ConnectAsync;
        return handler;
    }

    /// <summary>Sends a call once; follows the portal where it was renamed, which executes nothing.</summary>
    public async Task<RawAnswer> SendAsync(
        Call call,
        Bitrix24Credentials credentials,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        var (answer, moved) = await SendOnceAsync(call, credentials, body, mayMove: true, cancellationToken).ConfigureAwait(false);
        if (!moved)
            return answer;
        answer.Dispose();
        return (await SendOnceAsync(call, credentials, body, mayMove: false, cancellationToken).ConfigureAwait(false)).Answer;
    }

    private async Task<(RawAnswer Answer, bool Moved)> SendOnceAsync(
        Call call,
        Bitrix24Credentials credentials,
        ReadOnlyMemory<byte> body,
        bool mayMove,
        CancellationToken cancellationToken)
    {
        var method = call.Method;
        var portal = credentials.Portal;
        using var request = method.Verb is null
            ? Message(HttpMethod.Post, method.Name, credentials.AddressOf(method), body)
            : Message(HttpCall.Create(method, body), method.Name, credentials);
        if (call.IdempotencyKey is { } key)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        call.SentAt = null;
        call.Token = await credentials.AuthorizeAsync(request, this, cancellationToken).ConfigureAwait(false);
        // Tokens may tell that the portal has moved, and belong to where it is now.
        if (credentials.Portal != portal)
            request.RequestUri = new(credentials.Portal, request.RequestUri!.PathAndQuery);
        call.SentAt = Time.GetTimestamp();
        var answer = await ExchangeAsync(request, method.Name, credentials.Secrets, cancellationToken).ConfigureAwait(false);
        answer = answer with { Reading = new(options.StrictReading, credentials.Portal.Authority, options.Logger) };
        return (answer, mayMove && (int)answer.Status is >= 301 and < 400 && credentials.TryMove(request.RequestUri!, answer.Location));
    }

    /// <summary>Sends a request and reads its whole answer, which must come in time.</summary>
    public async Task<RawAnswer> ExchangeAsync(HttpRequestMessage request, string method, Secrets secrets, CancellationToken cancellationToken, long? limit = null)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var buffer = new PooledBuffer();
        try
        {
            SingleSendHandler.Mark(request, method);
            if (_mayRedirect)
                SingleSendContent.Guard(request, method);
            var (verb, isAuthorized) = (request.Method, request.Headers.Authorization is not null);
            using var response = await _client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            // One that an HttpClient follows by itself turns POST into GET, without the body, and drops the Authorization header.
            if (response.RequestMessage is { } last && (last.Method != verb || (isAuthorized && last.Headers.Authorization is null)))
                throw SingleSendContent.Redirected(method);

            using var stream = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            await buffer.FillAsync(stream, limit ?? options.MaxResponseSize, either.Token).ConfigureAwait(false);
            return new(response.StatusCode, buffer, secrets)
            {
                ContentType = response.Content.Headers.ContentType?.MediaType,
                RequestId = RequestIdOf(response),
                RetryAfter = RetryAfterOf(response),
                Location = response.Headers.Location,
                Budget = options.MaxResponseMemory,
            };
        }
        catch (Exception e)
        {
            buffer.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (e is Bitrix24Exception || IsClientDisposed(e))
                throw;
            if (Translate(Safe(e, secrets), method, timeout.IsCancellationRequested) is { } translated)
                throw translated;
            throw;
        }
    }

    /// <summary>Asks for an address without credentials; answers when the headers are there.</summary>
    /// <param name="address">The address.</param>
    /// <param name="mayBePrivate">It may be one of a private network.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<HttpResponseMessage> GetAsync(Uri address, bool mayBePrivate, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await (mayBePrivate ? _client : _downloads)
                .GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (e is HttpRequestException { InnerException: PrivateAddressException })
                throw new Bitrix24ProtocolException("download: the file's address leads into a private network");
            if (Translate(Safe(e, new([address.PathAndQuery, address.Query])), Download, timeout.IsCancellationRequested) is { } translated)
                throw translated;
            throw;
        }
    }

    private static HttpRequestMessage Message(HttpCall call, string method, Bitrix24Credentials credentials)
    {
        var message = Message(call.Verb, method, credentials.AddressOf(call), call.Body);
        foreach (var (name, value) in call.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    // The HTTP client itself sends a request again that has no content, when its connection ends without an answer.
    private static HttpRequestMessage Message(HttpMethod verb, string method, Uri address, ReadOnlyMemory<byte>? body) =>
        new(verb, address) { Content = body is null && (verb == HttpMethod.Get || verb == HttpMethod.Head) ? null : new SingleSendContent(body ?? default, method) };

    /// <summary>
    /// The exception, unless it quotes a secret, as one of an answer that is no HTTP may, or the password of a proxy: then one
    /// of the same kind that does not.
    /// </summary>
    private static Exception Safe(Exception e, Secrets secrets)
    {
        var text = e.ToString();
        if (secrets.Redact(text) == text && LogText.WithoutUserInfo(text) == text && LogText.Line(e.Message, int.MaxValue) == e.Message)
            return e;
        var message = LogText.Line(LogText.WithoutUserInfo(secrets.Redact(e.Message)), 200);
        return e is HttpRequestException http ? new HttpRequestException(http.HttpRequestError, message, null, http.StatusCode) : new IOException(message);
    }

    private Bitrix24ConnectionException? Translate(Exception e, string method, bool late) => e switch
    {
        // Also a limit of the HTTP client's own, such as that of making the connection.
        OperationCanceledException when !late => new(method, "no answer in the time that the HTTP client allows", true, e),
        OperationCanceledException => new(method, string.Create(CultureInfo.InvariantCulture, $"no answer within {options.RequestTimeout.TotalSeconds:0.#} s"), true, e),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            new(method, "the portal's name could not be resolved", false, e),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            new(method, "no secure connection could be made to the portal", false, e),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            new(method, "no connection could be made to the portal", false, e),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } =>
            new(method, "the proxy made no connection to the portal", false, e),
        // .NET lets the bare exception of the socket through where a connection is reset as soon as it is made.
        HttpRequestException or IOException or SocketException => new(method, "the connection broke off before the whole answer came", true, e),
        // A host's time-out or circuit breaker: what it let through before, nobody knows.
        ExecutionRejectedException => new(method, $"a resilience handler of the host ended the call ({e.GetType().Name})", true, e),
        _ => null,
    };

    /// <summary>The wait that the server asks for: in seconds, or until a time by its own clock, which need not be ours.</summary>
    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } until } => (until - (response.Headers.Date ?? Time.GetUtcNow())) is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    private static string? RequestIdOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Request-Id", out var values)
        || response.Headers.TryGetValues("X-Bitrix-Request-Id", out values)
            ? values.FirstOrDefault()
            : null;
}
