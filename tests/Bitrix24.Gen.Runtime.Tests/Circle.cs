namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Two hosts that redirect to each other.</summary>
internal sealed class Circle(List<string> hosts) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        hosts.Add(request.RequestUri!.Host);
        var other = request.RequestUri.Host.StartsWith("one", StringComparison.Ordinal) ? "two" : "one";
        return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Found)
        {
            Headers = { Location = new($"https://{other}.bitrix24.test{request.RequestUri.AbsolutePath}") },
        });
    }
}
