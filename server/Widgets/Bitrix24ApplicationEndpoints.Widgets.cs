using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

public sealed partial class Bitrix24ApplicationEndpoints<TClient>
{
    private const string VibeWidgetName = "Vibe widget";

    /// <summary>Maps the handler of a Vibe widget: what <c>fetch(params)</c> calls.</summary>
    /// <param name="path">The path below the application's: <c>/widget</c>.</param>
    /// <param name="handler">Gets what fetch was called with; answers the data for the markup, or a part of it.</param>
    /// <returns>The address for <c>handler</c> of WIDGET_PARAMS; it has a key, so that only portals know it.</returns>
    public Func<string> MapVibeWidget(string path, Func<VibeRequest, CancellationToken, Task<JsonNode?>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return MapCallback(path, VibeWidgetName, null, async (request, observed, memberId, context) =>
        {
            var data = await handler(new(request, memberId), context.RequestAborted).ConfigureAwait(false);
            if (data is not (null or JsonObject))
            {
                var kind = data is JsonArray ? "a list" : "a single value";
                throw new CallbackAnswerException(VibeWidgetName, [new("B24106", "answer", null, $"The answer of a widget is an object of names and values, not {kind}.")]);
            }

            await JsonAnswer.WriteAsync(context, VibeWidgetName, writer => (data ?? new JsonObject()).WriteTo(writer)).ConfigureAwait(false);
            observed.Done("answered");
        });
    }
}
