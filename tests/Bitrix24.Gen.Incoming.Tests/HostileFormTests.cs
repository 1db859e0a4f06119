using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Incoming.Tests;

using BizProc;

/// <summary>A form without the portal's token runs nothing, however it travels.</summary>
public sealed class HostileFormTests
{
    // The last letter is wrong.
    private static readonly string Wrong = ServerHost.Token[..^1] + "f";

    /// <summary>Ways to change a form; none has the token at the top.</summary>
    private static readonly Func<string, Random, string>[] Changes =
    [
        static (form, _) => form,
        static (form, _) => form.Replace("[", "%5B", StringComparison.Ordinal).Replace("]", "%5d", StringComparison.Ordinal),
        static (form, _) => form.Replace("[", "%255B", StringComparison.Ordinal),
        static (form, _) => form.Replace("auth[", "AUTH[", StringComparison.Ordinal),
        static (form, _) => form.Replace("application_token", "Application_Token", StringComparison.Ordinal),
        static (form, _) => $"data[auth][application_token]={ServerHost.Token}&data[auth][member_id]={ServerHost.Member}&{form}",
        static (form, _) => $"{form}&data[auth][application_token]={ServerHost.Token}&authx[application_token]={ServerHost.Token}",
        static (form, _) => $"{form}&auth[]={ServerHost.Token}",
        static (form, _) => $"auth[]={ServerHost.Token}&{form}",
        static (form, _) => $"{form}&auth={ServerHost.Token}",
        static (form, _) => $"{form}&auth[application_token][]={ServerHost.Token}",
        static (form, _) => $"{form}&auth[application_token][x]={ServerHost.Token}",
        static (form, _) => $"{form}&auth[access_token]={ServerHost.Token}&auth[refresh_token]={ServerHost.Token}",
        static (form, _) => $"{form}&auth[application_token]=&auth[application_token]={Wrong}",
        static (form, _) => $"{form}&auth[member_id]=&auth[member_id][]={ServerHost.Member}",
        static (form, _) => $"{form}&ts=1e999&data[FIELDS][ID]=99999999999999999999999999999999&auth[expires_in]=-9223372036854775809",
        static (form, _) => $"{form}&data[FIELDS][ID]=0x10&event_handler_id={new string('9', 5000)}",
        static (form, _) => form.Replace("&", "&amp;", StringComparison.Ordinal),
        static (form, _) => form.Replace("&", ";", StringComparison.Ordinal),
        static (form, _) => form.Replace("=", "%3D", StringComparison.Ordinal),
        static (form, _) => form.Replace("[", " [", StringComparison.Ordinal),
        static (form, _) => "\ufeff" + form,
        static (form, random) => Scramble(form, random),
    ];

    [Fact]
    public async Task Changed_forms_in_any_wrapping_run_no_handler()
    {
        // The long run: B24_HOSTILE_FORMS=50000.
        var count = int.Parse(Environment.GetEnvironmentVariable("B24_HOSTILE_FORMS") ?? "3000", CultureInfo.InvariantCulture);
        var runs = 0;
        string? robot = null;
        await using var host = await ServerHost.StartAsync(b24 =>
        {
            var address = b24.MapCallback<RobotHandlerRequest>("/robot", (_, _, _) => Task.FromResult(Interlocked.Increment(ref runs)));
            b24.OnInstall((_, _, _) => Task.FromResult(robot ??= new Uri(address()).PathAndQuery));
            b24.OnInstall((_, _, _) => Task.FromResult(Interlocked.Increment(ref runs)));
            b24.OnUninstall((_, _) => Task.FromResult(Interlocked.Increment(ref runs)));
            b24.OnOther((_, _, _) => Task.FromResult(Interlocked.Increment(ref runs)));
            b24.OnPage((_, _, _) => Task.FromResult(Results.Text($"{Interlocked.Increment(ref runs)}")));
        });
        await host.InstallAsync();
        runs = 0;
        host.Log.Clear();
        (string Path, string Form)[] seeds =
        [
            ("/b24", host.Event("ONX", "data[a]=1", token: Wrong)),
            ("/b24", host.Event("ONAPPUNINSTALL", "data[CLEAN]=1", token: Wrong)),
            ("/b24", host.Installation("refresh-9").Replace(ServerHost.Token, Wrong, StringComparison.Ordinal)),
            ("/b24/install", $"AUTH_ID=a&REFRESH_ID=refresh-9&member_id={ServerHost.Member}&PLACEMENT=DEFAULT&APPLICATION_TOKEN={Wrong}"),
            (robot!, $"event_token=t&code=c&auth[member_id]={ServerHost.Member}&auth[application_token]={Wrong}"),
        ];
        var random = new Random(28);
        var requests = Enumerable.Range(0, count).Select(i =>
        {
            var (path, form) = seeds[i % seeds.Length];
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                form = Changes[random.Next(Changes.Length)](form, random);
            return (path, Content: Wrap(form, random.Next(10)));
        });
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, ct) =>
        {
            using var content = request.Content;
            using var answer = await host.Client.PostAsync(request.path, content, ct);
            Assert.True((int)answer.StatusCode is 400 or 403 or 413 or 415, $"{answer.StatusCode}: {Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync(ct))}");
        });
        Assert.Equal(0, runs);
        Assert.DoesNotContain(host.Log, static l => l.StartsWith("Error", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log, static l => l.Contains(ServerHost.Token, StringComparison.Ordinal));
        Assert.NotNull(await host.Portals.FindAsync(ServerHost.Member));
    }

    [Fact]
    public async Task Chunks_with_extensions_and_trailers_are_read_as_one_form()
    {
        var runs = 0;
        await using var host = await ServerHost.StartAsync(b24 => b24.OnOther((_, _, _) => Task.FromResult(Interlocked.Increment(ref runs))));
        await host.InstallAsync();
        foreach (var (token, status) in new[] { (ServerHost.Token, "200 OK"), (Wrong, "403 Forbidden") })
        {
            var form = host.Event("ONX", "data[a]=1", token: token);
            var (first, second) = (form[..20], form[20..]);
            using var client = new TcpClient();
            await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /b24 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{first.Length:x};auth=\"{ServerHost.Token}\"\r\n{first}\r\n{second.Length:x};a;b=c\r\n{second}\r\n0\r\nauth: {ServerHost.Token}\r\n\r\n"));
            using var reader = new StreamReader(client.GetStream());
            Assert.Equal("HTTP/1.1 " + status, await reader.ReadLineAsync());
        }

        Assert.Equal(1, runs);
    }

    private static string Scramble(string form, Random random)
    {
        var text = form.ToCharArray();
        for (var changes = random.Next(1, 8); changes > 0; changes--)
            text[random.Next(text.Length - 1)] = "[]=&%+abc0\u00ff{}\"\\\0"[random.Next(16)];
        return new(text);
    }

    private static HttpContent Wrap(string form, int how)
    {
        const string type = "application/x-www-form-urlencoded";
        var bytes = Encoding.UTF8.GetBytes(form);
        switch (how)
        {
            case 0:
                return Body(Encoding.Unicode.GetBytes(form), type + "; charset=utf-16");
            case 1:
                return Body(bytes, type + "; charset=utf-7");
            case 2:
                return Body(bytes, "text/plain; charset=\"nothing\"");
            case 3:
                return Body(bytes, null);
            case 4:
                var parts = new MultipartFormDataContent("b24");
                foreach (var pair in form.Split('&'))
                    parts.Add(new StringContent(WebUtility.UrlDecode(pair.Split('=', 2)[^1])), "\"" + WebUtility.UrlDecode(pair.Split('=')[0]).Replace("\"", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal) + " \"");
                return parts;
            case 5:
                using (var packed = new MemoryStream())
                {
                    using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
                        gzip.Write(bytes);
                    var body = Body(packed.ToArray(), type);
                    body.Headers.ContentEncoding.Add("gzip");
                    return body;
                }

            case 6:
                return Body(bytes, "application/json");
            default:
                return Body(bytes, type);
        }
    }

    private static ByteArrayContent Body(byte[] bytes, string? type)
    {
        var body = new ByteArrayContent(bytes);
        if (type is not null)
            body.Headers.TryAddWithoutValidation("Content-Type", type);
        return body;
    }
}
