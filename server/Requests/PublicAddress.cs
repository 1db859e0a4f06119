using Microsoft.AspNetCore.Http;

namespace Bitrix24.AspNetCore;

/// <summary>The addresses under which portals reach this server.</summary>
internal static class PublicAddress
{
    private static readonly AsyncLocal<Uri?> Current = new();

    /// <summary>Remembers, for handlers, how the request under way reached the server.</summary>
    public static void Enter(HttpRequest request) =>
        Current.Value = Uri.TryCreate($"{request.Scheme}://{request.Host}{request.PathBase}/", UriKind.Absolute, out var uri) ? uri : null;

    public static Uri Of(Bitrix24ApplicationOptions options, string path)
    {
        var root = options.PublicUrl ?? Current.Value
            ?? throw new InvalidOperationException("No request is under way: set Bitrix24ApplicationOptions.PublicUrl.");
        return new(root.AbsoluteUri.TrimEnd('/') + path);
    }
}
