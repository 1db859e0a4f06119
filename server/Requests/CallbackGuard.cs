using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.AspNetCore;

/// <summary>
/// Guards addresses whose requests carry nothing that proves their sender: the address that is registered has a key of its
/// own, made of the application's secret. Registered while a portal's request is handled, it names that portal too, and its key holds
/// for no other.
/// </summary>
internal sealed class CallbackGuard(string clientSecret, string path, IncomingLimits limits)
{
    private const string Parameter = "b24key";
    private const string PortalParameter = "b24portal";

    /// <summary>The query of the addresses to register.</summary>
    public string Query => PublicAddress.Portal is { } memberId
        ? $"?{Parameter}={Key(memberId)}&{PortalParameter}={Uri.EscapeDataString(memberId)}"
        : $"?{Parameter}={Key(null)}";

    /// <param name="context">The request.</param>
    /// <param name="telemetry">Observes it.</param>
    /// <param name="what">The callback, for the log.</param>
    /// <param name="run">Handles it; gets the id of the portal that the address was registered in, if it names one.</param>
    /// <param name="failure">How the portal learns of a failure; null: by status 500.</param>
    public async Task RunAsync(
        HttpContext context, IncomingTelemetry telemetry, string what, Func<IncomingRequest, ObservedRequest, string?, Task> run, CallbackFailure? failure = null)
    {
        PublicAddress.Enter(context.Request);
        var memberId = context.Request.Query[PortalParameter].ToString() is { Length: > 0 and <= 256 } named ? named : null;
        using var observed = telemetry.Start("callback");
        observed.About($"{what} at {path}", what);
        if (!CryptographicOperations.FixedTimeEquals(Digest(Key(memberId)), Digest(context.Request.Query[Parameter].ToString())))
        {
            observed.Refused("refused", "The address has no key, or another one.");
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var body = await BodyReader.ReadAsync(context.Request, limits.MaxLength, context.RequestAborted).ConfigureAwait(false);
        IncomingRequest? request = null;
        var problem = body.Problem;
        if (body.Bytes is not { } bytes
            || !(IsJson(context.Request) ? IncomingRequest.TryParseJson(bytes, limits, out request, out problem) : IncomingRequest.TryParse(bytes, null, limits, out request, out problem)))
        {
            observed.Refused("unreadable", problem!);
            await FailAsync(context, failure, body.Bytes is null ? body.Status : StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        observed.Hide(request!, context.Request.Query[Parameter]);
        try
        {
            await run(request!, observed, memberId).ConfigureAwait(false);
        }
        catch (Exception e) when (e is CallbackAnswerException or BIConnectorException or Bitrix24ProtocolException { IsIncoming: true })
        {
            observed.Refused("wrong", e.Message);
            await FailAsync(context, failure).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            observed.Failed(e);
            await FailAsync(context, failure).ConfigureAwait(false);
        }
    }

    private static bool IsJson(HttpRequest request) =>
        request.ContentType is { } type && type.Split(';')[0].Trim() is var media
        && (media.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    // Most portals take any other status than 200 for a failure, some read the answer all the same; one that has begun is broken off.
    private static async Task FailAsync(HttpContext context, CallbackFailure? failure, int status = StatusCodes.Status500InternalServerError)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = failure?.Status ?? status;
        if (failure?.Body is not { } body)
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private string Key(string? memberId)
    {
        var text = "bitrix24 callback " + path + (memberId is null ? "" : "\n" + memberId);
        return Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(clientSecret), Encoding.UTF8.GetBytes(text)).AsSpan(0, 20)).ToLowerInvariant();
    }

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
