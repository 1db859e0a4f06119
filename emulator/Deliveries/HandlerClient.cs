using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>The answer of a handler.</summary>
internal sealed record HandlerAnswer(int? Status, string Body, string? ContentType);

/// <summary>Posts forms to handlers and keeps what was sent.</summary>
internal sealed class HandlerClient(DeliveryOptions options) : IDisposable
{
    private const int Kept = 10_000;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = options.Timeout };
    private readonly ConcurrentQueue<SentDelivery> _sent = new();

    public IReadOnlyList<SentDelivery> Sent => [.. _sent];

    /// <summary>Something was sent, and answered or not.</summary>
    public event Action<SentDelivery>? Added;

    /// <summary>Posts the request of a callback as its spec says, and has the answer checked before it is logged.</summary>
    public async Task<HandlerAnswer> PostAsync(
        CallbackSpec spec, string url, JsonObject request, Func<HandlerAnswer, IReadOnlyList<CallFinding>> check, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (spec.Timeout is { } seconds)
            timeout.CancelAfter(TimeSpan.FromSeconds(seconds));
        var content = spec.Body == CallbackBody.Json
            ? Content(Encoding.UTF8.GetBytes(request.ToJsonString()), "application/json")
            : Form(request);
        try
        {
            return await PostAsync(spec.Name, url, content, 1, check, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Keep(spec.Name, url, new(null, $"The handler did not answer within {spec.Timeout} s.", null), 1, []);
        }
    }

    public Task<HandlerAnswer> PostAsync(string code, string url, JsonObject form, int attempt, CancellationToken cancellationToken) =>
        PostAsync(code, url, Form(form), attempt, null, cancellationToken);

    private async Task<HandlerAnswer> PostAsync(
        string code, string url, HttpContent content, int attempt, Func<HandlerAnswer, IReadOnlyList<CallFinding>>? check, CancellationToken cancellationToken)
    {
        using var sent = content;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            return Keep(code, url, new(null, "The handler's address is no http address.", null), attempt, []);
        if (!options.CallRemoteHandlers && !uri.IsLoopback)
            return Keep(code, url, new(null, "The handler is not on loopback; DeliveryOptions.CallRemoteHandlers allows it.", null), attempt, []);
        try
        {
            using var answer = await _http.PostAsync(uri, content, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            var taken = new HandlerAnswer((int)answer.StatusCode, body, answer.Content.Headers.ContentType?.ToString());
            return Keep(code, url, taken, attempt, check?.Invoke(taken) ?? []);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Keep(code, url, new(null, "The handler did not answer.", null), attempt, []);
        }
    }

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Form(JsonObject form) => Content(Encoding.ASCII.GetBytes(PhpFormText.Write(form)), "application/x-www-form-urlencoded");

    private static ByteArrayContent Content(byte[] body, string type) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private HandlerAnswer Keep(string code, string url, HandlerAnswer answer, int attempt, IReadOnlyList<CallFinding> findings)
    {
        var delivery = new SentDelivery(code, url.Split('?')[0], answer.Status, attempt) { Findings = findings };
        _sent.Enqueue(delivery);
        while (_sent.Count > Kept)
            _sent.TryDequeue(out _);
        Added?.Invoke(delivery);
        return answer;
    }

    /// <summary>The body of an answer of status 200.</summary>
    /// <exception cref="HttpRequestException">It is another, or none came.</exception>
    public static string Expect(HandlerAnswer answer, string url) => answer.Status == (int)HttpStatusCode.OK
        ? answer.Body
        : throw new HttpRequestException($"{url.Split('?')[0]} answered {answer.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"}: {answer.Body}",
            null, (HttpStatusCode?)answer.Status);

    public static bool IsGood(HandlerAnswer answer) => answer.Status is >= (int)HttpStatusCode.OK and < 300;
}
