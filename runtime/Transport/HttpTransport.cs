using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Bitrix24;

/// <summary>An answer as it came.</summary>
internal sealed record RawAnswer(HttpStatusCode Status, string? ContentType, string? RequestId, PooledBuffer Body) : IDisposable
{
    /// <summary>How long the server asks to wait before the next request.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public void Dispose() => Body.Dispose();
}

/// <summary>Sends one request over HTTP and reads its whole answer.</summary>
internal sealed class HttpTransport(Bitrix24ClientOptions options)
{
    private static readonly Lazy<HttpClient> s_shared = new(static () => new HttpClient(NewHandler())
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    public HttpClient Client { get; } = ClientOf(options);

    public static HttpClient ClientOf(Bitrix24ClientOptions options) => options.HttpClient ?? s_shared.Value;

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
        using var timeout = new CancellationTokenSource(options.RequestTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = method.Verb is null
            ? Message(HttpMethod.Post, credentials.AddressOf(method), body)
            : Message(HttpCall.Create(method, body), credentials);
        if (call.IdempotencyKey is { } key)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        call.Token = await credentials.AuthorizeAsync(request, Client, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        var buffer = new PooledBuffer();
        try
        {
            using var response = await Client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            using var stream = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            await buffer.FillAsync(stream, options.MaxResponseSize, either.Token).ConfigureAwait(false);
            var answer = new RawAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, RequestIdOf(response), buffer)
            {
                RetryAfter = RetryAfterOf(response),
            };
            var moved = mayMove && (int)response.StatusCode is >= 301 and < 400 && credentials.TryMove(request.RequestUri!, response.Headers.Location);
            return (answer, moved);
        }
        catch (Exception e)
        {
            buffer.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (Translate(e, method.Name) is { } translated)
                throw translated;
            throw;
        }
    }

    /// <summary>Asks for an address without credentials; answers when the headers are there.</summary>
    public async Task<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Translate(e, "download") is { } translated)
                throw translated;
            throw;
        }
    }

    private static HttpRequestMessage Message(HttpCall call, Bitrix24Credentials credentials)
    {
        var message = Message(call.Verb, credentials.AddressOf(call), call.Body);
        foreach (var (name, value) in call.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    private static HttpRequestMessage Message(HttpMethod verb, Uri address, ReadOnlyMemory<byte>? body)
    {
        var message = new HttpRequestMessage(verb, address);
        if (body is { } bytes)
            message.Content = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = s_json } };
        return message;
    }

    private Bitrix24ConnectionException? Translate(Exception e, string method) => e switch
    {
        OperationCanceledException => new(method, string.Create(CultureInfo.InvariantCulture, $"no answer within {options.RequestTimeout.TotalSeconds:0.#} s"), true, e),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            new(method, "the portal's name could not be resolved", false, e),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            new(method, "no secure connection could be made to the portal", false, e),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            new(method, "no connection could be made to the portal", false, e),
        HttpRequestException or IOException or InvalidDataException => new(method, "the connection broke off before the whole answer came", true, e),
        _ => null,
    };

    /// <summary>The wait that the server asks for: in seconds, or until a time.</summary>
    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } until } => until > options.TimeProvider.GetUtcNow() ? until - options.TimeProvider.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private static string? RequestIdOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Request-Id", out var values)
        || response.Headers.TryGetValues("X-Bitrix-Request-Id", out values)
            ? values.FirstOrDefault()
            : null;
}
