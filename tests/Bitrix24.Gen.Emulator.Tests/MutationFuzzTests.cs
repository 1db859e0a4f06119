using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Runs alone: it measures the memory of the process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Good requests with a few bytes changed, dropped or doubled, over raw sockets: each is answered or cut, none with 500.</summary>
[Collection(nameof(Alone))]
public sealed class MutationFuzzTests
{
    /// <summary>FUZZ_ROUNDS=50000 is the long run.</summary>
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 2000;

    [Fact]
    public async Task MutatedRequests_AreAnswered_AndNeverWith500()
    {
        await using var portal = await PortalEmulator.StartAsync(new() { CallLogCapacity = 100 });
        var port = new Uri(portal.PortalUrl).Port;
        var seeds = Requests(portal, port).Select(Encoding.Latin1.GetBytes).ToArray();
        var random = new Random(20261127);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var round = 0; round < Rounds; round++)
        {
            var request = Mutated(random, seeds[random.Next(seeds.Length)]);
            string status;
            try
            {
                status = await SendAsync(port, request);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Round {round} was not answered:\n{Encoding.Latin1.GetString(request)}", e);
            }

            // 503 is the limit of requests, 505 the answer to a mutated version of HTTP.
            Assert.False(status.StartsWith("HTTP/1.1 5", StringComparison.Ordinal) && !status.Contains(" 503", StringComparison.Ordinal) && !status.Contains(" 505", StringComparison.Ordinal), $"Round {round}: {status}\n{Encoding.Latin1.GetString(request)}");
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 100L * 1024 * 1024);
        Assert.Null((await portal.CallAsync("biconnector.connector.list")).Error);
    }

    private static IEnumerable<string> Requests(PortalEmulator portal, int port)
    {
        var webhook = new Uri(portal.WebhookUrl).AbsolutePath;
        yield return Post($"{webhook}crm.deal.add", "application/json", """{"fields":{"TITLE":"A","OPPORTUNITY":5,"PHONE":[{"VALUE":"1"}]}}""");
        yield return Post($"{webhook}batch", "application/x-www-form-urlencoded", "halt=0&cmd[a]=crm.deal.add%3Ffields%5BTITLE%5D%3DA&cmd[b]=crm.deal.get%3Fid%3D%24result%5Ba%5D");
        yield return Post($"{webhook}crm.deal.list", "application/x-www-form-urlencoded", "filter[%3E=ID]=1&order[ID]=DESC&select[]=*&start=0");
        yield return Post($"{webhook}crm.deal.add", "multipart/form-data; boundary=xx", "--xx\r\nContent-Disposition: form-data; name=\"fields[TITLE]\"\r\n\r\nA\r\n--xx--\r\n");
        yield return Post("/rest/api/tasks.task.list", "application/json", """{"filter":[["id",">",1]],"pagination":{"limit":5}}""", $"Authorization: Bearer {portal.AccessToken}\r\n");
        yield return Post("/v1/deals/search", "application/json", """{"filter":{"amount":{"$gte":5}},"sort":"-id","limit":5}""", $"X-Api-Key: {portal.ApiKey}\r\n");
        yield return Post("/v1/batch", "application/json", """{"calls":[{"id":"a","entity":"deals","action":"list"}]}""", $"X-Api-Key: {portal.ApiKey}\r\n");
        yield return Post("/api/v4/widgets/x", "application/json", """{"login":"a"}""", $"Authorization: Bearer {portal.AccessToken}\r\n");
        yield return Post("/oauth/token/", "application/x-www-form-urlencoded", $"grant_type=refresh_token&client_id={portal.ClientId}&client_secret={portal.ClientSecret}&refresh_token=x");
        yield return Post("/_emulator/api/faults", "application/json", """{"fault":"late","delay":0}""", $"X-Emulator-Token: {portal.ControlToken}\r\n");
        yield return $"GET /oauth/authorize/?client_id={portal.ClientId}&redirect_uri=https%3A%2F%2Fexample.com%2F&state=a HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n";

        string Post(string path, string type, string body, string headers = "") =>
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}Content-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
    }

    private static byte[] Mutated(Random random, byte[] request)
    {
        var bytes = request.ToList();
        for (var change = random.Next(1, 6); change > 0 && bytes.Count > 1; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, (byte)"[]{}\":,&=%\0\r\n$.-"[random.Next(16)]);
                    break;
                case 3:
                    var length = Math.Min(random.Next(1, 20), bytes.Count - at);
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>The status line; empty where the connection was cut, as it is for what is no HTTP.</summary>
    private static async Task<string> SendAsync(int port, byte[] request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        try
        {
            await socket.SendAsync(request);
            // A request that promises more than it has waits for the rest: there is none.
            socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[256];
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var read = await socket.ReceiveAsync(buffer, timeout.Token);
            return Encoding.Latin1.GetString(buffer, 0, read).Split('\r')[0];
        }
        catch (SocketException)
        {
            return "";
        }
    }
}
