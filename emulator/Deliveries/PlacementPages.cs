using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Rest;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary><c>/_emulator/open/CRM_DEAL_DETAIL_TAB?id=1</c>: opens a placement as a user does, and shows what its handler answers.</summary>
internal static class PlacementPages
{
    private const string Folder = "/_emulator/open/";

    public static string? CodeOf(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal) && path.Length > Folder.Length ? path[Folder.Length..] : null;

    public static async Task<HttpAnswer> OpenAsync(Portal portal, string code, HttpContext context)
    {
        if (portal.Deliveries.HandlerOf(code) is not { } url)
            return new(404, "Nothing is bound to this placement; placement.bind registers a handler.", "text/plain; charset=utf-8");
        var options = new JsonObject();
        foreach (var (name, value) in context.Request.Query)
            options[name.Equals("id", StringComparison.OrdinalIgnoreCase) ? "ID" : name] = value.ToString();
        var answer = await portal.Deliveries.OpenAsync(code, url, options, context.RequestAborted);
        return answer.Status is { } status
            ? new(status, answer.Body, answer.ContentType ?? "text/html; charset=utf-8")
            : new(502, answer.Body, "text/plain; charset=utf-8");
    }
}
