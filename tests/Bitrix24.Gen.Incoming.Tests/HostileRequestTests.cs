using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Incoming.Tests;

using BizProc;
using Crm;

/// <summary>Whatever is sent to whichever address: an answer that says what is wrong, no handler that runs, nothing kept.</summary>
public sealed class HostileRequestTests
{
    private const string Form = "application/x-www-form-urlencoded";

    public static TheoryData<string, string, int> Requests
    {
        get
        {
            const string deal = "data[FIELDS][ID]=1";
            const string auth = "&auth[member_id]=" + ServerHost.Member;
            var page = $"AUTH_ID=a&member_id={ServerHost.Member}&PLACEMENT=CRM_DEAL_DETAIL_TAB";
            return new()
            {
                { Form, "", 400 },
                { Form, "event", 400 },
                { Form, "event=", 400 },
                { Form, "event[]=ONCRMDEALADD", 400 },
                { Form, "event=ONCRMDEALADD", 403 },
                { Form, $"event=ONCRMDEALADD&{deal}{auth}", 403 },
                { Form, $"event=ONCRMDEALADD&{deal}{auth}&auth[application_token]=", 403 },
                { Form, $"event=ONCRMDEALADD&{deal}{auth}&auth[application_token][]={ServerHost.Token}", 403 },
                { Form, $"event=ONCRMDEALADD&{deal}&auth[application_token]={ServerHost.Token}", 403 },
                { Form, $"event=ONCRMDEALADD&{deal}&auth[member_id][]={ServerHost.Member}&auth[application_token]={ServerHost.Token}", 403 },
                { Form, $"event=ONCRMDEALADD&{deal}&auth[member_id]={ServerHost.Member.ToUpperInvariant()}&auth[application_token]={ServerHost.Token}", 403 },
                { Form, $"event=ONCRMDEALADD&{deal}&auth[member_id]={new string('a', 300)}&auth[application_token]={ServerHost.Token}", 403 },
                { Form, $"event=ONCRMDEALADD&{deal}&auth={ServerHost.Token}&member_id={ServerHost.Member}&application_token={ServerHost.Token}", 403 },
                // The second block of a bot's event counts for nothing.
                { Form, $"event=ONIMBOTMESSAGEADD&data[auth][member_id]={ServerHost.Member}&data[auth][application_token]={ServerHost.Token}", 403 },
                { Form, "event=ONCRMDEALADD&a" + string.Concat(Enumerable.Repeat("[b]", 10_000)) + "=1", 400 },
                { Form, "event=ONCRMDEALADD&a%FF%FE=1", 400 },
                { Form, "event=ONCRMDEALADD&" + string.Concat(Enumerable.Repeat("a[]=&", 100_001)), 400 },
                { Form, $"event=ONX%0d%0aForged&auth[member_id]={ServerHost.Member}&auth[application_token]={ServerHost.Token}", 400 },
                { Form, $"event={new string('x', 201)}&auth[member_id]={ServerHost.Member}&auth[application_token]={ServerHost.Token}", 400 },
                { Form, $"PLACEMENT=CRM_%1b[31m&member_id={ServerHost.Member}&APPLICATION_TOKEN={ServerHost.Token}", 400 },
                { Form, page, 403 },
                { Form, page + "&APPLICATION_TOKEN=forged", 403 },
                { Form, page + "&APPLICATION_TOKEN=forged&REFRESH_ID=forged", 403 },
                { Form, $"PLACEMENT=DEFAULT&member_id={ServerHost.Member}", 403 },
                { "application/json", $$$"""{"event":"ONCRMDEALADD","auth":{"member_id":"{{{ServerHost.Member}}}","application_token":"{{{ServerHost.Token}}}"}}""", 400 },
                { "multipart/form-data; boundary=x", $"--x\r\nContent-Disposition: form-data; name=\"event\"\r\n\r\nONCRMDEALADD\r\n--x--", 400 },
                { "text/xml", "<event>ONCRMDEALADD</event>", 400 },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Nothing_runs_and_the_answer_says_why(string type, string body, int status)
    {
        var runs = 0;
        await using var host = await StartAsync(() => Interlocked.Increment(ref runs));
        foreach (var path in new[] { "/b24", "/b24/install" })
        {
            using var answer = await host.Client.PostAsync(path, new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } });
            Assert.Equal(status, (int)answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.NotEmpty(text);
            // Who sends another body hears what is expected.
            Assert.True(type == Form || text.Contains(Form, StringComparison.Ordinal), text);
            Assert.DoesNotContain(ServerHost.Token, text, StringComparison.Ordinal);
        }

        Assert.Equal(0, runs);
        Assert.Equal("refresh-2", (await host.Tokens.LoadAsync(host.TokenKey))?.RefreshToken);
    }

    [Theory]
    [InlineData("GET", 405)]
    [InlineData("PUT", 405)]
    [InlineData("HEAD", 405)]
    public async Task Other_methods_are_refused(string method, int status)
    {
        await using var host = await StartAsync(static () => { });
        using var answer = await host.Client.SendAsync(new(new(method), "/b24"));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Long_bodies_are_refused_with_and_without_their_length()
    {
        await using var host = await StartAsync(static () => { });
        var tooLong = new byte[IncomingLimits.Default.MaxLength + 1];
        foreach (var chunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/b24") { Content = new ByteArrayContent(tooLong), Headers = { TransferEncodingChunked = chunked } };
            using var answer = await host.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/b24", "ZZZ\r\nabc\r\n", "A request")]
    [InlineData("callback", "-5\r\nabc\r\n", "bizproc.robot.HANDLER at /b24/robot")]
    public async Task A_body_of_broken_chunks_is_one_line_in_the_log(string path, string body, string what)
    {
        await using var host = await StartAsync(static () => Assert.Fail("A handler ran."));
        using var client = await SendAsync(host, path == "callback" ? new Uri(s_robot!).PathAndQuery : path, "Transfer-Encoding: chunked\r\n\r\n" + body);
        using var reader = new StreamReader(client.GetStream());
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync());
        Assert.Equal($"Warning: Refused {what}: The body cannot be read: Bad chunk size data.", await RefusalAsync(host));
        Assert.DoesNotContain(host.Log, static l => l.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_one_line_in_the_log()
    {
        await using var host = await StartAsync(static () => Assert.Fail("A handler ran."));
        (await SendAsync(host, "/b24", "Content-Length: 1000\r\n\r\nevent=X")).Dispose();
        Assert.Contains(
            await RefusalAsync(host),
            new[] { "Warning: Refused A request: The body cannot be read: Unexpected end of request content.", "Warning: Refused A request: The connection ended before the body did." });
        Assert.DoesNotContain(host.Log, static l => l.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ts=1", "FIELDS.ID is no whole number.")]
    [InlineData("data=abc", "it is no object.")]
    [InlineData("data[]=abc", "it is no object.")]
    [InlineData("data[FIELDS]=abc", "FIELDS.ID is no whole number.")]
    [InlineData("data[FIELDS][]=1", "FIELDS.ID is no whole number.")]
    [InlineData("data[FIELDS][ID]=abc", "FIELDS.ID is no whole number.")]
    [InlineData("data[FIELDS][ID]=", "FIELDS.ID is no whole number.")]
    [InlineData("data[FIELDS][ID][]=1", "FIELDS.ID is no whole number.")]
    public async Task A_verified_event_without_its_id_is_no_event_of_record_0(string data, string problem)
    {
        await using var host = await StartAsync(static () => Assert.Fail("A handler ran."));
        using var answer = await host.PostAsync("/b24", host.Event("ONCRMDEALADD", data));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = "What ONCRMDEALADD carries is not what its spec says: " + problem;
        Assert.Equal(text, await answer.Content.ReadAsStringAsync());
        Assert.Contains(host.Log, l => l.TrimEnd() == $"Warning: Refused ONCRMDEALADD of {ServerHost.Member}: {text}");
    }

    [Fact]
    public async Task A_body_that_does_not_end_holds_nobody_up()
    {
        var runs = 0;
        await using var host = await StartAsync(() => Interlocked.Increment(ref runs));
        var stalled = new List<TcpClient>();
        for (var i = 0; i < 50; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /b24 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nevent=ONCRMDEALADD"));
            stalled.Add(client);
        }

        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/b24", host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1"))).StatusCode);
        stalled.ForEach(static c => c.Dispose());
        Assert.Equal(1, runs);
    }

    [Theory]
    [InlineData("example.bitrix24.com/path", "https://example.bitrix24.com/")]
    [InlineData("example.bitrix24.com:8443", "https://example.bitrix24.com:8443/")]
    [InlineData("user:secret@example.bitrix24.com", null)]
    [InlineData("http://example.bitrix24.com", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("", null)]
    [InlineData("exa mple", null)]
    [InlineData("example.bitrix24.com#x", "https://example.bitrix24.com/")]
    public void The_domain_of_a_page_is_a_host_or_nothing(string domain, string? expected)
    {
        var request = IncomingRequest.Parse("AUTH_ID=a"u8, "?PROTOCOL=1&DOMAIN=" + Uri.EscapeDataString(domain));
        Assert.Equal(expected, request.Auth.PortalUrl?.AbsoluteUri);
        // Over plain http a page comes from this machine only.
        Assert.Null(IncomingRequest.Parse("AUTH_ID=a"u8, "?PROTOCOL=0&DOMAIN=example.bitrix24.com").Auth.PortalUrl);
    }

    [Fact]
    public async Task Thousands_of_mutated_requests_to_every_address_run_no_handler()
    {
        var runs = 0;
        string? robot = null;
        await using var host = await ServerHost.StartAsync(b24 =>
        {
            var address = b24.MapCallback<RobotHandlerRequest>("/robot", (_, _, _) => Task.FromResult(Interlocked.Increment(ref runs)));
            b24.OnInstall((_, _, _) => Task.FromResult(robot ??= address()));
            b24.OnInstall((_, _, _) => Task.FromResult(Interlocked.Increment(ref runs)));
            b24.OnUninstall((_, _) => Task.FromResult(Interlocked.Increment(ref runs)));
            b24.OnOther((_, _, _) => Task.FromResult(Interlocked.Increment(ref runs)));
            b24.OnPage((_, _, _) => Task.FromResult(Results.Text($"{Interlocked.Increment(ref runs)}")));
        });
        await host.InstallAsync();
        runs = 0;
        // The last letter of each secret is wrong, and is not touched.
        var wrong = ServerHost.Token[..^1] + "f";
        (string Path, string Form)[] seeds =
        [
            ("/b24", host.Event("ONX", "data[a]=1", token: wrong)),
            ("/b24", host.Event("ONAPPUNINSTALL", "data[CLEAN]=1", token: wrong)),
            ("/b24", host.Installation("refresh-9").Replace(ServerHost.Token, wrong, StringComparison.Ordinal)),
            ("/b24/install", $"AUTH_ID=a&REFRESH_ID=refresh-9&member_id={ServerHost.Member}&PLACEMENT=DEFAULT&APPLICATION_TOKEN={wrong}"),
            ("/b24", $"AUTH_ID=a&REFRESH_ID=refresh-9&member_id={ServerHost.Member}&PLACEMENT=DEFAULT&APPLICATION_TOKEN={wrong}"),
            (new Uri(robot!).PathAndQuery, $"event_token=t&code=c&auth[member_id]={ServerHost.Member}&auth[application_token]={wrong}"),
            ("/b24/robot?b24key=" + new string('a', 40), $"event_token=t&auth[member_id]={ServerHost.Member}&auth[application_token]={ServerHost.Token}"),
        ];
        var random = new Random(14);
        var requests = Enumerable.Range(0, 4000).Select(i =>
        {
            var (path, seed) = seeds[i % seeds.Length];
            var form = seed.ToCharArray();
            for (var changes = random.Next(0, 6); changes > 0; changes--)
                form[random.Next(form.Length - 1)] = "[]=&%+abc0\u00ff{}\"\\\0"[random.Next(16)];
            return (path, new string(form));
        }).ToList();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, _) =>
        {
            using var answer = await host.PostAsync(request.path, request.Item2);
            Assert.True((int)answer.StatusCode is 400 or 403 or 413, answer.StatusCode.ToString());
        });
        Assert.Equal(0, runs);
        Assert.NotNull(await host.Portals.FindAsync(ServerHost.Member));
        Assert.Equal("refresh-2", (await host.Tokens.LoadAsync(host.TokenKey))?.RefreshToken);
    }

    private static string? s_robot;

    private static async Task<ServerHost> StartAsync(Action ran)
    {
        var host = await ServerHost.StartAsync(b24 =>
        {
            var robot = b24.MapCallback<RobotHandlerRequest>("/robot", (_, _, _) => RunAsync());
            b24.OnInstall((_, _, _) => Task.FromResult(s_robot = robot()));
            b24.On<CrmDealAddEvent>((_, _, _) => RunAsync());
            b24.OnPlacement<CrmDealDetailTab>((_, _, _) =>
            {
                ran();
                return Results.Text("tab");
            });
        });
        await host.InstallAsync();
        return host;

        Task RunAsync()
        {
            ran();
            return Task.CompletedTask;
        }
    }

    private static async Task<TcpClient> SendAsync(ServerHost host, string path, string rest)
    {
        var client = new TcpClient();
        await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\n{rest}"));
        return client;
    }

    // On a busy machine the server warns of its own slowness too.
    private static async Task<string> RefusalAsync(ServerHost host)
    {
        using var wait = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!host.Log.Any(IsRefusal))
            await Task.Delay(20, wait.Token);
        return Assert.Single(host.Log, IsRefusal).TrimEnd();

        static bool IsRefusal(string line) => line.StartsWith("Warning: Refused", StringComparison.Ordinal);
    }
}
