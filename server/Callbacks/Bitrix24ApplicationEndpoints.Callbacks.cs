using Bitrix24;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

public sealed partial class Bitrix24ApplicationEndpoints<TClient>
{
    /// <summary>Maps a callback that takes an answer: a delivery service, a payment system, a cashbox.</summary>
    /// <typeparam name="TRequest">The generated record of what the portal sends.</typeparam>
    /// <typeparam name="TAnswer">What the spec says is answered: a generated record, a list of records, a map or a single value.</typeparam>
    /// <param name="path">The path below the application's: <c>/delivery</c>.</param>
    /// <param name="handler">Answers. An answer that breaks a rule of the spec does not leave: the portal gets its form of a failure, or status 500, and the log what is wrong.</param>
    /// <returns>The address to register; it has a key, so that only portals know it.</returns>
    public Func<string> MapCallback<TRequest, TAnswer>(string path, Func<TRequest, CancellationToken, Task<TAnswer>> handler)
        where TRequest : Bitrix24Object, ICallbackRequest<TAnswer>, new()
    {
        ArgumentNullException.ThrowIfNull(handler);
        return MapOfAnyPortal<TRequest>(path, async (request, observed, context) =>
        {
            var answer = await handler(request, context.RequestAborted).ConfigureAwait(false);
            await AnswerAsync<TRequest, TAnswer>(context, observed, answer).ConfigureAwait(false);
        });
    }

    /// <summary>
    /// Maps a callback that takes an answer, for the portal that it comes from: an AI engine, a delivery service. Where the callback
    /// carries the application token, that is verified as the one of an event is; otherwise the address names the portal, if it was
    /// registered by a handler: in <see cref="OnInstall"/>, say.
    /// </summary>
    /// <typeparam name="TRequest">The generated record of what the portal sends.</typeparam>
    /// <typeparam name="TAnswer">What the spec says is answered: a generated record, a list of records, a map or a single value.</typeparam>
    /// <param name="path">The path below the application's: <c>/ai</c>.</param>
    /// <param name="handler">Answers. An answer that breaks a rule of the spec does not leave: the portal gets its form of a failure, or status 500, and the log what is wrong.</param>
    /// <param name="status">The HTTP status of an answer, for callbacks that refuse by it; null: always 200.</param>
    /// <returns>The address to register; it has a key, so that only portals know it.</returns>
    public Func<string> MapCallback<TRequest, TAnswer>(
        string path, Func<TRequest, TClient, CancellationToken, Task<TAnswer>> handler, Func<TAnswer, int>? status = null)
        where TRequest : Bitrix24Object, ICallbackRequest<TAnswer>, new()
    {
        ArgumentNullException.ThrowIfNull(handler);
        return MapOfPortal<TRequest>(path, async (request, portal, observed, context) =>
        {
            var answer = await handler(request, portal, context.RequestAborted).ConfigureAwait(false);
            await AnswerAsync<TRequest, TAnswer>(context, observed, answer, status).ConfigureAwait(false);
        });
    }

    /// <summary>
    /// Maps a callback that takes no answer, for the portal that it comes from: a robot, an activity, an SMS provider. Where the callback
    /// carries the application token, that is verified as the one of an event is; otherwise the address names the portal, if it was
    /// registered by a handler.
    /// </summary>
    /// <typeparam name="TRequest">The generated record of what the portal sends.</typeparam>
    /// <param name="path">The path below the application's: <c>/robot</c>.</param>
    /// <param name="handler">Handles the request. The client acts for the application.</param>
    /// <returns>The address to register; it has a key, so that only portals know it.</returns>
    public Func<string> MapCallback<TRequest>(string path, Func<TRequest, TClient, CancellationToken, Task> handler)
        where TRequest : Bitrix24Object, IIncomingType, new()
    {
        ArgumentNullException.ThrowIfNull(handler);
        return MapOfPortal<TRequest>(path, async (request, portal, observed, context) =>
        {
            using var lifetime = new HandlerLifetime(context);
            await handler(request, portal, lifetime.Token).ConfigureAwait(false);
            await AnswerNothingAsync(context, observed).ConfigureAwait(false);
        });
    }

    /// <summary>Maps a callback that takes no answer.</summary>
    /// <typeparam name="TRequest">The generated record of what the portal sends.</typeparam>
    /// <param name="path">The path below the application's.</param>
    /// <param name="handler">Handles the request.</param>
    /// <returns>The address to register; it has a key, so that only portals know it.</returns>
    public Func<string> MapCallback<TRequest>(string path, Func<TRequest, CancellationToken, Task> handler)
        where TRequest : Bitrix24Object, IIncomingType, new()
    {
        ArgumentNullException.ThrowIfNull(handler);
        return MapOfAnyPortal<TRequest>(path, async (request, observed, context) =>
        {
            using var lifetime = new HandlerLifetime(context);
            await handler(request, lifetime.Token).ConfigureAwait(false);
            await AnswerNothingAsync(context, observed).ConfigureAwait(false);
        });
    }

    private Func<string> MapOfPortal<TRequest>(string path, Func<TRequest, TClient, ObservedRequest, HttpContext, Task> run)
        where TRequest : Bitrix24Object, IIncomingType, new() =>
        MapCallback(path, TRequest.Code, TRequest.Failure, async (request, observed, memberId, context) =>
        {
            var portal = IsSigned<TRequest>() ? await VerifyAsync(request, memberId, context).ConfigureAwait(false)
                : memberId is not null ? await _pipeline.FindAsync(memberId, context.RequestAborted).ConfigureAwait(false)
                : null;
            if (portal is null)
            {
                Refuse<TRequest>(observed, context);
                return;
            }

            await run(request.Read<TRequest>(), _pipeline.ClientOf(portal), observed, context).ConfigureAwait(false);
        });

    // The handler needs no portal; a callback that carries the application token is verified by it all the same.
    private Func<string> MapOfAnyPortal<TRequest>(string path, Func<TRequest, ObservedRequest, HttpContext, Task> run)
        where TRequest : Bitrix24Object, IIncomingType, new() =>
        MapCallback(path, TRequest.Code, TRequest.Failure, async (request, observed, memberId, context) =>
        {
            if (IsSigned<TRequest>() && await VerifyAsync(request, memberId, context).ConfigureAwait(false) is null)
                Refuse<TRequest>(observed, context);
            else
                await run(request.Read<TRequest>(), observed, context).ConfigureAwait(false);
        });

    private static bool IsSigned<TRequest>() => typeof(ISignedCallback).IsAssignableFrom(typeof(TRequest));

    private async Task<InstalledPortal?> VerifyAsync(IncomingRequest request, string? memberId, HttpContext context) =>
        await _pipeline.VerifyAsync(request, context.RequestAborted).ConfigureAwait(false) is { } portal && (memberId is null || memberId == portal.MemberId) ? portal : null;

    private static void Refuse<TRequest>(ObservedRequest observed, HttpContext context)
    {
        observed.Refused("refused", IsSigned<TRequest>()
            ? "Nothing proves that it comes from the portal that it names."
            : "The address names no portal in which the application is installed: register it in a handler, as OnInstall is.");
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
    }

    private Func<string> MapCallback(string path, string what, CallbackFailure? failure, Func<IncomingRequest, ObservedRequest, string?, HttpContext, Task> run)
    {
        path = "/" + path.Trim('/');
        var guard = Guard(path);
        var telemetry = _pipeline.Telemetry;
        _group.MapPost(path, (RequestDelegate)(context => guard.RunAsync(context, telemetry, what, (request, observed, memberId) => run(request, observed, memberId, context), failure)));
        return () => PublicAddress.Of(_options, _prefix + path).AbsoluteUri + guard.Query;
    }

    private static async Task AnswerAsync<TRequest, TAnswer>(HttpContext context, ObservedRequest observed, TAnswer answer, Func<TAnswer, int>? status = null)
        where TRequest : ICallbackRequest<TAnswer>
    {
        var json = CallbackAnswer.ToJson<TRequest, TAnswer>(answer);
        context.Response.StatusCode = status?.Invoke(answer) ?? StatusCodes.Status200OK;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
        observed.Done("answered");
    }

    private static async Task AnswerNothingAsync(HttpContext context, ObservedRequest observed)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync("{}", context.RequestAborted).ConfigureAwait(false);
        observed.Done("answered");
    }
}
