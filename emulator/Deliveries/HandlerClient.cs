using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

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

    public async Task<HandlerAnswer> PostAsync(string code, string url, JsonObject form, int attempt, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            return Keep(code, url, new(null, "The handler's address is no http address.", null), attempt);
        if (!options.CallRemoteHandlers && !uri.IsLoopback)
            return Keep(code, url, new(null, "The handler is not on loopback; DeliveryOptions.CallRemoteHandlers allows it.", null), attempt);
        try
        {
            using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(PhpFormText.Write(form)));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            using var answer = await _http.PostAsync(uri, content, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            return Keep(code, url, new((int)answer.StatusCode, body, answer.Content.Headers.ContentType?.ToString()), attempt);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Keep(code, url, new(null, "The handler did not answer.", null), attempt);
        }
    }

    public void Dispose() => _http.Dispose();

    private HandlerAnswer Keep(string code, string url, HandlerAnswer answer, int attempt)
    {
        _sent.Enqueue(new(code, url.Split('?')[0], answer.Status, attempt));
        while (_sent.Count > Kept)
            _sent.TryDequeue(out _);
        return answer;
    }

    public static bool IsGood(HandlerAnswer answer) => answer.Status is >= (int)HttpStatusCode.OK and < 300;
}
