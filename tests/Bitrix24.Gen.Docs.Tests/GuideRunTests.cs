using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Docs.Tests;

/// <summary>The code of the tutorials runs, from the first block to the last, on a portal that is emulated.</summary>
public sealed class GuideRunTests
{
    public static TheoryData<string> Guides => [.. Pages.All.Where(static p => p.StartsWith("docs/guides/", StringComparison.Ordinal) && Pages.Blocks(p).Any(static b => b is { Language: "csharp", Kind: "" }))];

    [Theory]
    [MemberData(nameof(Guides))]
    public async Task Code_of_the_guide_runs_on_the_emulator(string page)
    {
        await using var portal = await PortalEmulator.StartAsync();

        await RunAsync(PageProgram.Of(page), portal);

        // A guide that starts a portal of its own leaves this one alone.
        Assert.True(portal.Requests.Count > 0 || Pages.Read(page).Contains("PortalEmulator.StartAsync", StringComparison.Ordinal));
        // A call that the portal refuses, or about which it has something to say, is no example; one that is refused on purpose is in a try block.
        var refused = portal.Requests.Where(static c => c.Findings.Count > 0 || (!c.Executed && c.Method != "batch"))
            .Where(c => !(page.EndsWith("getting-started.md", StringComparison.Ordinal) && (c.Method, c.Status) is ("crm.deal.get", 400)))
            .Select(static c => $"{c.Method}: {c.Status} {c.Error} {string.Join(", ", c.Findings.Select(static f => $"{f.RuleId} {f.Path} {f.Message}"))}");
        Assert.Equal([], refused);
    }

    private static Task RunAsync(PageProgram program, PortalEmulator portal) => program.RunAsync(async assembly =>
    {
        using var client = (Bitrix24Client)Activator.CreateInstance(assembly.GetType("Portal")!, Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken), null)!;
        Environment.SetEnvironmentVariable("B24_WEBHOOK", portal.WebhookUrl);
        Environment.SetEnvironmentVariable("B24_PORTAL", portal.PortalUrl);
        Environment.SetEnvironmentVariable("B24_ACCESS_TOKEN", portal.AccessToken);
        foreach (var part in assembly.GetType("Page")!.GetMethods().Where(static m => m.Name.StartsWith("Part", StringComparison.Ordinal)).OrderBy(static m => m.Name, StringComparer.Ordinal))
            await (Task)part.Invoke(null, [.. part.GetParameters().Select(p => p.Name == "portal" ? (object)client : throw new InvalidOperationException($"A guide that runs takes nothing for given but its client: {p.Name}."))])!;
    });
}
