using System.Collections.Concurrent;

namespace Bitrix24;

/// <summary>Gets new tokens for a refresh token.</summary>
internal delegate Task<Bitrix24Token> RenewTokens(string refreshToken, HttpClient client, TimeProvider time, CancellationToken cancellationToken);

/// <summary>The tokens of a portal or account, renewed when they end: once for all who wait for them.</summary>
/// <param name="key">The portal's host.</param>
/// <param name="clientId">The application.</param>
/// <param name="store">Keeps the tokens.</param>
/// <param name="renew">Asks the authorization server.</param>
internal sealed class RenewedTokens(string key, string clientId, ITokenStore store, RenewTokens renew)
{
    // Before the end itself, so that a call under way does not outlive its token.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(60);

    // A refresh token works once: all clients of the process that share a store share the gate.
    private static readonly ConcurrentDictionary<(string Portal, string ClientId), SemaphoreSlim> s_gates = new();

    private readonly SemaphoreSlim _gate = s_gates.GetOrAdd((key, clientId), static _ => new(1, 1));
    private readonly ConcurrentDictionary<string, byte> _secrets = new(StringComparer.Ordinal);
    private volatile Bitrix24Token? _token;

    /// <summary>An access token that lasts.</summary>
    public async ValueTask<string> GetAsync(HttpClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        var token = _token;
        if (token is null || token.ExpiresAt - s_margin <= time.GetUtcNow())
            token = await RenewAsync(null, client, time, cancellationToken).ConfigureAwait(false);
        return token.AccessToken;
    }

    /// <summary>Takes the store's token, if it is another than the refused one and lasts; else gets a new one.</summary>
    public async Task<Bitrix24Token> RenewAsync(string? refused, HttpClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var stored = await store.LoadAsync(key, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"There are no tokens for {key}; exchange a code first.");
            if (stored.AccessToken == refused || stored.ExpiresAt - s_margin <= time.GetUtcNow())
            {
                stored = await renew(stored.RefreshToken, client, time, cancellationToken).ConfigureAwait(false);
                // Saved before it is used, even if the call has given up: the old one is void already.
                await store.SaveAsync(key, stored, CancellationToken.None).ConfigureAwait(false);
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

    /// <summary>Takes the tokens out of a text.</summary>
    public string Redact(string text)
    {
        foreach (var secret in _secrets.Keys)
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }
}
