using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Records in a data file outlive the portal's process.</summary>
public sealed class DataFileTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"b24-emulator-{Guid.NewGuid():N}.db");

    public void Dispose()
    {
        foreach (var file in new[] { _file, _file + "-wal", _file + "-shm" })
            File.Delete(file);
    }

    [Fact]
    public async Task Records_AreThereInTheNextPortal()
    {
        int deal;
        await using (var first = await PortalEmulator.StartAsync(new() { DataFile = _file }))
        {
            deal = (await first.CallAsync("crm.deal.add", """{"fields":{"TITLE":"Kept","OPPORTUNITY":5.5}}""")).Result!.GetValue<int>();
            var gone = (await first.CallAsync("crm.deal.add", """{"fields":{"TITLE":"Gone"}}""")).Result!.GetValue<int>();
            await first.CallAsync("crm.deal.delete", $$"""{"id":{{gone}}}""");
            await first.CallAsync("crm.deal.userfield.add", """{"fields":{"FIELD_NAME":"NOTE","USER_TYPE_ID":"string"}}""");
            await first.CallAsync("crm.deal.update", $$$"""{"id":{{{deal}}},"fields":{"UF_CRM_NOTE":"n"}}""");
        }

        await using var second = await PortalEmulator.StartAsync(new() { DataFile = _file });
        var kept = (await second.CallAsync("crm.deal.get", $$"""{"id":{{deal}}}""")).Result!;
        Assert.Equal(("Kept", "5.50", "n"), (kept["TITLE"]!.GetValue<string>(), kept["OPPORTUNITY"]!.GetValue<string>(), kept["UF_CRM_NOTE"]!.GetValue<string>()));
        Assert.Single((await second.CallAsync("crm.deal.list")).Result!.AsArray());
        Assert.Equal(3, (await second.CallAsync("user.get")).Result!.AsArray().Count);
    }

    /// <summary>Kills the process while 64 writers run: every write that was answered is in the file.</summary>
    [Fact]
    public async Task AKilledProcess_HasLostNothingThatItAnswered()
    {
        var answered = new System.Collections.Concurrent.ConcurrentBag<long>();
        using (var process = Start())
        {
            var (webhook, _) = await AddressesAsync(process);
            using var http = new HttpClient();
            var writers = Enumerable.Range(0, 64).Select(i => Task.Run(() => WriteAsync(http, webhook, answered))).ToArray();
            var written = Stopwatch.StartNew();
            while (answered.Count < 500 && written.Elapsed < TimeSpan.FromSeconds(20))
                await Task.Delay(10);
            Assert.All(writers, static w => Assert.False(w.IsCompleted));
            process.Kill(); // SIGKILL outside Windows.
            await process.WaitForExitAsync();
            await Task.WhenAll(writers);
        }

        Assert.NotEmpty(answered);
        await using var portal = await PortalEmulator.StartAsync(new() { DataFile = _file });
        var kept = portal.Records("crm.deal/Deal").Select(static r => r["ID"]!.GetValue<long>()).ToHashSet();
        Assert.All(answered, id => Assert.Contains(id, kept));
    }

    /// <summary>Kills the process after an application has registered all that it can: the next portal sends and calls as before.</summary>
    [Fact]
    public async Task WhatCallsRegistered_OutlivesAKilledProcess()
    {
        using var handler = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/";
        handler.Prefixes.Add(address);
        handler.Start();
        string webhook;
        string token;
        using (var process = Start())
        {
            (webhook, token) = await AddressesAsync(process);
            using var http = new HttpClient();
            await CallAsync(http, webhook, token, "event.bind", new { @event = "ONCRMDEALADD", handler = address + "event" });
            await CallAsync(http, webhook, token, "event.bind", new { @event = "ONCRMDEALADD", event_type = "offline", handler = address + "offline" });
            await CallAsync(http, webhook, token, "placement.bind", new { PLACEMENT = "CRM_DEAL_DETAIL_TAB", HANDLER = address + "tab" });
            await CallAsync(http, webhook, token, "bizproc.robot.add", new { CODE = "kept", HANDLER = address + "robot", AUTH_USER_ID = 1, NAME = "Kept" });
            await CallAsync(http, webhook, token, "imconnector.register", new { ID = "kept", NAME = "Kept", ICON = new { DATA_IMAGE = "data:image/svg+xml;base64,AA==" }, PLACEMENT_HANDLER = address + "connector" });
            await CallAsync(http, webhook, token, "crm.deal.add", new { fields = new { TITLE = "Before" } });
            Assert.Equal("event", await HandledAsync(handler));
            process.Kill();
            await process.WaitForExitAsync();
        }

        await using var portal = await PortalEmulator.StartAsync(new() { DataFile = _file });
        Assert.Equal((new Uri(webhook).AbsolutePath, token), (new Uri(portal.WebhookUrl).AbsolutePath, portal.AccessToken));
        Assert.Equal(1, portal.OfflineEventCount);
        portal.AssignRobot("crm.deal", "WON", "kept");
        Assert.Equal(2, (await portal.CallAsync("crm.deal.add", """{"fields":{"TITLE":"After","STAGE_ID":"WON"}}""")).Result!.GetValue<int>());
        Assert.Equal(["event", "robot"], new[] { await HandledAsync(handler), await HandledAsync(handler) }.Order(StringComparer.Ordinal));
        var opened = portal.OpenPlacementAsync("CRM_DEAL_DETAIL_TAB", "{}");
        Assert.Equal("tab", await HandledAsync(handler));
        await opened;
        Assert.Equal("Kept", (await portal.CallAsync("imconnector.list")).Result!["kept"]!.GetValue<string>());
        Assert.Equal(2, portal.OfflineEventCount);
        portal.Reset();
        Assert.Equal(1, portal.OfflineEventCount);
    }

    private Process Start() => Process.Start(new ProcessStartInfo("dotnet", [RepositoryRoot.PathTo("emulator", "bin", Configuration, "net10.0", "b24-emulator.dll"), "--data", _file])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static string Configuration => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>The address of the webhook and the application's token, as the program prints them.</summary>
    private static async Task<(string Webhook, string Token)> AddressesAsync(Process process)
    {
        string? webhook = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("webhook: ", StringComparison.Ordinal))
                webhook = line.Split(' ')[1];
            if (!line.StartsWith("application: ", StringComparison.Ordinal) || webhook is null)
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return (webhook, line.Split(' ')[2]);
        }

        throw new InvalidOperationException($"The emulator did not start: {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Calls as the application.</summary>
    private static async Task CallAsync(HttpClient http, string webhook, string token, string method, object parameters)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(parameters)!.AsObject();
        body["auth"] = token;
        using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(new Uri(webhook), $"/rest/{method}"), content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Answers the next request that the portal sends; its path.</summary>
    private static async Task<string> HandledAsync(HttpListener handler)
    {
        var request = await handler.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(20));
        request.Response.Close();
        return request.Request.Url!.AbsolutePath.Trim('/');
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task WriteAsync(HttpClient http, string webhook, System.Collections.Concurrent.ConcurrentBag<long> answered)
    {
        try
        {
            while (true)
            {
                using var content = new StringContent("""{"fields":{"TITLE":"T"}}""", System.Text.Encoding.UTF8, "application/json");
                using var response = await http.PostAsync(webhook + "crm.deal.add", content);
                answered.Add(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!.GetValue<long>());
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The process has died, as it should.
        }
    }
}
