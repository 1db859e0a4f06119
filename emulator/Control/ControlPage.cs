using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using Bitrix24.Gen.Emulator.Http;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.Control;

/// <summary>The page at <c>/_emulator</c>. It carries the control token, which no page of another origin can read out of it.</summary>
internal sealed class ControlPage(string token)
{
    private const string Resource = "Control.page.html";

    private static readonly Lazy<string> Template = new(static () =>
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd();
    });

    public Task SendAsync(HttpContext context)
    {
        // Only this page's own script and styles run, and nothing may show it in a frame.
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var page = Template.Value
            .Replace("{{nonce}}", nonce, StringComparison.Ordinal)
            .Replace("{{token}}", WebUtility.HtmlEncode(token), StringComparison.Ordinal);
        return new HttpAnswer(200, page, "text/html; charset=utf-8")
        {
            SharedWithOrigins = false,
            Headers =
            [
                ("Cache-Control", "no-store"),
                ("Referrer-Policy", "no-referrer"),
                ("X-Frame-Options", "DENY"),
                ("Content-Security-Policy",
                    $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            ],
        }.SendAsync(context, null);
    }
}
