using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Bitrix24.Gen.Benchmarks.Runtime;

/// <summary>Fetches and reads a list of 20 full pages; answers come from memory. The others send and read, and check nothing.</summary>
public class PageThroughList
{
    private static readonly JsonSerializerSettings NewtonsoftSettings = new() { ContractResolver = new CamelCasePropertyNamesContractResolver() };

    private readonly HttpClient _http = new(new Pages(20));
    private readonly Portal _portal;

    public PageThroughList() => _portal = new(
        Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"), new() { HttpClient = _http, RateLimit = new(int.MaxValue, 1e9) });

    [Benchmark(Baseline = true)]
    public Task<int> SystemTextJsonSourceGenerated() =>
        PageThroughAsync(static body => JsonSerializer.Deserialize(body, RowContext.Default.DatasetAnswer)!.Result.Count);

    [Benchmark]
    public Task<int> SystemTextJsonReflection() =>
        PageThroughAsync(static body => JsonSerializer.Deserialize<DatasetAnswer>(body, Payload.Reflection)!.Result.Count);

    [Benchmark]
    public Task<int> NewtonsoftJson() =>
        PageThroughAsync(static body => JsonConvert.DeserializeObject<DatasetAnswer>(Encoding.UTF8.GetString(body), NewtonsoftSettings)!.Result.Count);

    /// <summary>With validation before sending, limiter, retries and telemetry.</summary>
    [Benchmark]
    public async Task<int> Generated()
    {
        var count = 0;
        await foreach (var _ in _portal.BiConnector.Dataset.ListAsync())
            count++;
        return count;
    }

    private async Task<int> PageThroughAsync(Func<byte[], int> read)
    {
        var count = 0;
        for (var page = 1; ; page++)
        {
            using var content = new StringContent($$"""{"page":{{page}}}""", Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync("https://x.bitrix24.com/rest/biconnector.dataset.list", content);
            var rows = read(await answer.Content.ReadAsByteArrayAsync());
            count += rows;
            if (rows < 50)
                return count;
        }
    }

    private sealed class Pages : HttpMessageHandler
    {
        private readonly byte[][] _bodies;

        public Pages(int count)
        {
            var page = Encoding.UTF8.GetString(Payload.List());
            _bodies = [.. Enumerable.Range(1, count).Select(i => Encoding.UTF8.GetBytes(page.Replace("sales_0", $"page_{i}", StringComparison.Ordinal)))];
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var asked = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            var page = asked.RootElement.GetProperty("page").GetInt32();
            var content = new ByteArrayContent(page <= _bodies.Length ? _bodies[page - 1] : "{\"result\":[]}"u8.ToArray());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return new() { Content = content };
        }
    }
}
