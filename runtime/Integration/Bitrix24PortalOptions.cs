namespace Bitrix24;

/// <summary>How a client that dependency injection makes is set up.</summary>
public sealed class Bitrix24PortalOptions
{
    /// <summary>The address of an incoming webhook, from configuration.</summary>
    public string? Webhook { get; set; }

    /// <summary>The credentials, where they are not a webhook.</summary>
    public Bitrix24Credentials? Credentials { get; set; }

    /// <summary>Makes the credentials with the help of other services, such as an <see cref="ITokenStore"/>.</summary>
    public Func<IServiceProvider, Bitrix24Credentials>? CredentialsFactory { get; set; }

    /// <summary>How the client works; its HTTP client comes from IHttpClientFactory unless set here.</summary>
    public Bitrix24ClientOptions Client { get; set; } = new();

    internal int KindsOfCredentials => (Webhook is null ? 0 : 1) + (Credentials is null ? 0 : 1) + (CredentialsFactory is null ? 0 : 1);

    internal bool HasGoodWebhook
    {
        get
        {
            try
            {
                return Webhook is null || Bitrix24Credentials.Webhook(Webhook) is not null;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }

    internal Bitrix24Credentials Make(IServiceProvider services) =>
        Credentials ?? CredentialsFactory?.Invoke(services) ?? Bitrix24Credentials.Webhook(Webhook!);
}
