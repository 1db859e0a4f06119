using System.Text;
using System.Text.Json;
using Bitrix24.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Runtime.Tests;

public class FileTests
{
    [Theory]
    [InlineData(null, """["a.txt","aGk="]""")]
    [InlineData("fileData", """{"fileData":["a.txt","aGk="]}""")]
    [InlineData("base64", "\"aGk=\"")]
    public void File_is_sent_in_the_form_of_its_field(string? format, string expected)
    {
        Assert.Equal(expected, Written(Bitrix24File.FromBytes("a.txt", "hi"u8.ToArray()), format));
        Assert.Equal("7", Written(Bitrix24File.FromId("7"), format));
        Assert.Equal("\"n7\"", Written(Bitrix24File.FromId("n7"), format));
        Assert.Equal("\"https://x/a.png\"", Written(Bitrix24File.FromUrl("https://x/a.png"), format));
    }

    [Fact]
    public void Files_of_a_list_are_sent_each_in_the_form_of_the_field()
    {
        using var buffer = new PooledBuffer();
        var writer = new FieldWriter(buffer, new("f", ValueKind.File) { Format = "fileData" });
        writer.List(
            [Bitrix24File.FromBytes("a.txt", "hi"u8.ToArray()), Bitrix24File.FromId("n7")],
            static (ref FieldWriter w, Bitrix24File file) => w.File(file));
        writer.Flush();

        Assert.Equal("""[{"fileData":["a.txt","aGk="]},"n7"]""", Encoding.UTF8.GetString(buffer.Span));
    }

    [Theory]
    [InlineData("""{"id":5,"showUrl":"/show","downloadUrl":"/load"}""", "/load", "5")]
    [InlineData("""{"ID":"5","NAME":"a","VIEW_URL":"/view","PREVIEW_URL":"/preview"}""", "/view", "5")]
    [InlineData("""{"DOWNLOAD_URL":"/load","url":"/url"}""", "/load", null)]
    [InlineData("\"/upload/a.png\"", "/upload/a.png", null)]
    public void File_is_read_in_every_form(string json, string url, string? id)
    {
        var reader = new FieldReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        var file = JsonRead.File(ref reader);

        Assert.Equal((url, id), (file.Url, file.Id));
    }

    [Fact]
    public async Task Download_is_streamed_follows_redirects_and_carries_no_credentials()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            if (context.Request.Path == "/signed")
                context.Response.Redirect("/content?sign=x");
            return context.Request.Path == "/signed" ? Task.CompletedTask : context.Response.WriteAsync("content");
        });
        using var client = server.Client();

        await using var stream = await client.DownloadAsync(File("/signed"));
        using var reader = new StreamReader(stream);

        Assert.Equal("content", await reader.ReadToEndAsync());
        Assert.All(server.Requests, static r => Assert.Null(r.Authorization));
    }

    [Theory]
    [InlineData("http://example.com/file")]
    [InlineData("file:///etc/passwd")]
    public async Task Download_from_an_unsafe_address_is_refused(string url)
    {
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"));

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.DownloadAsync(File(url)));
    }

    [Fact]
    public async Task Download_that_goes_in_circles_or_is_missing_ends()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            if (context.Request.Path == "/loop")
                context.Response.Redirect("/loop");
            else
                context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        using var client = server.Client();

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.DownloadAsync(File("/loop")));
        Assert.Equal(6, server.Requests.Count);
        var e = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.DownloadAsync(File("/missing")));
        Assert.Equal(404, (int?)e.Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://localhost/x")]
    [InlineData("https://a.localhost/x")]
    [InlineData("https://0.0.0.0/x")]
    [InlineData("https://10.1.2.3/x")]
    [InlineData("https://172.20.0.1/x")]
    [InlineData("https://192.168.1.1/x")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://100.64.0.1/x")]
    [InlineData("https://2130706433/x")]
    [InlineData("https://0x7f.1/x")]
    [InlineData("https://[::1]/x")]
    [InlineData("https://[fe80::1]/x")]
    [InlineData("https://[fd00::1]/x")]
    [InlineData("https://[::ffff:10.0.0.1]/x")]
    [InlineData("https://[64:ff9b::7f00:1]/x")]
    [InlineData("https://[2002:7f00:1::]/x")]
    [InlineData("https://[64:ff9b:1::1]/x")]
    [InlineData("https://[2001:0:4136:e378::]/x")]
    [InlineData("https://[2a00::5efe:10.0.0.1]/x")]
    [InlineData("https://localhost./x")]
    [InlineData("https://127.0.0.1./x")]
    [InlineData("https://127。0。0。1/x")]
    [InlineData("https://10。0。0。1:8443/x")]
    [InlineData("https://0177.0.0.1/x")]
    [InlineData("https://example.com@127.0.0.1/x")]
    [InlineData("https://127.0.0.1#@example.com")]
    [InlineData("https://[::]/x")]
    [InlineData("https://[::127.0.0.1]/x")]
    [InlineData("https://[::ffff:0:127.0.0.1]/x")]
    [InlineData("https://[fe80::1%25eth0]/x")]
    [InlineData("https://[fec0::1]/x")]
    [InlineData("https://[ff02::1]/x")]
    [InlineData("https://[100::1]/x")]
    [InlineData("https://[5f00::1]/x")]
    [InlineData("https://[2001:db8::1]/x")]
    [InlineData("https://[3fff::1]/x")]
    [InlineData("https://[fd00:ec2::254]/x")]
    [InlineData("https://198.51.100.1/x")]
    [InlineData("https://203.0.113.1/x")]
    [InlineData("https://192.88.99.1/x")]
    [InlineData("https://240.0.0.1/x")]
    public async Task Remote_portal_cannot_make_the_client_fetch_from_a_private_network(string address)
    {
        var asked = new List<Uri>();
        using var http = new HttpClient(new Redirector(asked, address));
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"), new() { HttpClient = http });

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.DownloadAsync(File(address)));
        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.DownloadAsync(File("https://cdn.bitrix24.com/signed")));

        Assert.Equal(["cdn.bitrix24.com"], asked.Select(static a => a.Host));
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("198.50.0.1")]
    [InlineData("2a00:1450:4001:80e::200e")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2606:4700::1111")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("::ffff:8.8.8.8")]
    public void Public_address_is_none_of_a_private_network(string address) => Assert.False(PrivateNetwork.Has(System.Net.IPAddress.Parse(address)));

    [Fact]
    public async Task Name_of_a_private_address_is_found_out_when_it_is_resolved()
    {
        await using var server = await LoopbackServer.StartAsync("secret");
        using var http = new HttpClient(HttpTransport.NewDownloadHandler());
        // A name of this machine that is not written as one.
        var name = $"http://{System.Net.Dns.GetHostName()}:{server.Address.Port}/";

        var e = await Record.ExceptionAsync(() => http.GetAsync(new Uri(name)));

        Assert.NotNull(e);
        Assert.Empty(server.Requests);
        e = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(server.Address));
        Assert.IsType<PrivateAddressException>(e.InnerException);
    }

    [Fact]
    public async Task Private_address_is_fetched_from_where_the_user_allows_it()
    {
        var asked = new List<Uri>();
        using var http = new HttpClient(new Redirector(asked, "https://10.0.0.9/x"));
        using var client = new HandWritten.Portal(
            Bitrix24Credentials.AccessToken("https://b24.company.example", "t"), new() { HttpClient = http, AllowPrivateDownloads = true });

        await using var stream = await client.DownloadAsync(File("https://files.company.example/signed"));

        Assert.Equal(["files.company.example", "10.0.0.9"], asked.Select(static a => a.Host));
    }

    [Theory]
    [InlineData("http://[")]
    [InlineData("//[")]
    [InlineData("https://")]
    [InlineData("https://\u05d0a.example/x")]
    [InlineData("https://\u05d0a.bitrix24.com/rest/app.info")]
    public async Task Address_that_is_none_is_a_documented_error(string address)
    {
        using var http = new HttpClient(new Redirector([], address));
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"), new() { HttpClient = http, MaxRetries = 0 });

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.DownloadAsync(File(address)));
        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.DownloadAsync(File("https://cdn.bitrix24.com/signed")));
        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.CallAsync("app.info"));
    }

    [Fact]
    public async Task Content_that_stalls_ends_after_the_request_timeout()
    {
        var time = new FakeTime();
        await using var server = await LoopbackServer.StartAsync(static async (context, _) =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = server.Client(new() { TimeProvider = time });
        await using var stream = await client.DownloadAsync(File("/signed"));
        Assert.Equal(4, await stream.ReadAsync(new byte[100]));

        var read = stream.ReadAsync(new byte[100]).AsTask();
        time.Advance(TimeSpan.FromSeconds(71));

        Assert.Contains("70 s", (await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => read)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_whose_answer_does_not_begin_ends_after_the_request_timeout()
    {
        var time = new FakeTime();
        var asked = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = server.Client(new() { TimeProvider = time });
        var download = client.DownloadAsync(File("/signed"));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(71));

        Assert.Contains("70 s", (await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => download)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_that_comes_slowly_goes_on_while_something_comes()
    {
        var time = new FakeTime();
        using var next = new SemaphoreSlim(0);
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            for (var i = 0; i < 5; i++)
            {
                await next.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync("x");
                await context.Response.Body.FlushAsync();
            }
        });
        using var client = server.Client(new() { TimeProvider = time });
        next.Release();
        await using var stream = await client.DownloadAsync(File("/signed"));
        for (var i = 0; i < 5; i++)
        {
            var read = stream.ReadAsync(new byte[1]).AsTask();
            time.Advance(TimeSpan.FromSeconds(60));
            if (i > 0)
                next.Release();
            Assert.Equal(1, await read);
        }

        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
    }

    private sealed class Redirector(List<Uri> asked, string to) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add(request.RequestUri!);
            var response = new HttpResponseMessage(asked.Count == 1 ? System.Net.HttpStatusCode.Found : System.Net.HttpStatusCode.OK) { Content = new StringContent("") };
            response.Headers.TryAddWithoutValidation("Location", to);
            return Task.FromResult(response);
        }
    }

    private static Bitrix24File File(string url)
    {
        var reader = new FieldReader(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(url)));
        reader.Read();
        return JsonRead.File(ref reader);
    }

    private static string Written(Bitrix24File file, string? format)
    {
        using var buffer = new PooledBuffer();
        var writer = new FieldWriter(buffer, new("f", ValueKind.File) { Format = format });
        writer.File(file);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.Span);
    }
}
