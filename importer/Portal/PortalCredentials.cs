extern alias runtime;
using Bitrix24.Gen.Importer.Commands;
using runtime::Bitrix24;

namespace Bitrix24.Gen.Importer.Portal;

/// <summary>Finds credentials where other processes and shell histories do not see them.</summary>
internal static class PortalCredentials
{
    public const string Webhook = "B24_WEBHOOK";
    public const string AccessToken = "B24_ACCESS_TOKEN";
    public const string ClientId = "B24_CLIENT_ID";
    public const string ClientSecret = "B24_CLIENT_SECRET";

    public const string Help = $"Credentials come from the environment: {Webhook} (the address of an incoming webhook), "
        + $"or {AccessToken} with --portal, or --tokens DIR with --portal, {ClientId} and {ClientSecret}.";

    /// <summary>The credentials.</summary>
    /// <param name="portal">The portal's address; null: that of the webhook.</param>
    /// <param name="tokens">The folder of a token store; null: none.</param>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <exception cref="CommandFailure">There are none, or they do not fit. The message holds no secret.</exception>
    public static Bitrix24Credentials Find(string? portal, string? tokens, Func<string, string?> environment)
    {
        if (portal is not null)
            portal = CheckPortal(portal);
        if (environment(Webhook) is { Length: > 0 } webhook)
            return OfWebhook(webhook, portal);
        if (portal is null)
            throw new CommandFailure($"Which portal? {Help}");
        if (environment(AccessToken) is { Length: > 0 } token)
            return Guard(() => Bitrix24Credentials.AccessToken(portal, token), AccessToken);
        if (tokens is null)
            throw new CommandFailure($"No credentials. {Help}");
        if (!Directory.Exists(tokens))
            throw new CommandFailure($"{tokens}: no such folder; --tokens names the folder of a FileTokenStore.");
        if (environment(ClientId) is not { Length: > 0 } id || environment(ClientSecret) is not { Length: > 0 } secret)
            throw new CommandFailure($"The token store needs {ClientId} and {ClientSecret} in the environment, to refresh tokens.");
        return Guard(() => Bitrix24Credentials.OAuth(portal, new Bitrix24Application(id, secret), new FileTokenStore(tokens)), ClientSecret);
    }

    private static Bitrix24Credentials OfWebhook(string webhook, string? portal)
    {
        var credentials = Guard(() => Bitrix24Credentials.Webhook(webhook), Webhook);
        if (portal is not null && Uri.Compare(credentials.Portal, new Uri(portal), UriComponents.HostAndPort, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new CommandFailure($"{Webhook} belongs to {credentials.Portal.Host}, --portal says {new Uri(portal).Host}.");
        return credentials;
    }

    private static string CheckPortal(string portal)
    {
        if (!portal.Contains("://", StringComparison.Ordinal))
            portal = "https://" + portal;
        if (!Uri.TryCreate(portal, UriKind.Absolute, out var address))
            throw new CommandFailure("--portal is no address; it is like https://example.bitrix24.com.");
        if (address.AbsolutePath.Length > 1 || address.Query.Length > 0 || address.UserInfo.Length > 0)
            throw new CommandFailure($"--portal takes the portal's address alone: what stands on a command line is seen by other processes and kept in histories. Put a webhook into {Webhook}.");
        return address.GetLeftPart(UriPartial.Authority);
    }

    // What the runtime says of a bad address does not repeat it.
    private static T Guard<T>(Func<T> make, string variable)
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            // The name of the parameter in C# says nothing to who sets a variable.
            throw new CommandFailure($"{variable}: {(e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal))}");
        }
    }
}
