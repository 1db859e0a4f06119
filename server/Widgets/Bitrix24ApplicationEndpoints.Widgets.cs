using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

public sealed partial class Bitrix24ApplicationEndpoints<TClient>
{
    /// <summary>Maps the handler of a Vibe widget: what <c>fetch(params)</c> calls.</summary>
    /// <param name="path">The path below the application's: <c>/widget</c>.</param>
    /// <param name="handler">Gets what fetch was called with; answers the data for the markup, or a part of it.</param>
    /// <returns>The address for <c>handler</c> of WIDGET_PARAMS; it has a key, so that only portals know it.</returns>
    public Func<string> MapVibeWidget(string path, Func<VibeRequest, CancellationToken, Task<JsonNode?>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return MapCallback(path, "Vibe widget", async (request, observed, memberId, context) =>
        {
            var data = await handler(new(request, memberId), context.RequestAborted).ConfigureAwait(false);
            await JsonAnswer.WriteAsync(context, writer =>
            {
                if (data is null)
                    writer.WriteRawValue("{}"u8);
                else
                    data.WriteTo(writer);
            }).ConfigureAwait(false);
            observed.Done("answered");
        });
    }
}
