using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Exchanges;

/// <summary>Passes calls that only read on to a real portal and keeps what was said, without secrets.</summary>
internal sealed class ExchangeRecorder : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout };
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Uri _webhook;
    private readonly string _file;
    private readonly Redaction _redaction;

    public ExchangeRecorder(Uri webhook, string file)
    {
        if (webhook.Scheme != Uri.UriSchemeHttps && !webhook.IsLoopback)
            throw new InvalidDataException("A portal is recorded over https.");
        if (webhook.Segments is not ["/", "rest/", _, var secret] || !secret.EndsWith('/'))
            throw new InvalidDataException("A portal is recorded by the address of a webhook: https://example.bitrix24.com/rest/1/secret/.");
        (_webhook, _file, _redaction) = (webhook, file, new Redaction(webhook));
    }

    /// <summary>The portal's answer to a call; of a call that does more than read, a refusal.</summary>
    public async Task<HttpAnswer> RunAsync(RestRequest request, MethodSpec? method, CancellationToken cancellationToken)
    {
        if (method is not { Idempotency: Idempotency.Read })
            return HttpAnswer.Of(403, new Failure("NOT_RECORDED", $"While a portal is recorded, only methods that read are passed on: {request.Method} is not one.", 403).ToJson());
        var parameters = request.Parameters.ToJsonString();
        using var content = new StringContent(parameters, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using var answer = await _http.PostAsync(new Uri(_webhook, method.Name), content, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            await KeepAsync(method.Name, request.Parameters, answer.StatusCode, text, cancellationToken);
            return new HttpAnswer((int)answer.StatusCode, text, answer.Content.Headers.ContentType?.ToString() ?? HttpAnswer.Json);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HttpAnswer.Of(504, new Failure("PORTAL_UNREACHABLE", $"The portal at {_webhook.Authority} did not answer within {Timeout.TotalSeconds:0} s.", 504).ToJson());
        }
        catch (HttpRequestException e)
        {
            // The message of the inner exception may have the address, and with it the secret.
            return HttpAnswer.Of(502, new Failure("PORTAL_UNREACHABLE", $"The portal at {_webhook.Authority} does not answer: {e.HttpRequestError}.", 502).ToJson());
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _writing.Dispose();
    }

    private async Task KeepAsync(string method, JsonObject parameters, HttpStatusCode status, string answer, CancellationToken cancellationToken)
    {
        var exchange = new JsonObject
        {
            ["method"] = method,
            ["params"] = _redaction.Of(parameters),
            ["status"] = (int)status,
            ["answer"] = _redaction.Of(JsonBodyReader.Read(Encoding.UTF8.GetBytes(answer))),
        };
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // Records of a real portal are nobody else's business.
            await using var kept = new FileStream(_file, PrivateFiles.Options(FileMode.Append, FileAccess.Write, FileShare.Read));
            await kept.WriteAsync(Encoding.UTF8.GetBytes(exchange.ToJsonString() + "\n"), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }
}
