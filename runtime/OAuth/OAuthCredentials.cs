using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>Tokens of an application, renewed when they end: once for all who wait for them.</summary>
internal sealed class OAuthCredentials(Uri portal, Bitrix24Application application, ITokenStore store) : Bitrix24Credentials(portal)
{
    // Before the end itself, so that a call under way does not outlive its token.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(60);

    // A refresh token works once: all clients of the process that share a store share the gate.
    private static readonly ConcurrentDictionary<(string Portal, string ClientId), SemaphoreSlim> s_gates = new();

    private readonly SemaphoreSlim _gate = s_gates.GetOrAdd((portal.Authority, application.ClientId), static _ => new(1, 1));
    private readonly string _key = portal.Authority;
    private readonly ConcurrentDictionary<string, byte> _secrets = new(StringComparer.Ordinal);
    private volatile Bitrix24Token? _token;

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
        var token = _token;
        if (token is null || token.ExpiresAt - s_margin <= time.GetUtcNow())
            token = await RenewAsync(null, client, time, cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);
        return token.AccessToken;
    }

    internal override async Task<bool> RefusedAsync(string? accessToken, HttpClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        await RenewAsync(accessToken, client, time, cancellationToken).ConfigureAwait(false);
        return true;
    }

    internal override string Redact(string text)
    {
        text = text.Replace(application.ClientSecret, "***", StringComparison.Ordinal);
        foreach (var secret in _secrets.Keys)
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }

    /// <summary>Takes the store's token, if it is another than the refused one and lasts; else gets a new one.</summary>
    private async Task<Bitrix24Token> RenewAsync(string? refused, HttpClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var stored = await store.LoadAsync(_key, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"There are no tokens for {_key}; exchange a code first.");
            if (stored.AccessToken == refused || stored.ExpiresAt - s_margin <= time.GetUtcNow())
            {
                stored = await OAuthClient.RequestAsync(
                    client, application, "refresh_token", "refresh_token", stored.RefreshToken, time, cancellationToken).ConfigureAwait(false);
                // Saved before it is used, even if the call has given up: the old one is void already.
                await store.SaveAsync(_key, stored, CancellationToken.None).ConfigureAwait(false);
            }

            _secrets.TryAdd(stored.AccessToken, 0);
            _secrets.TryAdd(stored.RefreshToken, 0);
            return _token = stored;
        }
        finally
        {
            _gate.Release();
        }
    }
}
