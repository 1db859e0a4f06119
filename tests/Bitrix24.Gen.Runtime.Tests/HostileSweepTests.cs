using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;
using HandWritten.BiConnector;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>
/// Every form of answer that a server can spoil, through every way to call: what comes out is a value or a documented exception,
/// in one line and without a secret.
/// </summary>
public class HostileSweepTests
{
    private const string Secret = LoopbackServer.Secret;

    private static readonly FakeTime Clock = new();

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1.5", "1e20", "1e400", "-1e400", "9223372036854775808", "\"\"", "\"abc\"", "\"NaN\"", "\"Infinity\"", "\"-1e400\"",
        "\"1e400\"", "[]", "{}", "[[]]", "[null]", "{\"a\":{\"a\":1}}", "\"\\ud800\"", "{\"\\ud800\":1}", "\"\\u0000\\u001b[31m\\r\\n::error::\\u202e\"", $"\"{Secret}\"", $"{{\"{Secret}\":1}}",
        "\"0000-00-00\"", "\"9999-99-99T99:99:99+99:99\"", "[{\"error\":1}]", "{\"error\":{}}", "{\"error\":[]}", $"{{\"error\":\"{Secret}\",\"error_description\":\"{Secret}\"}}",
        "{\"error\":{\"error\":\"X\",\"error_description\":\"\\udc00\"}}", "1" + "000000000000000000000000000000000000000000000000000000000000000000000000",
    ];

    private static readonly string[] Members =
    [
        "result", "error", "error_description", "time", "next", "total", "data", "success", "meta", "_links", "_embedded", "page", "\\ud800", "a\\r\\nb", "", Secret,
        "\"time\":{\"start\":@}", "\"time\":{\"finish\":@,\"operating\":9e9,\"operating_reset_at\":5}", "\"time\":{\"duration\":@,\"operating\":@}", "\"time\":{\"processing\":@}", "\"time\":{\"date_start\":@}",
        "\"time\":{\"date_finish\":@}", "\"time\":{\"operating_reset_at\":@,\"operating\":9e9}", "\"time\":{\"operating\":@,\"operating_reset_at\":@}", "\"time\":{\"\\ud800\":@}",
        "\"error\":{\"code\":@,\"message\":@}", "\"error\":{\"code\":\"X\",\"hint\":@,\"userMessage\":@,\"retryAfter\":@}", "\"error\":{\"code\":\"X\",\"validation\":@}",
        "\"error\":{\"code\":\"X\",\"validation\":[{\"field\":@,\"code\":@,\"message\":@}]}", "\"meta\":{\"total\":@,\"hasMore\":@,\"truncated\":@}", "\"_links\":{\"next\":@}",
        "\"validation-errors\":[{\"errors\":[{\"code\":@,\"path\":@,\"detail\":@}]}],\"detail\":@,\"title\":@", "\"error\":\"X\",\"error_description\":@", "\"error\":\"X\",\"argument\":@",
    ];

    public static TheoryData<string> Calls => ["typed", "list", "write", "raw", "batch", "v3", "v3 batch", "vibecode", "vibecode write", "amocrm", "amocrm write"];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Member_of_any_form_is_a_value_or_a_documented_exception(string call)
    {
        var (failures, n) = (new List<string>(), call.Length);
        foreach (var member in Members)
        {
            foreach (var value in Values)
            {
                var text = member.Contains('@') ? member.Replace("@", value, StringComparison.Ordinal) : $"\"{member}\":{value}";
                var good = call switch
                {
                    "list" or "v3 batch" => "\"result\":[]",
                    "batch" => "\"result\":{\"result\":{\"c0\":{\"item\":{\"id\":1}},\"c1\":{\"item\":{\"id\":2}}},\"result_error\":[],\"result_time\":{\"c0\":{\"operating\":" + value + "}}}",
                    "vibecode" or "vibecode write" => "\"data\":{\"id\":1}",
                    "amocrm" or "amocrm write" => "\"id\":1",
                    _ => "\"result\":{\"item\":{\"id\":1}}",
                };
                var body = (++n % 3) switch { 0 => $"{{{text}}}", 1 => $"{{{good},{text}}}", _ => $"{{{text},{good}}}" };
                await TryAsync(failures, call, (n / 3 % 4) switch { 0 => 400, 1 => 429, _ => 200 }, Encoding.UTF8.GetBytes(body));
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count}:\n" + string.Join("\n", failures.Take(20)));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Body_of_any_form_is_a_value_or_a_documented_exception(string call)
    {
        var (failures, n) = (new List<string>(), call.Length);
        int[] statuses = [201, 204, 206, 302, 304, 400, 401, 403, 404, 429, 500, 502, 503, 599];
        var good = """{"result":{"item":{"id":1}},"data":{"id":1},"id":1}""";
        string[] bodies =
        [
            "", " ", "\0", "\uFEFF", "\uFEFF" + good, "<html>" + Secret + "</html>", "<?xml version=\"1.0\"?><response/>", "<br />\n<b>Warning</b>: x in /home\n" + good, "cb(" + good + ")", "/**/" + good, good + good, good + "x",
            good[..^1], good[..20], "null", "[]", "0", "true", "\"x\"", "\"" + Secret + "\"", "{", "[", "{\"result\"", "{\"result\":", "{\"result\":1,}", "{result:1}", "{'result':1}", "{\"result\":NaN}", "{\"result\":01}",
            "{\"result\":1,\"result\":2}", "{\"result\":{\"item\":{\"id\":1,\"id\":\"x\",\"id\":3}}}", "{\"error\":\"A\",\"error\":\"B\"}", "{\"result\":1,\"error\":\"A\",\"result\":2}", "{\"time\":{},\"time\":[],\"result\":1}",
            new string('[', 100_000), new string('{', 100_000), "{\"result\":" + new string('[', 100_000) + new string(']', 100_000) + "}", string.Concat(Enumerable.Repeat("{\"result\":", 70)) + "1" + new string('}', 70),
            string.Concat(Enumerable.Repeat("{\"error\":", 60)) + "1" + new string('}', 60), "{\"result\":" + new string('9', 200_000) + "}", "{\"result\":{\"item\":{\"id\":1e" + new string('9', 1_000) + "}}}",
            "{\"result\":{\"item\":{" + string.Join(',', Enumerable.Range(0, 20_000).Select(static i => $"\"f{i}\":{i}")) + "}}}", "{\"" + new string('k', 1_000_000) + "\":1}", "{\"error\":\"" + new string('\n', 1_000).Replace("\n", "\\n", StringComparison.Ordinal) + "\"}",
            "{\"__proto__\":{\"result\":1},\"result\":{\"__proto__\":1}}", "{\"\":1,\"result\":{\"\":1}}",
        ];
        var bytes = bodies.Select(Encoding.UTF8.GetBytes).Concat(
        [
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(good)], [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(good)], Encoding.UTF32.GetBytes(good), [0xC3, 0x28], [.. "{\"result\":\""u8, 0xC3, 0x28, .. "\"}"u8],
            [.. "{\"result\":{\"item\":{\"name\":\""u8, 0xED, 0xA0, 0x80, .. "\"}}}"u8], [.. "{\""u8, 0x80, .. "\":1,\"result\":1}"u8], [.. "{\"error\":\""u8, 0xF5, .. "\"}"u8], [.. "\x1f\x8b\b\0"u8], new byte[100_000],
        ]).ToList();
        foreach (var body in bytes)
        {
            foreach (var status in new[] { 200, statuses[n++ % statuses.Length] })
                await TryAsync(failures, call, status, body);
        }

        Assert.True(failures.Count == 0, $"{failures.Count}:\n" + string.Join("\n", failures.Take(20)));
    }

    [Fact]
    public async Task Part_of_a_batch_answer_of_any_form_is_the_outcome_of_its_call_only()
    {
        var failures = new List<string>();
        const string Good = "\"c1\":{\"item\":{\"id\":2}}";
        foreach (var value in Values)
        {
            foreach (var map in new[] { "result", "result_error", "result_total", "result_next", "result_time", "result_time.operating", "result_time.finish", "other" })
            {
                var name = map.Split('.')[0];
                var part = map.Contains('.') ? $"{{\"{map.Split('.')[1]}\":{value},\"operating\":9e9,\"operating_reset_at\":7}}" : value;
                var body = name == "result"
                    ? $"{{\"result\":{{\"result\":{{\"c0\":{part},{Good}}}}}}}"
                    : $"{{\"result\":{{\"result\":{{\"c0\":{{\"item\":{{\"id\":1}}}},{Good}}},\"{name}\":{{\"c0\":{part}}}}}}}";
                using var http = new HttpClient(new Canned(200, Encoding.UTF8.GetBytes(body), null));
                using var client = new HandWritten.Portal(
                    Bitrix24Credentials.AccessToken("https://x.bitrix24.com", Secret), new() { HttpClient = http, MaxRetries = 0, MaxLimitWait = TimeSpan.Zero, RateLimit = Bitrix24RateLimit.None, TimeProvider = Clock });
                Clock.Advance(TimeSpan.FromHours(1));
                var batch = client.CreateBatch();
                var (one, two) = (batch.Add(new DatasetGetRequest { Id = 1 }), batch.Add(new DatasetGetRequest { Id = 2 }));
                Check(failures, body, await Record.ExceptionAsync(() => batch.SendAsync()));
                Check(failures, body, one.Error);
                if ((two.Outcome, two.Error) != (BatchOutcome.Succeeded, null) || two.Result.Id != 2)
                    failures.Add($"{body}: the other call: {two.Outcome}, {two.Error}");
                if (name is not ("result" or "result_error") && one.Outcome != BatchOutcome.Succeeded)
                    failures.Add($"{body}: {one.Error}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count}:\n" + string.Join("\n", failures.Take(20)));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Header_of_any_form_is_taken_or_left(string call)
    {
        var (failures, n) = (new List<string>(), call.Length);
        int[] statuses = [200, 302, 308, 400, 429, 503, 200];
        string[] texts =
        [
            "", " ", "0", "-1", "1", "99999999999999999999", "1e9", "NaN", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Wed, 99 Foo", "text/html", "application/json; charset=utf-16", "application/json; charset=\"x", "text/" + Secret,
            "//[", "http://[", "https://x:99999/", "javascript:1", "file:///etc/passwd", "https://" + Secret + "/", "https://a..b/", "https://xn--/", "https://почта.рф/", "/../..", "gzip, br", "\u001b[31m", "тег", new string('x', 60_000), Secret,
        ];
        foreach (var name in new[] { "Retry-After", "Content-Type", "Location", "X-Request-Id", "X-Bitrix-Request-Id", "Content-Encoding", "Content-Length", "Content-Range", "Date", "Set-Cookie", "X-RateLimit-Reset", "Idempotent-Replayed", "Transfer-Encoding", "Connection", "Trailer", "Upgrade" })
        {
            foreach (var text in texts)
            {
                await TryAsync(failures, call, statuses[n++ % statuses.Length], "{\"error\":\"QUERY_LIMIT_EXCEEDED\"}"u8.ToArray(), (name, text));
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count}:\n" + string.Join("\n", failures.Take(20)));
    }

    [Fact]
    public async Task Http_of_any_form_is_a_value_or_a_documented_exception()
    {
        string[] heads =
        [
            "HTTP/1.1 200 OK\r\nRetry-After: " + new string('9', 50_000) + "\r\n\r\n", "HTTP/1.1 200 " + new string('x', 100_000) + "\r\n\r\n", "HTTP/1.1 999 ?\r\n\r\n", "HTTP/1.1 000 ?\r\n\r\n", "HTTP/1.1 -1 ?\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 2_000)), string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n", 2_000)),
            "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 304 Not Modified\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}", "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n{}", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFFFFFFFFFF\r\n{}\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;" + new string('e', 100_000) + "\r\n{}\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + string.Concat(Enumerable.Repeat("X: " + Secret + "\r\n", 10_000)), "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"X-{i}: y\r\n")) + "\r\n", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip " + Secret, "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nnot brotli", "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\nnot zlib",
            "HTTP/1.1 200 OK\r\nContent-Type: \r\n folded: " + Secret + "\r\n\r\n{}", "HTTP/1.1 200 OK\r\n: empty\r\n\r\n{}", "HTTP/1.1 200 OK\r\nX:\0\r\n\r\n{}", "\r\n\r\n", "\0\0\0\0", "", "GET / HTTP/1.1\r\n\r\n", "SSH-2.0-OpenSSH_9.0\r\n", "220 mail ESMTP " + Secret + "\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ];
        var failures = new List<string>();
        foreach (var head in heads)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var serve = Task.Run(async () =>
            {
                using var peer = await listener.AcceptTcpClientAsync();
                var stream = peer.GetStream();
                _ = await stream.ReadAsync(new byte[4096]);
                try
                {
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
                }
                catch (IOException)
                {
                    // The client has seen enough.
                }
            });
            using var client = new HandWritten.Portal(
                Bitrix24Credentials.Webhook($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/rest/1/{Secret}/"), new() { MaxRetries = 0, MaxLimitWait = TimeSpan.Zero, RequestTimeout = TimeSpan.FromSeconds(5) });

            Check(failures, head[..Math.Min(60, head.Length)], await Record.ExceptionAsync(() => client.CallAsync("profile")));
            await serve;
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Fact]
    public async Task Answer_without_an_end_is_cut_at_its_limit_and_one_that_drips_at_its_time()
    {
        await using var endless = await LoopbackServer.StartAsync(static async (context, _) =>
        {
            await context.Response.WriteAsync("{\"result\":\"");
            var part = new byte[64 * 1024];
            Array.Fill(part, (byte)'x');
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(part);
        });
        using var client = endless.Client(new() { MaxRetries = 0, MaxResponseSize = 1024 * 1024 });
        Assert.Contains("1048576 bytes", (await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.CallAsync("app.info"))).Message, StringComparison.Ordinal);

        await using var slow = await LoopbackServer.StartAsync(static async (context, _) =>
        {
            await context.Response.WriteAsync("{\"result\":\"");
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync("x");
                await context.Response.Body.FlushAsync();
                await Task.Delay(20);
            }
        });
        using var patient = slow.Client(new() { MaxRetries = 0, RequestTimeout = TimeSpan.FromMilliseconds(300) });
        Assert.True((await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => patient.CallAsync("app.info"))).MayHaveBeenExecuted);
    }

    [Fact]
    public async Task Token_answer_of_any_form_is_tokens_or_a_documented_exception()
    {
        var failures = new List<string>();
        foreach (var member in new[] { "access_token", "refresh_token", "expires_in", "expires", "member_id", "scope", "user_id", "client_endpoint", "server_endpoint", "domain", "status", "error", "error_description", "\\ud800" })
        {
            foreach (var value in Values.Select(static v => v.Replace(Secret, "secret-of-app", StringComparison.Ordinal)).Append("\"a\\r\\nX: y\"").Append("\"токен\"").Append("\"a b\"").Append("\"//[\"").Append("\"https://xn--/\""))
            {
                foreach (var body in new[] { $$"""{"access_token":"acc3ss","refresh_token":"r3fr3sh","expires_in":3600,"{{member}}":{{value}}}""", $$"""{"{{member}}":{{value}},"access_token":"acc3ss"}""" })
                {
                    using var http = new HttpClient(new Canned(200, Encoding.UTF8.GetBytes(body), null));
                    foreach (var application in new OAuthApplication[] { new Bitrix24Application("id", "secret-of-app"), new AmoCrmApplication("id", "secret-of-app", new Uri("https://example.com/")) })
                    {
                        var e = await Record.ExceptionAsync(() => Bitrix24Credentials.ExchangeCodeAsync(
                            application is AmoCrmApplication ? "https://x.amocrm.ru" : "https://x.bitrix24.com", application, "c0de-of-user", new MemoryTokenStore(), new() { HttpClient = http }));
                        Check(failures, body, e);
                        if (e?.ToString().Contains("secret-of-app", StringComparison.Ordinal) == true)
                            failures.Add("secret: " + e);
                    }
                }
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count}:\n" + string.Join("\n", failures.Take(20)));
    }

    private static async Task TryAsync(List<string> failures, string call, int status, byte[] body, (string, string)? header = null)
    {
        using var http = new HttpClient(new Canned(status, body, header));
        var options = new Bitrix24ClientOptions { HttpClient = http, MaxRetries = 0, MaxLimitWait = TimeSpan.Zero, RateLimit = Bitrix24RateLimit.None, TimeProvider = Clock };
        var credentials = call.Split(' ')[0] switch
        {
            "vibecode" => Bitrix24Credentials.VibeCode(Secret),
            "amocrm" => Bitrix24Credentials.AmoCrm("https://x.amocrm.ru", Secret),
            _ => Bitrix24Credentials.AccessToken("https://x.bitrix24.com", Secret),
        };
        using var client = new HandWritten.Portal(credentials, options);
        BatchItem[] items = [];
        // What a portal said of its limits holds no longer.
        Clock.Advance(TimeSpan.FromHours(1));
        var e = await Record.ExceptionAsync(async () =>
        {
            switch (call)
            {
                case "typed":
                    await client.SendForResponseAsync(new DatasetGetRequest { Id = 1 });
                    break;
                case "list":
                    await client.SendForResponseAsync(new DatasetListRequest());
                    break;
                case "write":
                    await client.SendAsync(new DatasetUpdateRequest { Id = 2, Fields = new() { Description = "x" } });
                    break;
                case "raw":
                    await client.CallAsync("app.info");
                    break;
                case "batch":
                    var batch = client.CreateBatch();
                    items = [batch.Add(new DatasetGetRequest { Id = 1 }), batch.Add(new DatasetGetRequest { Id = 2 })];
                    await batch.SendAsync();
                    break;
                case "v3":
                    await client.SendForResponseAsync(new TaskList());
                    break;
                case "v3 batch":
                    var v3 = client.CreateV3Batch();
                    items = [v3.Add(V3Calls.Add()), v3.Add(new Get("tasks.task.get"))];
                    await v3.SendAsync();
                    break;
                case "vibecode" or "amocrm":
                    await client.CallAsync(HttpMethod.Get, "/v1/deals/1");
                    break;
                default:
                    await client.CallAsync(HttpMethod.Post, "/v1/deals", JsonNode.Parse("""{"title":"x"}"""));
                    break;
            }
        });
        var what = $"{call}, HTTP {status}, {header}, {Encoding.UTF8.GetString(body[..Math.Min(body.Length, 150)])}";
        Check(failures, what, e);
        foreach (var item in items)
        {
            if (item.Outcome == BatchOutcome.Pending)
                failures.Add($"{what}: a call is pending");
            Check(failures, what, item.Error);
        }
    }

    private static void Check(List<string> failures, string what, Exception? e)
    {
        if (e is null)
            return;
        if (e is not Bitrix24Exception)
            failures.Add($"{what}: {e}");
        if (e.Message.Length > 2_000 || e.Message.Any(static c => char.IsControl(c) || c is '\u202e'))
            failures.Add($"{what}: the message is no line: {e.Message[..Math.Min(200, e.Message.Length)]}");
        if (e.ToString().Contains(Secret, StringComparison.OrdinalIgnoreCase) || e.Data.Count > 0)
            failures.Add($"{what}: the exception contains a secret: {e}");
    }

    private sealed class Canned(int status, byte[] body, (string Name, string Value)? header) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body), RequestMessage = request };
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (header is var (name, value))
            {
                if (response.Headers.TryAddWithoutValidation(name, value))
                    return Task.FromResult(response);
                response.Content.Headers.Remove(name);
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }

            return Task.FromResult(response);
        }
    }
}
