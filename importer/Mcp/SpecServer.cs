using Bitrix24.Gen.Specs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>The Model Context Protocol server over the specs.</summary>
internal static class SpecServer
{
    private const string Instructions =
        """
        Bitrix24 REST by its specs. To build a call: search for the method, describe it, validate_call with your parameters until it is
        valid (each violation names the rule and the fix), then csharp_snippet for the C# of it. simulate makes the call on an emulated
        portal, which keeps records for the session. Names of parameters and fields are exact; do not guess them.
        """;

    /// <summary>What the server offers.</summary>
    /// <param name="set">The specs.</param>
    /// <param name="emulator">Makes calls on an emulated portal.</param>
    /// <param name="portal">Makes calls on a real one; null: it does not.</param>
    public static McpServerOptions Options(SpecSet set, EmulatorTools emulator, Func<SpecTools, PortalTools>? portal)
    {
        var specs = new SpecTools(set);
        var tools = new McpServerPrimitiveCollection<McpServerTool>
        {
            Tool(specs.Search, "search", "Finds methods by words: what they do, to which records.", readOnly: true),
            Tool(specs.Describe, "describe", "All that the spec says of a method: parameters, types, rules, answer, errors, documentation link.", readOnly: true),
            Tool(specs.ValidateCall, "validate_call", "Checks a call by the rules of the spec, without sending it. Answers each violation with rule, place and fix.", readOnly: true),
            Tool(specs.CSharpSnippet, "csharp_snippet", "C# for a call with Bitrix24.Gen: typed where the generated code can say it. A call that breaks rules is refused.", readOnly: true),
            Tool(emulator.SimulateAsync, "simulate", "Makes the call on a portal emulated in this process. Records live until the session ends.", readOnly: false),
        };
        if (portal?.Invoke(specs) is { } real)
        {
            tools.Add(Tool(real.CallPortalAsync, "call_portal", "Makes the call on the user's portal, after checking it.", readOnly: !real.MayWrite, openWorld: true, destructive: real.MayWrite));
        }

        return new()
        {
            ServerInfo = new Implementation { Name = "b24-spec", Version = typeof(SpecServer).Assembly.GetName().Version!.ToString(3) },
            ServerInstructions = Instructions,
            ToolCollection = tools,
        };
    }

    private static McpServerTool Tool(Delegate method, string name, string description, bool readOnly, bool openWorld = false, bool destructive = false) =>
        new ExplainingTool(McpServerTool.Create(method, new() { Name = name, Description = description, ReadOnly = readOnly, OpenWorld = openWorld, Destructive = destructive }));
}
