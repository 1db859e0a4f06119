using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>A tool that says which argument is missing or of the wrong type: the library says only that the call failed.</summary>
/// <param name="tool">The tool.</param>
internal sealed class ExplainingTool(McpServerTool tool) : DelegatingMcpServerTool(tool)
{
    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        var schema = ProtocolTool.InputSchema;
        var given = request.Params?.Arguments ?? new Dictionary<string, JsonElement>();
        var properties = schema.GetProperty("properties");
        var wrong = new List<string>();
        if (schema.TryGetProperty("required", out var required))
            wrong.AddRange(required.EnumerateArray().Select(static r => r.GetString()!).Where(r => !given.ContainsKey(r)).Select(static r => $"\"{r}\" is missing."));
        foreach (var (name, value) in given)
        {
            if (!properties.TryGetProperty(name, out var property))
                wrong.Add($"\"{name}\" is no argument of {ProtocolTool.Name}; it takes {string.Join(", ", properties.EnumerateObject().Select(static p => p.Name))}.");
            else if (Types(property) is { Count: > 0 } types && !types.Contains(TypeOf(value)))
                wrong.Add($"\"{name}\" must be of type {string.Join(" or ", types.Except(["null"]))}.");
        }

        return wrong.Count == 0
            ? await base.InvokeAsync(request, cancellationToken).ConfigureAwait(false)
            : new() { IsError = true, Content = [new TextContentBlock { Text = string.Join(' ', wrong) }] };
    }

    // An argument of no type takes any JSON.
    private static List<string> Types(JsonElement property) => !property.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(static t => t.GetString()!)]
        : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
