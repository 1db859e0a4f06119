using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>How fast an emulated portal starts, reads and writes, and how much memory its records take. Client and portal share the processors.</summary>
internal sealed class Speed(TextWriter output)
{
    private const int Clients = 4;
    private const int Deals = 200_000;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(5);

    public async Task RunAsync(string? program)
    {
        if (program is not null)
            await StartUpAsync(program);
        await using var portal = await PortalEmulator.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients });
        for (var i = 0; i < 200; i++)
            await SendAsync(http, portal, "crm.deal.add", new JsonObject { ["fields"] = new JsonObject { ["TITLE"] = $"Deal {i}", ["OPPORTUNITY"] = i, ["COMMENTS"] = "text", ["COMPANY_ID"] = (i % 10) + 1 } }.ToJsonString());
        await RateAsync("lists of 50 full rows", http, portal, "crm.deal.list", """{"order":{"ID":"ASC"},"select":["*","UF_*"]}""");
        await RateAsync("lists of 50 rows with three fields", http, portal, "crm.deal.list", """{"order":{"ID":"ASC"},"filter":{">ID":50},"select":["ID","TITLE","STAGE_ID"],"start":-1}""");
        await RateAsync("gets", http, portal, "crm.deal.get", """{"id":7}""");
        await RateAsync("adds", http, portal, "crm.deal.add", """{"fields":{"TITLE":"Deal"}}""");
        await MemoryAsync();
    }

    private async Task StartUpAsync(string program)
    {
        var times = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            var started = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--log", "text"]) { RedirectStandardOutput = true })!;
            while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("control:", StringComparison.Ordinal))
            {
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            process.Kill();
            await process.WaitForExitAsync();
        }

        output.WriteLine($"start-up of the program: {times.Min():0.00} s at best, {times.Order().ElementAt(times.Count / 2):0.00} s in the middle of {times.Count}");
    }

    private async Task RateAsync(string what, HttpClient http, PortalEmulator portal, string method, string parameters)
    {
        for (var i = 0; i < 200; i++)
            await SendAsync(http, portal, method, parameters);
        var (calls, bytes) = (0L, 0L);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < Each)
            {
                Interlocked.Add(ref bytes, await SendAsync(http, portal, method, parameters));
                Interlocked.Increment(ref calls);
            }
        }));
        output.WriteLine($"{what}: {calls / Stopwatch.GetElapsedTime(started).TotalSeconds:0} a second, {bytes / Math.Max(calls, 1)} bytes each");
    }

    private static async Task<long> SendAsync(HttpClient http, PortalEmulator portal, string method, string parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, portal.RestUrl + method) { Content = new StringContent(parameters, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", portal.AccessToken);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        response.EnsureSuccessStatusCode();
        return body.Length;
    }

    private async Task MemoryAsync()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Deals; i++)
        {
            portal.Seed("crm.deal/Deal", new JsonObject
            {
                ["TITLE"] = $"Deal {i}",
                ["STAGE_ID"] = "NEW",
                ["OPPORTUNITY"] = i,
                ["CURRENCY_ID"] = "USD",
                ["COMPANY_ID"] = i % 1000,
                ["ASSIGNED_BY_ID"] = 1,
                ["COMMENTS"] = $"Comment {i}",
            }.ToJsonString());
        }

        var taken = Stopwatch.GetElapsedTime(started);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"{Deals} deals: {held / 1024.0 / 1024.0:0} MB of objects, {Process.GetCurrentProcess().WorkingSet64 / 1024.0 / 1024.0:0} MB of the process; made in {taken.TotalSeconds:0.0} s");
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients });
        await RateAsync($"lists by >ID in {Deals}", http, portal, "crm.deal.list", """{"order":{"ID":"ASC"},"filter":{">ID":150000},"select":["*"],"start":-1}""");
        await RateAsync($"lists by COMPANY_ID in {Deals}", http, portal, "crm.deal.list", """{"order":{"ID":"ASC"},"filter":{"COMPANY_ID":7},"select":["*"]}""");
    }
}
