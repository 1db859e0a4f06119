using System.Text.RegularExpressions;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Docs.Tests;

/// <summary>samples/Everyday runs on an emulated portal, and sends what the documentation says: <c>Everyday.requests.txt</c>.</summary>
public sealed partial class EverydayRunTests
{
    [Fact]
    public async Task Everyday_code_runs_and_sends_these_bodies()
    {
        await using var portal = await PortalEmulator.StartAsync();
        using var wire = new Wire();
        using var http = new HttpClient(wire);

        await RunAsync(portal, http);

        Assert.Equal([], portal.Requests.Where(static c => c.Findings.Count > 0 || (!c.Executed && c.Method != "batch")).Select(static c => $"{c.Method}: {c.Status} {c.Error}"));
        var file = RepositoryRoot.PathTo("tests", "Bitrix24.Gen.Docs.Tests", "Everyday.requests.txt");
        if (Environment.GetEnvironmentVariable("B24_ACCEPT_SNAPSHOTS") == "1")
            await File.WriteAllLinesAsync(file, wire.Sent);
        Assert.Equal(await File.ReadAllLinesAsync(file), wire.Sent);
    }

    private static Task RunAsync(PortalEmulator portal, HttpClient http)
    {
        var sources = Directory.EnumerateFiles(RepositoryRoot.PathTo("samples", "Everyday"), "*.cs").Where(static f => Path.GetFileName(f) != "Program.cs").Select(File.ReadAllText);
        return new PageProgram(sources, ProjectKind.Console, PackagedFiles.All).RunAsync(async assembly =>
        {
            var options = new Bitrix24ClientOptions { HttpClient = http };
            using var client = (Bitrix24Client)Activator.CreateInstance(assembly.GetType("Everyday.Portal")!, Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken), options)!;
            var log = Activator.CreateInstance(assembly.GetType("Everyday.Log")!, TextWriter.Null);
            var application = assembly.GetType("Everyday.Application")!;
            await (Task)application.GetMethod("RunAsync")!.Invoke(Activator.CreateInstance(application, client, log), [CancellationToken.None])!;
        });
    }

    /// <summary>Keeps the bodies of calls, with a mark for moments and for what the portal makes up.</summary>
    private sealed partial class Wire() : DelegatingHandler(new SocketsHttpHandler())
    {
        public List<string> Sent { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { Headers.ContentType.MediaType: "application/json" } content)
                Sent.Add($"{Path.GetFileName(request.RequestUri!.AbsolutePath)} {MadeUp().Replace(await content.ReadAsStringAsync(cancellationToken), "~")}");
            return await base.SendAsync(request, cancellationToken);
        }

        [GeneratedRegex(@"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?|(?<=:)1[789]\d{8}(?=[,}])|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.\d+)?|[0-9a-f]{16,}")]
        private static partial Regex MadeUp();
    }
}
