extern alias runtime;

using System.IO.Pipelines;
using System.Text.Json;
using Bitrix24.Gen.Importer.Mcp;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Portal;
using Bitrix24.Gen.Specs;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Bitrix24.Gen.Tool.Tests;

/// <summary>An assistant's session with the server, over the protocol, in this process.</summary>
internal sealed class AssistantSession : IAsyncDisposable
{
    public static SpecSet Packaged { get; } = SpecSet.Create(PackagedSpecs.Documents);

    private readonly CancellationTokenSource _stop = new();
    private readonly EmulatorTools _emulator;
    private readonly Task _running;
    private readonly McpServer _server;

    private AssistantSession(McpServer server, McpClient client, EmulatorTools emulator)
    {
        (_server, Client, _emulator) = (server, client, emulator);
        _running = server.RunAsync(_stop.Token);
    }

    public McpClient Client { get; private set; }

    public static async Task<AssistantSession> StartAsync(PortalAccess? portal = null)
    {
        var (toServer, toClient) = (new Pipe(), new Pipe());
        var emulator = new EmulatorTools(Packaged, null);
        var options = SpecServer.Options(Packaged, emulator, portal is null ? null : tools => new PortalTools(portal, tools, Packaged));
        var server = McpServer.Create(new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream(), "b24-spec"), options);
        var session = new AssistantSession(server, null!, emulator);
        session.Client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()));
        return session;
    }

    public async Task<JsonElement> CallAsync(string tool, object arguments)
    {
        using var given = JsonDocument.Parse(JsonSerializer.Serialize(arguments));
        var result = await Client.CallToolAsync(tool, given.RootElement.EnumerateObject().ToDictionary(static p => p.Name, static p => (object?)p.Value.Clone()));
        var text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.False(result.IsError ?? false, text);
        using var answer = JsonDocument.Parse(text);
        return answer.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _stop.CancelAsync();
        await _running.ContinueWith(static _ => { }, TaskScheduler.Default);
        await _server.DisposeAsync();
        await _emulator.DisposeAsync();
        _stop.Dispose();
    }
}
