extern alias runtime;
using System.ComponentModel;
using System.Text.Json;
using Bitrix24.Gen.Importer.Portal;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;
using runtime::Bitrix24;

namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>Calls on a real portal, offered only where the user asked for it.</summary>
/// <param name="portal">The portal.</param>
/// <param name="tools">Check calls before they are sent.</param>
/// <param name="set">The specs.</param>
internal sealed class PortalTools(PortalAccess portal, SpecTools tools, SpecSet set)
{
    private const int MostText = 100_000;

    /// <summary>Assistants ask their user before they call a tool that says so.</summary>
    public bool MayWrite => portal.AllowWrites;

    public async Task<string> CallPortalAsync(
        [Description("The method's name; v3/ in front of it: that of REST 3.0.")] string method,
        [Description("The parameters as a JSON object.")] JsonElement parameters,
        CancellationToken cancellationToken = default)
    {
        var (api, name) = SpecSelector.OfCall(method);
        var check = tools.Check(name, parameters, api);
        if (!check.Valid)
            return ReportJson.Serialize(check);
        if (!portal.AllowWrites && set.FindMethod(name, api)?.Idempotency != Idempotency.Read)
            return ReportJson.Serialize(new { error = $"{method} may change the portal, and this server only reads. Use simulate; the user can start the server with --allow-writes." });
        try
        {
            var node = SpecTools.Node(parameters);
            var answer = await portal.CallAsync(method, node is null ? null : JsonSerializer.Deserialize<JsonElement>(node.ToJsonText()), cancellationToken).ConfigureAwait(false);
            var text = answer.ToJsonText();
            return text.Length <= MostText ? text : ReportJson.Serialize(new { error = $"The answer has {text.Length} characters; ask for less with select, filter or a page." });
        }
        catch (Bitrix24Exception e)
        {
            return ReportJson.Serialize(new { error = e.Message });
        }
    }
}
