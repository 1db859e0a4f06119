namespace Bitrix24.Gen.Emulator;

/// <summary>Says where the portal is and by what it is called: lines that scripts read.</summary>
internal static class StartLines
{
    public static void Print(PortalEmulator portal, string? certificate, bool asJson, TextWriter output)
    {
        if (asJson)
        {
            output.WriteLine(new JsonObject
            {
                ["webhook"] = portal.WebhookUrl,
                ["portal"] = portal.PortalUrl,
                ["accessToken"] = portal.AccessToken,
                ["refreshToken"] = portal.RefreshToken,
                ["apiKey"] = portal.ApiKey,
                ["clientId"] = portal.ClientId,
                ["clientSecret"] = portal.ClientSecret,
                ["control"] = portal.ControlUrl,
                ["controlToken"] = portal.ControlToken,
                ["certificate"] = certificate,
            }.ToJsonString());
        }
        else
        {
            output.WriteLine($"webhook: {portal.WebhookUrl}");
            output.WriteLine($"application: {portal.PortalUrl} {portal.AccessToken}");
            output.WriteLine($"vibecode: {portal.PortalUrl} {portal.ApiKey}");
            output.WriteLine($"oauth: {portal.ClientId} {portal.ClientSecret} {portal.RefreshToken}");
            if (certificate is not null)
                output.WriteLine($"certificate: {certificate}");
            output.WriteLine($"control: {portal.ControlUrl} {portal.ControlToken}");
        }

        output.Flush();
    }
}
