using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>An integration's tokens for an amoCRM account, from a store.</summary>
internal sealed class AmoCrmOAuthCredentials(Uri account, AmoCrmApplication application, ITokenStore store) : HttpApiCredentials(account)
{
    private readonly RenewedTokens _tokens = new(
        account.Authority,
        application.ClientId,
        store,
        (token, client, time, cancellationToken) =>
            OAuthClient.RequestAsync(client, account, application, "refresh_token", token, time, cancellationToken));

    public override ApiDescriptor Api { get; } = new() { Envelope = EnvelopeKind.Hal };

    internal override string Caller => application.ClientId;

    internal override IReadOnlyList<Allowance> NewAllowances() => AmoCrmCredentials.AccountLimits();

    internal override void Authorize(HttpRequestMessage request) =>
        throw new InvalidOperationException("Tokens are awaited.");

    internal override async ValueTask<string?> AuthorizeAsync(
        HttpRequestMessage request,
        HttpClient client,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var token = await _tokens.GetAsync(client, time, cancellationToken).ConfigureAwait(false);
        AmoCrmCredentials.Sign(request, token);
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
