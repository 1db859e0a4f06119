using System.Text.Json;

namespace Bitrix24.AspNetCore;

/// <summary>What a Vibe widget asks for.</summary>
/// <remarks>Source: <see href="https://apidocs.bitrix24.com/api-reference/vibe/index.html"/>.</remarks>
public sealed class VibeRequest
{
    internal VibeRequest(IncomingRequest request, string? memberId) => (Request, MemberId) = (request, memberId);

    /// <summary>The id of the portal, if the address was registered by a handler, as <c>OnInstall</c> is; null: the address does not tell.</summary>
    public string? MemberId { get; }

    /// <summary>Everything that arrived: the parameters of <c>fetch</c>, every value as text.</summary>
    public IncomingRequest Request { get; }

    /// <summary>A parameter of <c>fetch</c> as text; null: it was not given. The first call, which shows the widget, has none.</summary>
    /// <param name="name">Its name.</param>
    public string? this[string name] =>
        RequestText.Of(Request.Body, name)
        ?? (Request.Body.TryGetProperty("params", out var inner) ? RequestText.Of(inner, name) : null);

    /// <summary>A parameter of <c>fetch</c> that is an object or a list; undefined: it was not given.</summary>
    /// <param name="name">Its name.</param>
    public JsonElement Json(string name) => Request.Body.TryGetProperty(name, out var value) ? value : default;
}
