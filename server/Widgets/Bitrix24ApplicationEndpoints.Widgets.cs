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
        return MapCallback(path, "Vibe widget", async (request, context) =>
        {
            var data = await handler(new(request), context.RequestAborted).ConfigureAwait(false);
            await WriteAsync(context, writer =>
            {
                if (data is null)
                    writer.WriteRawValue("{}"u8);
                else
                    data.WriteTo(writer);
            }).ConfigureAwait(false);
        });
    }

    /// <summary>Maps a callback that the specs describe: a delivery service, a cashbox, a payment system, an SMS provider, a robot.</summary>
    /// <typeparam name="TRequest">The generated record of what the portal sends.</typeparam>
    /// <param name="path">The path below the application's.</param>
    /// <param name="handler">Answers the value to send back.</param>
    /// <returns>The address to register; it has a key, so that only portals know it.</returns>
    public Func<string> MapCallback<TRequest>(string path, Func<TRequest, CancellationToken, Task<Bitrix24Input?>> handler)
        where TRequest : Bitrix24Object, IIncomingType, new()
    {
        ArgumentNullException.ThrowIfNull(handler);
        return MapCallback(path, TRequest.Code, async (request, context) =>
        {
            var answer = await handler(request.Read<TRequest>(), context.RequestAborted).ConfigureAwait(false);
            await WriteAsync(context, writer =>
            {
                if (answer is null)
                    writer.WriteRawValue("{}"u8);
                else
                    IncomingRequest.WriteAnswer(writer, answer);
            }).ConfigureAwait(false);
        });
    }

    private Func<string> MapCallback(string path, string what, Func<IncomingRequest, HttpContext, Task> run)
    {
        path = "/" + path.Trim('/');
        var guard = Guard(path);
        var telemetry = _pipeline.Telemetry;
        _group.MapPost(path, (RequestDelegate)(context => guard.RunAsync(context, telemetry, what, async (request, observed) =>
        {
            await run(request, context).ConfigureAwait(false);
            observed.Done("answered");
        })));
        return () => PublicAddress.Of(_options, _prefix + path).AbsoluteUri + guard.Query;
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
            write(writer);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
