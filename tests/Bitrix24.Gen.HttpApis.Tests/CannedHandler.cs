using System.Net;
using System.Text;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>Answers requests with what it is given, and remembers them.</summary>
internal sealed class CannedHandler(params (int Status, string? Body)[] answers) : HttpMessageHandler
{
    public List<(string Verb, string Target, string? Body, string Authorization)> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var key = request.Content!.Headers.TryGetValues("X-Api-Key", out var keys) ? string.Join(',', keys) : "";
        // A call has a content, be it empty, which has the key: so no HTTP client sends it again.
        body = body?.Length > 0 ? body : null;
        Requests.Add((request.Method.Method, request.RequestUri!.PathAndQuery, body, $"{key} {request.Headers.Authorization}".Trim()));
        var (status, text) = answers[Math.Min(Requests.Count, answers.Length) - 1];
        var answer = new HttpResponseMessage((HttpStatusCode)status);
        if (status == 429)
            answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(2));
        if (text is not null)
            answer.Content = new StringContent(text, Encoding.UTF8, "application/json");
        return answer;
    }
}
