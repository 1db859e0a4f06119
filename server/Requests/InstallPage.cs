using Microsoft.AspNetCore.Http;

namespace Bitrix24.AspNetCore;

/// <summary>The page that ends an installation.</summary>
public static class InstallPage
{
    private const string Html = """
        <!DOCTYPE html>
        <html><head><meta charset="utf-8"><title>Installation</title><script src="https://api.bitrix24.com/api/v1/"></script></head>
        <body><script>BX24.init(function () { BX24.installFinish(); });</script></body></html>
        """;

    /// <summary>Tells the portal that the installation is complete (<c>BX24.installFinish</c>); until then it sends no events and shows no placements.</summary>
    public static IResult Finish() => Results.Content(Html, "text/html; charset=utf-8");
}
