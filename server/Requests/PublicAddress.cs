using Microsoft.AspNetCore.Http;

namespace Bitrix24.AspNetCore;

/// <summary>The addresses under which portals reach this server.</summary>
internal static class PublicAddress
{
    private static readonly AsyncLocal<Uri?> Current = new();
    private static readonly AsyncLocal<string?> CurrentPortal = new();

    /// <summary>The id of the portal whose verified request is handled; null: none is.</summary>
    public static string? Portal => CurrentPortal.Value;

    /// <summary>Remembers, for handlers, whose request is under way.</summary>
    public static void EnterPortal(string memberId) => CurrentPortal.Value = memberId;

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
