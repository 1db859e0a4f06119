namespace Bitrix24;

/// <summary>The tokens of a portal or account, refreshed when they end: once for all who wait for them.</summary>
internal sealed class RefreshedTokens : AccessTokens
{
    // Before the end itself, so that a call under way does not outlive its token.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private readonly Uri _portal;
    private readonly OAuthApplication _application;
    private readonly ITokenStore _store;
    private readonly IPortalStore? _portals;
    private readonly Secrets _secrets;
    private readonly object _lock = new();
    private volatile Held? _held;
    private (string? Refused, Task<Held?> Task)? _refresh;

    private Bitrix24Credentials? _credentials;

    private RefreshedTokens(Uri portal, OAuthApplication application, ITokenStore store, IPortalStore? portals, Secrets secrets)
    {
        (_portal, _application, _store, _portals, _secrets, Key) = (portal, application, store, portals, secrets, PortalKey.Of(portal));
    }

    public override string Owner => _application.ClientId;

    // The portal's first address, also after it was renamed, until its tokens are kept under another.
    private string Key { get; set; }

    /// <summary>Credentials with the tokens that a store keeps for a portal.</summary>
    /// <param name="portal">The portal.</param>
    /// <param name="application">The application.</param>
    /// <param name="store">Keeps the tokens.</param>
    /// <param name="portals">Knows where a portal is after it was renamed; null: the portal's redirects say it.</param>
    public static Bitrix24Credentials CredentialsFor(Uri portal, OAuthApplication application, ITokenStore store, IPortalStore? portals = null)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(store);
        application.Checked(portal, nameof(portal));
        var secrets = new Secrets(application.ClientSecret);
        var tokens = new RefreshedTokens(portal, application, store, portals, secrets);
        return tokens._credentials = application.CredentialsFor(portal, tokens, secrets);
    }

    public override async ValueTask<(string Token, bool Refreshable)> GetAsync(HttpTransport transport, CancellationToken cancellationToken)
    {
        var held = _held;
        if (held is null || Ends(held.Tokens, transport))
            held = (await JoinRefreshAsync(null, mayExchange: true, transport, cancellationToken).ConfigureAwait(false))!;
        return (held.Tokens.AccessToken, true);
    }

    public override async Task<TokenRenewal> RefreshAsync(string refused, bool certain, HttpTransport transport, CancellationToken cancellationToken)
    {
        // A token that is new and still not taken is not refused for its age; the store may have a newer one all the same.
        var isNew = _held is { RefreshedAt: { } at } held && held.Tokens.AccessToken == refused && transport.Time.GetUtcNow() - at < Margin;
        return await JoinRefreshAsync(refused, certain || !isNew, transport, cancellationToken).ConfigureAwait(false) switch
        {
            null => TokenRenewal.None,
            { RefreshedAt: null } => TokenRenewal.Kept,
            _ => TokenRenewal.Exchanged,
        };
    }

    /// <summary>Joins the refresh under way, or begins one. Cancelling the wait does not end it: its tokens would be lost.</summary>
    private Task<Held?> JoinRefreshAsync(string? refused, bool mayExchange, HttpTransport transport, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_refresh is not var (other, task) || task.IsCompleted || other != refused)
                _refresh = (refused, task = Task.Run(() => RefreshInTurnAsync(refused, mayExchange, transport), CancellationToken.None));
            return task.WaitAsync(cancellationToken);
        }
    }

    private async Task<Held?> RefreshInTurnAsync(string? refused, bool mayExchange, HttpTransport transport)
    {
        while (true)
        {
            var gate = RefreshGate.Of(Key, _application.ClientId, transport.Time);
            await gate.Turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                await using var theirs = await TokenStoreUse.LockAsync(_store, Key, transport).ConfigureAwait(false);
                var stored = await TokenStoreUse.LoadAsync(_store, Key, _application, transport.Time).ConfigureAwait(false);
                if (!IsOurs(stored) && await FollowAsync(transport).ConfigureAwait(false))
                    continue;
                var tokens = await TakeAsync(gate, stored, transport).ConfigureAwait(false);
                var refreshes = tokens.AccessToken == refused || Ends(tokens, transport);
                if (refreshes && !mayExchange)
                    return null;
                if (refreshes)
                    tokens = await ExchangeAsync(gate, tokens, transport).ConfigureAwait(false);
                return _held = new(tokens, refreshes ? transport.Time.GetUtcNow() : null);
            }
            finally
            {
                gate.Turn.Release();
            }
        }
    }

    // Tokens are kept by address; another portal may have taken the one that this portal left.
    private bool IsOurs(Bitrix24Token? stored) =>
        stored is not null && (_held?.Tokens.MemberId is not { } ours || (stored.MemberId ?? ours) == ours);

    /// <summary>Goes on with the tokens of another address, where the portal has moved to it; false: it has not.</summary>
    private async Task<bool> FollowAsync(HttpTransport transport)
    {
        var moved = _portals is not null && _held?.Tokens.MemberId is { } memberId
            ? (await TokenStoreUse.RetryAsync(() => _portals.FindAsync(memberId, CancellationToken.None), transport.Time).ConfigureAwait(false))?.Url
            : _credentials!.Portal;
        if (moved is null || !Bitrix24Credentials.IsSafe(moved) || PortalKey.Of(moved) == Key)
            return false;
        Key = PortalKey.Of(moved);
        _credentials!.MoveTo(moved);
        return true;
    }

    private async Task<Bitrix24Token> ExchangeAsync(RefreshGate gate, Bitrix24Token old, HttpTransport transport)
    {
        if (gate.RefusalOf(old.RefreshToken) is { } refusal)
            throw refusal;
        try
        {
            var tokens = await TokenReader
                .RequestAsync(_application, _portal, TokenGrant.Refresh, old.RefreshToken, _secrets, transport, CancellationToken.None).ConfigureAwait(false);
            CallTelemetry.Refreshed(Key, transport.Logger, null);
            Hide(tokens);
            return await SaveAsync(gate, old.RefreshToken, tokens, transport).ConfigureAwait(false);
        }
        catch (Bitrix24Exception e)
        {
            if (e is Bitrix24ApiException api)
            {
                if (await SuccessorAsync(gate, old, api, transport).ConfigureAwait(false) is { } stored)
                    return stored;
                gate.Refuse(old.RefreshToken, api);
            }

            CallTelemetry.Refreshed(Key, transport.Logger, e);
            if (e is not Bitrix24ConnectionException)
                throw;
            // Whatever happened to the tokens: the call that needs them was not executed.
            throw new Bitrix24ConnectionException(TokenReader.Method, "no new tokens arrived; the call was not sent", mayHaveBeenExecuted: false, e);
        }
    }

    // Another process that shares the store, but not its lock, may have used the refresh token first, and be about to save what it got.
    private async Task<Bitrix24Token?> SuccessorAsync(RefreshGate gate, Bitrix24Token old, Bitrix24ApiException refusal, HttpTransport transport)
    {
        for (var tries = 0; ; tries++)
        {
            var stored = await LoadAsync(gate, transport).ConfigureAwait(false);
            if (stored.RefreshToken != old.RefreshToken && !Ends(stored, transport))
                return stored;
            if (tries == TokenStoreUse.Delays.Count || !Faults.IsRefreshTokenVoid(refusal.Code))
                return null;
            await Task.Delay(TokenStoreUse.Delays[tries], transport.Time).ConfigureAwait(false);
        }
    }

    // Saved before they are used: the old ones are void already. What a store fails to save, it is given again.
    private async Task<Bitrix24Token> SaveAsync(RefreshGate gate, string used, Bitrix24Token tokens, HttpTransport transport)
    {
        gate.KeepUnsaved(used, tokens);
        try
        {
            await TokenStoreUse.SaveAsync(_store, Key, tokens, transport.Time).ConfigureAwait(false);
        }
        catch (TokenConflictException)
        {
            gate.KeepUnsaved(used, null);
            return await LoadAsync(gate, transport).ConfigureAwait(false);
        }

        gate.KeepUnsaved(used, null);
        return tokens;
    }

    private async Task<Bitrix24Token> LoadAsync(RefreshGate gate, HttpTransport transport) =>
        await TakeAsync(gate, await TokenStoreUse.LoadAsync(_store, Key, _application, transport.Time).ConfigureAwait(false), transport).ConfigureAwait(false);

    private async Task<Bitrix24Token> TakeAsync(RefreshGate gate, Bitrix24Token? stored, HttpTransport transport)
    {
        // A store that lost its data gets the tokens back with the next refresh.
        var tokens = stored ?? _held?.Tokens ?? throw new InvalidOperationException(
            $"There are no tokens for {Key}: exchange a code first, or use the address that the portal has now, if it was renamed.");
        Hide(tokens);
        return gate.UnsavedFor(tokens.RefreshToken) is { } unsaved
            ? await SaveAsync(gate, tokens.RefreshToken, unsaved, transport).ConfigureAwait(false)
            : tokens;
    }

    private void Hide(Bitrix24Token tokens)
    {
        _secrets.Add(tokens.AccessToken);
        _secrets.Add(tokens.RefreshToken);
    }

    private static bool Ends(Bitrix24Token tokens, HttpTransport transport) => tokens.ExpiresAt - Margin <= transport.Time.GetUtcNow();

    private sealed record Held(Bitrix24Token Tokens, DateTimeOffset? RefreshedAt);
}
