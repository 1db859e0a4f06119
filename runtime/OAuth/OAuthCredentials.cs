using System.Net.Http.Headers;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>An application's tokens for a portal, from a store.</summary>
internal sealed class OAuthCredentials(Uri portal, Bitrix24Application application, ITokenStore store) : Bitrix24Credentials(portal)
{
    private readonly RenewedTokens _tokens = new(
        portal.Authority,
        application.ClientId,
        store,
        (token, client, time, cancellationToken) =>
            OAuthClient.RequestAsync(client, application, "refresh_token", "refresh_token", token, time, cancellationToken));

    public override MethodAccess Access => MethodAccess.Application;

    internal override string Caller => application.ClientId;

    internal override Uri AddressOf(string method) => new(Portal, $"rest/{method}");

    internal override void Authorize(HttpRequestMessage request) =>
        throw new InvalidOperationException("Tokens are awaited.");

    internal override async ValueTask<string?> AuthorizeAsync(
        HttpRequestMessage request,
        HttpClient client,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var token = await _tokens.GetAsync(client, time, cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    internal override async Task<bool> RefusedAsync(string? accessToken, HttpClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        await _tokens.RenewAsync(accessToken, client, time, cancellationToken).ConfigureAwait(false);
        return true;
    }

    internal override string Redact(string text) =>
        _tokens.Redact(text.Replace(application.ClientSecret, "***", StringComparison.Ordinal));
}
