using System.Diagnostics;

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
            var webhook = await WebhookAsync(process);
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

    private Process Start() => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(RepositoryRoot.Folder, "emulator", "bin", Configuration, "net10.0", "b24-emulator.dll"), "--data", _file])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static string Configuration => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    private static async Task<string> WebhookAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("webhook: ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return line["webhook: ".Length..].Split(' ')[0];
            }
        }

        throw new InvalidOperationException($"The emulator did not start: {await process.StandardError.ReadToEndAsync()}");
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
