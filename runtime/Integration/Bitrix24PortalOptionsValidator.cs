using Microsoft.Extensions.Options;

namespace Bitrix24;

/// <summary>Validates options; its messages never contain their values.</summary>
internal sealed class Bitrix24PortalOptionsValidator : IValidateOptions<Bitrix24PortalOptions>
{
    public ValidateOptionsResult Validate(string? name, Bitrix24PortalOptions options)
    {
        var problems = new List<string>();
        if (options.KindsOfCredentials != 1)
            problems.Add("Set one of Webhook, Credentials and CredentialsFactory.");
        if (!options.HasGoodWebhook)
            problems.Add("Webhook is not the https address of a webhook.");
        if (options.Client is null)
            problems.Add("Client is null.");
        else if (options.Client.Problem is { } problem)
            problems.Add($"Client: {problem}");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
