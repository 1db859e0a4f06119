using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.Control;

/// <summary>
/// Says who may use the control API: programs on this machine that have the token, and the portal's own page. A web page
/// that a browser opened elsewhere may not: its requests name another host or origin, and it cannot read the token.
/// </summary>
internal sealed class ControlAccess(string token)
{
    /// <summary>A header that no form and no simple cross-site request can carry.</summary>
    public const string Header = "X-Emulator-Token";

    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);

    /// <summary>The request names this machine as its host; a name that was made to resolve to loopback (DNS rebinding) does not.</summary>
    public static bool IsLocalHost(HttpRequest request) =>
        request.Host.Host.Trim('[', ']') is "127.0.0.1" or "localhost" or "::1"
        && request.Host.Port is var port && (port is null || port == request.HttpContext.Connection.LocalPort);

    /// <summary>The request comes from the portal's own page, or from no page at all.</summary>
    public static bool IsSameOrigin(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        && request.Headers.Origin.ToString() is var origin && (origin.Length == 0 || origin == $"{request.Scheme}://{request.Host.Value}");

    public bool HasToken(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[Header].ToString()), _token);
}
