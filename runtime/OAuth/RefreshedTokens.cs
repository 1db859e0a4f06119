using System.Collections.Concurrent;

namespace Bitrix24;

/// <summary>The tokens of a portal or account, refreshed when they end: once for all who wait for them.</summary>
internal sealed class RefreshedTokens : AccessTokens
{
    // Before the end itself, so that a call under way does not outlive its token.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(60);

    // A refresh token works once: all credentials of the process for an application and a portal share the gate.
    private static readonly ConcurrentDictionary<(string Portal, string ClientId), SemaphoreSlim> s_gates = new();

    private readonly Uri _portal;
    private readonly OAuthApplication _application;
    private readonly ITokenStore _store;
    private readonly Secrets _secrets;
    private readonly SemaphoreSlim _gate;
    private readonly object _lock = new();
    private volatile Held? _held;
    private (string Used, Bitrix24Token Tokens)? _unsaved;
    private (string? Refused, Task<Held> Task)? _refresh;

    private RefreshedTokens(Uri portal, OAuthApplication application, ITokenStore store, Secrets secrets)
    {
        (_portal, _application, _store, _secrets) = (portal, application, store, secrets);
        _gate = s_gates.GetOrAdd((Key, application.ClientId), static _ => new(1, 1));
    }

    public override string Owner => _application.ClientId;

    // The portal's first address, also after it was renamed.
    private string Key => _portal.Authority;

    public static Bitrix24Credentials CredentialsFor(Uri portal, OAuthApplication application, ITokenStore store)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(store);
        var secrets = new Secrets(application.ClientSecret);
        return application.CredentialsFor(portal, new RefreshedTokens(portal, application, store, secrets), secrets);
    }

    public override async ValueTask<(string Token, bool Refreshable)> GetAsync(HttpTransport transport, CancellationToken cancellationToken)
    {
        var held = _held;
        if (held is null || Ends(held.Tokens, transport))
            held = await RefreshAsync(null, transport, cancellationToken).ConfigureAwait(false);
        return (held.Tokens.AccessToken, true);
    }

    public override async Task<bool> RefreshAsync(string refused, bool certain, HttpTransport transport, CancellationToken cancellationToken)
    {
        // A token that is new and still not taken is not refused for its age.
        if (!certain && _held is { RefreshedAt: { } at } held && held.Tokens.AccessToken == refused && transport.Time.GetUtcNow() - at < s_margin)
            return false;
        await RefreshAsync(refused, transport, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Joins the refresh under way, or begins one. Cancelling the wait does not end it: its tokens would be lost.</summary>
    private Task<Held> RefreshAsync(string? refused, HttpTransport transport, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_refresh is not var (other, task) || task.IsCompleted || other != refused)
                _refresh = (refused, task = Task.Run(() => RefreshInTurnAsync(refused, transport), CancellationToken.None));
            return task.WaitAsync(cancellationToken);
        }
    }

    private async Task<Held> RefreshInTurnAsync(string? refused, HttpTransport transport)
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await using var theirs = await _store.LockAsync(Key).ConfigureAwait(false);
            var tokens = await LoadAsync().ConfigureAwait(false);
            var refreshes = tokens.AccessToken == refused || Ends(tokens, transport);
            if (refreshes)
                tokens = await ExchangeAsync(tokens, transport).ConfigureAwait(false);
            return _held = new(tokens, refreshes ? transport.Time.GetUtcNow() : null);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Bitrix24Token> ExchangeAsync(Bitrix24Token old, HttpTransport transport)
    {
        try
        {
            var tokens = await TokenReader
                .RequestAsync(_application, _portal, TokenGrant.Refresh, old.RefreshToken, _secrets, transport, CancellationToken.None).ConfigureAwait(false);
            CallTelemetry.Refreshed(Key, transport.Logger, null);
            Hide(tokens);
            return await SaveAsync(old.RefreshToken, tokens).ConfigureAwait(false);
        }
        catch (Bitrix24Exception e)
        {
            // Another process that shares the store, but not its lock, may have used the refresh token first.
            if (e is Bitrix24ApiException && await LoadAsync().ConfigureAwait(false) is var stored
                && stored.RefreshToken != old.RefreshToken && !Ends(stored, transport))
            {
                return stored;
            }

            CallTelemetry.Refreshed(Key, transport.Logger, e);
            if (e is not Bitrix24ConnectionException)
                throw;
            // Whatever became of the tokens: the call that needs them was not executed.
            throw new Bitrix24ConnectionException(TokenReader.Method, "no new tokens came, and the call was not sent", mayHaveBeenExecuted: false, e);
        }
    }

    // Saved before they are used: the old ones are void already. What a store fails to save, it is given again.
    private async Task<Bitrix24Token> SaveAsync(string used, Bitrix24Token tokens)
    {
        _unsaved = (used, tokens);
        await _store.SaveAsync(Key, tokens, CancellationToken.None).ConfigureAwait(false);
        _unsaved = null;
        return tokens;
    }

    private async Task<Bitrix24Token> LoadAsync()
    {
        var tokens = await _store.LoadAsync(Key, CancellationToken.None).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"There are no tokens for {Key}; exchange a code first.");
        Hide(tokens);
        return _unsaved is var (used, kept) && used == tokens.RefreshToken ? await SaveAsync(used, kept).ConfigureAwait(false) : tokens;
    }

    private void Hide(Bitrix24Token tokens)
    {
        _secrets.Add(tokens.AccessToken);
        _secrets.Add(tokens.RefreshToken);
    }

    private static bool Ends(Bitrix24Token tokens, HttpTransport transport) => tokens.ExpiresAt - s_margin <= transport.Time.GetUtcNow();

    private sealed record Held(Bitrix24Token Tokens, DateTimeOffset? RefreshedAt);
}
