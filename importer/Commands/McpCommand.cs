using System.CommandLine;
using Bitrix24.Gen.Importer.Mcp;
using Bitrix24.Gen.Importer.Portal;
using Bitrix24.Gen.Specs;
using ModelContextProtocol.Server;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary><c>b24-spec mcp</c>: a Model Context Protocol server on standard input and output.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var specs = new Option<DirectoryInfo?>("--specs") { Description = "Folder of spec files, over the packaged ones: those that pull wrote, for example." };
        var allowPortal = new Option<bool>("--allow-portal") { Description = "Offer call_portal, which reads the user's portal." };
        var allowWrites = new Option<bool>("--allow-writes") { Description = "Let call_portal change the portal too." };
        var portal = new Option<string?>("--portal") { Description = "The portal: https://example.bitrix24.com; default: the webhook's." };
        var tokens = new Option<string?>("--tokens") { Description = "Folder of a token store (FileTokenStore)." };
        var command = new Command(
            "mcp",
            "A Model Context Protocol server for assistants, on standard input and output: search, describe, validate_call, csharp_snippet, simulate. "
            + $"{PortalCredentials.Help} Exit code 0: the assistant closed the session; 2: not started.")
        {
            specs, allowPortal, allowWrites, portal, tokens,
        };
        command.SetAction((result, cancellationToken) => Task.FromResult(CommandFailure.Guard(
            () => RunAsync(
                result.GetValue(specs), result.GetValue(allowPortal) || result.GetValue(allowWrites), result.GetValue(allowWrites),
                result.GetValue(portal), result.GetValue(tokens), cancellationToken).GetAwaiter().GetResult(),
            Console.Error)));
        return command;
    }

    private static async Task<int> RunAsync(
        DirectoryInfo? specs, bool allowPortal, bool allowWrites, string? address, string? tokens, CancellationToken cancellationToken)
    {
        var set = SpecFolder.Specs(specs);
        using var portal = allowPortal ? new PortalAccess(set, PortalCredentials.Find(address, tokens, Environment.GetEnvironmentVariable)) { AllowWrites = allowWrites } : null;
        await using var emulator = new EmulatorTools(set, specs?.FullName);
        var options = SpecServer.Options(set, emulator, portal is null ? null : tools => new PortalTools(portal, tools, set));
        await using var transport = new StdioServerTransport(options);
        await using var server = McpServer.Create(transport, options);
        try
        {
            await server.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Editors end a server by a signal: that is no failure.
        }

        return ExitCode.Clean;
    }
}
