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
