using System.Net;
using System.Text;
using Bitrix24;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Generated.Tests;

/// <summary>Answers every request with the same body, and keeps the last request.</summary>
internal sealed class CannedServer(string body = """{"result":true}""", int status = 200) : HttpMessageHandler
{
    public string? Sent { get; private set; }

    public string? Path { get; private set; }

    /// <summary>A client that calls this server as an application.</summary>
    public Portal Connect(bool strict = false, ILogger? logger = null) => new(
        Bitrix24Credentials.AccessToken("https://example.bitrix24.com", "not-a-secret"),
        new() { HttpClient = new HttpClient(this), RateLimit = Bitrix24RateLimit.None, StrictReading = strict, Logger = logger });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Path = request.RequestUri!.AbsolutePath;
        Sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        return new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
