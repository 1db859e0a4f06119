using Bitrix24.Gen.Emulator.Deliveries;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Rest;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.Control;

/// <summary>Answers under <c>/_emulator</c>: the page, and below <c>/_emulator/api/</c> what it and other programs steer the portal by.</summary>
internal sealed class ControlEndpoint(Portal portal, string token)
{
    public const string Root = "/_emulator";

    private const string Api = Root + "/api/";

    /// <summary>More than a file of records in a test needs.</summary>
    private const int MaxBody = 64 * 1024 * 1024;

    private readonly ControlAccess _access = new(token);
    private readonly ControlPage _page = new(token);
    private readonly ControlApi _api = new(portal);
    private readonly DeliveriesControl _deliveries = new(portal);

    public static bool Serves(string path) => path == Root || path.StartsWith(Root + "/", StringComparison.Ordinal);

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value!;
        if (!ControlAccess.IsLocalHost(request) || !ControlAccess.IsSameOrigin(request))
        {
            await SendAsync(context, Refused(403, "HOST_NOT_ALLOWED", "The control API answers requests to 127.0.0.1, localhost and [::1] that come from no other page."));
        }
        else if (path is Root or Root + "/")
        {
            await _page.SendAsync(context);
        }
        else if (PlacementPages.CodeOf(path) is { } placement)
        {
            await SendAsync(context, await PlacementPages.OpenAsync(portal, placement, context));
        }
        else if (!path.StartsWith(Api, StringComparison.Ordinal))
        {
            await SendAsync(context, Refused(404, "NOT_FOUND", $"There is nothing at {path}; the API is below {Api}."));
        }
        else if (!_access.HasToken(request))
        {
            await SendAsync(context, Refused(401, "TOKEN_REQUIRED", $"The header {ControlAccess.Header} must have the control token, which the emulator prints at its start."));
        }
        else
        {
            await SendAsync(context, await RunAsync(request, path[Api.Length..].Trim('/')));
        }
    }

    private async Task<HttpAnswer> RunAsync(HttpRequest request, string resource)
    {
        try
        {
            using var buffer = new MemoryStream();
            await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
            if (buffer.Length > MaxBody)
                return Refused(413, "BODY_TOO_LARGE", $"A body has at most {MaxBody / (1024 * 1024)} MiB.");
            JsonNode? body = null;
            if (buffer.Length > 0)
                body = JsonBodyReader.Read(buffer.GetBuffer().AsMemory(0, (int)buffer.Length)) ?? throw new ControlException("The body is not JSON.");
            var query = new ControlQuery(request.Query, body);
            return HttpAnswer.Of(200, await _deliveries.RunAsync(request.Method, resource, query, request.HttpContext.RequestAborted) ?? _api.Run(request.Method, resource, query));
        }
        catch (ControlException e)
        {
            return Refused(e.Status, e.Code, e.Message);
        }
    }

    private static HttpAnswer Refused(int status, string code, string message) =>
        HttpAnswer.Of(status, new JsonObject { ["error"] = code, ["message"] = message });

    private static Task SendAsync(HttpContext context, HttpAnswer answer) => (answer with { SharedWithOrigins = false }).SendAsync(context, null);
}

/// <summary>A control request that cannot be done, in words for its caller.</summary>
internal sealed class ControlException(string message, string code = "INVALID_REQUEST", int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;
}
