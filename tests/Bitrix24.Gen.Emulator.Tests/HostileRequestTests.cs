using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Requests that no client sends by accident: large, deep, cut, or of a form that nothing expects.</summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private PortalEmulator _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Form_HasAsManyVariablesAsPhpTakes()
    {
        var form = new StringContent(string.Concat(Enumerable.Repeat("a[]=&", 5_800_000)), Encoding.ASCII, "application/x-www-form-urlencoded");
        var before = GC.GetTotalAllocatedBytes();
        using var answer = await Http.PostAsync($"{_portal.WebhookUrl}server.time", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // The body itself is some 29 MB, as bytes and as text; the variables in it would take gigabytes.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 600L * 1024 * 1024);

        using var few = await Http.PostAsync($"{_portal.WebhookUrl}batch", new StringContent(
            string.Concat(Enumerable.Range(0, 9_999).Select(static i => $"x[{i}]=&")) + "cmd[a]=server.time&cmd[b]=server.time", Encoding.ASCII, "application/x-www-form-urlencoded"));
        var result = JsonNode.Parse(await few.Content.ReadAsStringAsync())!["result"]!["result"]!.AsObject();
        Assert.Equal("a", result.Single().Key);
    }

    [Fact]
    public async Task File_Of22Megabytes_IsTakenAsJsonAndAsForm()
    {
        var content = Convert.ToBase64String(new byte[22_000_000]);
        var json = await _portal.CallAsWebhookAsync("disk.folder.uploadfile", $$"""{"id":1,"data":{"NAME":"a.bin"},"fileContent":["a.bin","{{content}}"]}""");
        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, json.Status);
        using var form = new MultipartFormDataContent { { new StringContent(content), "fileContent[1]" }, { new StringContent("a.bin"), "fileContent[0]" } };
        using var answer = await Http.PostAsync($"{_portal.WebhookUrl}server.time", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Json_OfMillionsOfValues_IsNotBuilt()
    {
        var json = new StringBuilder(12_000_010).Append("{\"a\":[[]").Insert(8, ",[]", 3_900_000).Append("]}").ToString();
        var before = GC.GetTotalAllocatedBytes();
        using var answer = await Http.PostAsync($"{_portal.WebhookUrl}server.time", new StringContent(json, Encoding.ASCII, "application/json"));
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 400L * 1024 * 1024);
    }

    [Theory]
    [InlineData("CONNECT /rest/1/x/server.time HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("CONNECT 127.0.0.1:443 HTTP/1.1\r\nHost: 127.0.0.1:443\r\n\r\n")]
    [InlineData("TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("GET /\u00e9 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("POST /rest/server.time HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 67108865\r\n\r\n", "413")]
    [InlineData("POST /v1/deals HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 67108865\r\n\r\n", "413")]
    [InlineData("POST /rest/1/x/server.time HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("POST /rest/1/x/server.time HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task OddRequests_AreAnswered_AndNotWith500(string text, string expected = "[234]")
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(_portal.PortalUrl).Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync(timeout.Token);
        Assert.Matches($"^HTTP/1.1 {expected}", status);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(5000)]
    [InlineData(12000)]
    public async Task Boundary_OfAnyLength_IsAnswered(int length)
    {
        var boundary = new string('b', length);
        using var content = new StringContent($"--{boundary}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--{boundary}--\r\n");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        using var answer = await Http.PostAsync($"{_portal.WebhookUrl}server.time", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://example.com/пусто", "https://example.com/%D0%BF")]
    [InlineData("https://почта.рф/back", "https://xn--80a1acny.xn--p1ai/back")]
    [InlineData("https://example.com/a\r\nSet-Cookie: x=1", "https://example.com/a")]
    public async Task RedirectUri_IsSentInAsciiOnOneLine(string redirect, string start)
    {
        foreach (var page in new[] { "/oauth/authorize/?", "/v1/connect/authorize?response_type=code&" })
        {
            using var answer = await Http.GetAsync($"{_portal.PortalUrl}{page}client_id={_portal.ClientId}&redirect_uri={Uri.EscapeDataString(redirect)}");
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            var location = answer.Headers.NonValidated["Location"].ToString();
            Assert.StartsWith(start, location, StringComparison.Ordinal);
            Assert.True(location.All(char.IsAscii));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }
}
