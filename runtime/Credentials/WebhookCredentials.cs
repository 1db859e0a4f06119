using Bitrix24.Infrastructure;

namespace Bitrix24;

internal sealed class WebhookCredentials : Bitrix24Credentials
{
    private readonly string _user;
    private readonly string _secret;

    private WebhookCredentials(Uri portal, string user, string secret)
        : base(portal, new(secret)) => (_user, _secret) = (user, secret);

    public override MethodAccess Access => MethodAccess.Webhook;

    public static WebhookCredentials Parse(string url)
    {
        var portal = ParsePortal(url, nameof(url));
        var parts = new Uri(url).AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["rest", var user, var secret] => new(portal, user, secret),
            ["rest", "api", var user, var secret] => new(portal, user, secret),
            _ => throw new ArgumentException("Not the address of a webhook; it ends with /rest/USER/SECRET/.", nameof(url)),
        };
    }

    internal override string Caller => _secret;

    // REST 3.0 has its "api/" before the user, not before the method.
    internal override Uri AddressOf(string method) => method.StartsWith("api/", StringComparison.Ordinal)
        ? new(Portal, $"rest/api/{_user}/{_secret}/{method["api/".Length..]}")
        : new(Portal, $"rest/{_user}/{_secret}/{method}");

    internal override void Authorize(HttpRequestMessage request, string? token)
    {
    }
}
