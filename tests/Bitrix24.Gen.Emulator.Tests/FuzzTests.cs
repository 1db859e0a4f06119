using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Whatever is sent, the portal answers something, and never by falling over.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 2500;

    private static readonly string[] Methods =
    [
        "biconnector.connector.add", "biconnector.connector.list", "biconnector.source.add", "biconnector.dataset.add",
        "biconnector.dataset.fields.update", "biconnector.dataset.list", "landing.repowidget.register", "landing.repowidget.getlist",
        "landing.landing.favoriteBlock", "batch", "no.such.method",
    ];

    private static readonly string[] Words =
    [
        "fields", "filter", "select", "order", "id", "name", "settings", "cmd", "halt", "params", "logic", "OR", ">=id", "!%name", "page", "start",
        "add", "update", "delete", "code", "WIDGET_PARAMS", "$result[a][id]", "$result", "%", "Ünï", "\u0000", "__proto__", "0", "-1", "1e999", "",
    ];

    [Fact]
    public async Task RandomParameters_NeverBreakThePortal()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var random = new Random(20261121);
        for (var i = 0; i < Rounds; i++)
        {
            var method = random.Pick(Methods);
            var url = $"{portal.WebhookUrl.Replace("/1/", random.Next(3) == 0 ? "/2/" : "/1/", StringComparison.Ordinal)}{method}";
            var request = random.Next(3) switch
            {
                0 => PortalCalls.Post($"{portal.RestUrl}{method}", Json(random, 0), portal.AccessToken),
                1 => new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(Form(random), Encoding.UTF8, "application/x-www-form-urlencoded") },
                _ => new HttpRequestMessage(HttpMethod.Get, $"{url}?{Form(random)}"),
            };
            var reply = await PortalCalls.SendAsync(request);
            Assert.True(reply.Status != HttpStatusCode.InternalServerError && reply.Body is not null, $"Round {i}: {method} answered {reply.Status}.");
        }
    }

    [Fact]
    public async Task RandomJson_NeverBreaksTheOtherProtocols()
    {
        await using var portal = await PortalEmulator.StartAsync(new()
        {
            Specs = [new PortalSpec("bitrix24-v3/box.thing.b24.json", RestV3Tests.Spec)],
        });
        var random = new Random(3);
        var paths = new[]
        {
            "/rest/api/box.thing.add", "/rest/api/box.thing.list", "/rest/api/box.thing.tail", "/rest/api/box.thing.get", "/rest/api/batch",
            "/oauth/token/", "/oauth/authorize/", "/oauth/", "/rest/api/", "/",
        };
        for (var i = 0; i < Rounds; i++)
        {
            var json = random.Next(4) switch
            {
                0 => $$"""[{"method":"box.thing.list","query":{{Json(random, 0)}},"as":"a"},{"method":"box.thing.add","query":{"fields":{"$ref":"a.items.0"},"x":{"$refArray":"a.items.id"} } }]""",
                1 => $$"""{"fields":{"name":"x","size":{{Json(random, 3)}} },"filter":[{{Json(random, 1)}},["id",{{Json(random, 3)}}]],"pagination":{{Json(random, 2)}},"cursor":{{Json(random, 2)}} }""",
                _ => Json(random, 0),
            };
            var request = PortalCalls.Post(portal.PortalUrl + random.Pick(paths), json, portal.AccessToken);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", random.Next(5) == 0 ? "k" : null);
            var reply = await PortalCalls.SendAsync(request);
            Assert.True(reply.Status != HttpStatusCode.InternalServerError, $"Round {i}: {request.RequestUri} {json}");
        }
    }

    [Fact]
    public async Task EveryMethod_CanBeCalled()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var random = new Random(11);
        foreach (var (prefix, api) in new[] { (portal.RestUrl, "bitrix24"), ($"{portal.RestUrl}api/", "bitrix24-v3") })
        {
            foreach (var name in SpecSets.All.MethodNames(api))
            {
                var parameters = new JsonObject(SpecSets.All.FindMethod(name, api)!.Params.Select(p => KeyValuePair.Create(p.Name, JsonBody(random))));
                foreach (var json in new[] { "{}", parameters.ToJsonString() })
                {
                    var reply = await PortalCalls.SendAsync(PortalCalls.Post(prefix + name, json, portal.AccessToken));
                    Assert.True(reply.Body is not null && reply.Status != HttpStatusCode.InternalServerError, $"{name} {json}: {reply.Status}");
                }
            }
        }
    }

    [Fact]
    public async Task RandomBytes_AreAnsweredOrRefused()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var random = new Random(42);
        var types = new[] { "application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain", "application/foo+json", ";;" };
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            var content = new ByteArrayContent(i % 2 == 0 ? bytes : Mutated(random));
            content.Headers.TryAddWithoutValidation("Content-Type", random.Pick(types));
            var reply = await PortalCalls.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{portal.WebhookUrl}{random.Pick(Methods)}") { Content = content });
            Assert.NotEqual(HttpStatusCode.InternalServerError, reply.Status);
        }
    }

    [Fact]
    public async Task RandomRequestLines_LeaveThePortalAlive()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(portal.PortalUrl).Port);
            var stream = socket.GetStream();
            var path = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => "/rest%2e[]$&?=1api \\\"é"[random.Next(22)])]);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"POST /rest/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{{}}"));
            using var reader = new StreamReader(stream);
            var status = await reader.ReadLineAsync();
            Assert.DoesNotContain(" 500 ", status ?? "", StringComparison.Ordinal);
        }

        Assert.Null((await portal.CallAsync("biconnector.source.fields")).Error);
    }

    private static JsonNode? JsonBody(Random random) => random.Next(4) switch
    {
        0 => 1,
        1 => "text",
        2 => new JsonArray("ID", "NAME"),
        _ => new JsonObject { ["ID"] = 1, [">=ID"] = 1, ["NAME"] = "n", ["TITLE"] = "t" },
    };

    private static string Json(Random random, int depth) => random.Next(depth > 4 ? 5 : 8) switch
    {
        0 => random.Pick(["null", "true", "false", "\"\"", "1e999", "-0", "12345678901234567890123", "\"\\ud800\""]),
        1 => random.Next(-5, 100).ToString(System.Globalization.CultureInfo.InvariantCulture),
        2 or 3 => $"\"{random.Pick(Words).Replace("\u0000", "\\u0000", StringComparison.Ordinal)}\"",
        4 => "\"2026-01-01 10:00:00\"",
        5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Json(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"\"{random.Pick(Words).Replace("\u0000", "", StringComparison.Ordinal)}\":{Json(random, depth + 1)}"))}}}",
    };

    private static string Form(Random random) => string.Join('&', Enumerable.Range(0, random.Next(8)).Select(_ =>
    {
        var name = Uri.EscapeDataString(random.Pick(Words)) + string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => random.Pick(["[]", "[0]", "[1]", "[", "]", $"[{Uri.EscapeDataString(random.Pick(Words))}]"])));
        return $"{name}={Uri.EscapeDataString(random.Pick(Words))}";
    }));

    private static byte[] Mutated(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes("--x\r\nContent-Disposition: form-data; name=\"fields[name]\"\r\n\r\n{\"fields\":{\"name\":\"a\",\"fields\":[]}}\r\n--x--\r\n");
        for (var i = 0; i < 3; i++)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}

/// <summary>Random choice.</summary>
internal static class RandomPick
{
    public static T Pick<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
