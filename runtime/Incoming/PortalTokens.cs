using System.Text.Json;

namespace Bitrix24;

/// <summary>What the authorization server answers to a refresh token.</summary>
/// <param name="Token">The next tokens.</param>
/// <param name="Portal">The portal's address.</param>
internal sealed record PortalGrant(Bitrix24Token Token, Uri Portal);

/// <summary>The tokens that an application keeps of portals: exchanged, replaced, moved. All of it by the word of the authorization server.</summary>
internal sealed class PortalTokens(Bitrix24Application application, ITokenStore tokens, Bitrix24ClientOptions options)
{
    // Of the scope "basic", which every application has.
    private const string IsAdministratorMethod = "user.admin";

    private readonly HttpTransport _transport = new(options);

    /// <summary>Exchanges a refresh token that came with a request; null: it is not the application's, or void.</summary>
    /// <remarks>It works once: nobody cancels, so that the answer is not lost.</remarks>
    public async Task<PortalGrant?> ExchangeAsync(string refresh) => (await AskAsync(refresh).ConfigureAwait(false)).Grant;

    /// <summary>Keeps the first tokens of a portal.</summary>
    public async Task KeepAsync(InstalledPortal portal, Bitrix24Token token)
    {
        await using var theirs = await TokenStoreUse.LockAsync(tokens, portal.TokenKey, _transport).ConfigureAwait(false);
        await TokenStoreUse.CheckAsync(tokens, portal.TokenKey, application, _transport.Time).ConfigureAwait(false);
        await SaveAsync(portal, token).ConfigureAwait(false);
    }

    /// <summary>
    /// Replaces the kept tokens, if who brings the new ones may: an administrator or the user of the kept ones, or anybody where the kept
    /// ones work no longer. Any user of a portal has tokens of the application, with that user's rights.
    /// </summary>
    /// <param name="portal">The portal, as it is kept.</param>
    /// <param name="grant">The new tokens.</param>
    /// <param name="replace">The request is an installation, or has another application token; otherwise only missing tokens are taken.</param>
    /// <exception cref="Bitrix24ConnectionException">Portal or authorization server could not be asked.</exception>
    public async Task<(InstalledPortal Portal, bool IsTaken)> TakeAsync(InstalledPortal portal, PortalGrant grant, bool replace)
    {
        await using var theirs = await TokenStoreUse.LockAsync(tokens, portal.TokenKey, _transport).ConfigureAwait(false);
        var kept = await KeptAsync(portal).ConfigureAwait(false);
        var chosen = kept is null ? grant.Token
            : !replace ? kept
            : kept.UserId is { } user && user == grant.Token.UserId ? grant.Token
            : await IsAdministratorAsync(grant).ConfigureAwait(false) ? grant.Token
            : await RefreshAsync(kept).ConfigureAwait(false) ?? grant.Token;
        var moved = ReferenceEquals(chosen, kept) && grant.Portal == portal.Url ? portal : await MoveAsync(portal, grant.Portal, chosen).ConfigureAwait(false);
        return (moved, ReferenceEquals(chosen, grant.Token));
    }

    /// <summary>Asks where a portal is now: the answer to the application's own refresh token tells.</summary>
    /// <exception cref="Bitrix24ConnectionException">The authorization server could not be asked.</exception>
    public async Task<InstalledPortal> LocateAsync(InstalledPortal portal)
    {
        await using var theirs = await TokenStoreUse.LockAsync(tokens, portal.TokenKey, _transport).ConfigureAwait(false);
        if (await KeptAsync(portal).ConfigureAwait(false) is not { } kept
            || await ExchangeAsync(kept.RefreshToken).ConfigureAwait(false) is not { } grant)
        {
            return portal;
        }

        return await MoveAsync(portal, grant.Token.MemberId == portal.MemberId ? grant.Portal : portal.Url, grant.Token).ConfigureAwait(false);
    }

    /// <summary>Forgets the tokens of a portal: of one that removed the application, or under an address that it has left.</summary>
    /// <param name="portal">The portal with the address under which its tokens are kept.</param>
    public async Task ForgetAsync(InstalledPortal portal)
    {
        await using var theirs = await TokenStoreUse.LockAsync(tokens, portal.TokenKey, _transport).ConfigureAwait(false);
        if (await KeptAsync(portal).ConfigureAwait(false) is not null)
            await TokenStoreUse.RetryAsync(() => tokens.ForgetAsync(portal.TokenKey, CancellationToken.None), _transport.Time).ConfigureAwait(false);
    }

    private async Task<InstalledPortal> MoveAsync(InstalledPortal portal, Uri url, Bitrix24Token token)
    {
        var moved = portal with { Url = url };
        if (moved.TokenKey != portal.TokenKey)
            await KeepAsync(moved, token).ConfigureAwait(false);
        else
            await SaveAsync(moved, token).ConfigureAwait(false);
        return moved;
    }

    // Tokens are kept by address; another portal may have taken the one that this portal left.
    private async Task<Bitrix24Token?> KeptAsync(InstalledPortal portal) =>
        await TokenStoreUse.LoadAsync(tokens, portal.TokenKey, application, _transport.Time).ConfigureAwait(false) is { } kept
        && (kept.MemberId ?? portal.MemberId) == portal.MemberId ? kept : null;

    private Task SaveAsync(InstalledPortal portal, Bitrix24Token token) => TokenStoreUse.SaveAsync(tokens, portal.TokenKey, token, _transport.Time);

    // Null: the authorization server says that they are void.
    private async Task<Bitrix24Token?> RefreshAsync(Bitrix24Token kept)
    {
        var (grant, isVoid) = await AskAsync(kept.RefreshToken).ConfigureAwait(false);
        return grant?.Token ?? (isVoid ? null : kept);
    }

    private async Task<bool> IsAdministratorAsync(PortalGrant grant)
    {
        using var client = new UserClient(Bitrix24Credentials.AccessToken(grant.Portal.AbsoluteUri, grant.Token.AccessToken), options);
        try
        {
            return (await client.CallAsync(IsAdministratorMethod, new Dictionary<string, object?>()).ConfigureAwait(false)).ValueKind == JsonValueKind.True;
        }
        catch (Bitrix24ApiException)
        {
            return false;
        }
    }

    private async Task<(PortalGrant? Grant, bool IsVoid)> AskAsync(string refresh)
    {
        var secrets = new Secrets(application.ClientSecret, refresh);
        using var message = application.TokenRequest(application.OAuthServer, TokenGrant.Refresh, refresh);
        using var answer = await _transport.ExchangeAsync(message, TokenReader.Method, secrets, CancellationToken.None, TokenReader.MaxAnswer).ConfigureAwait(false);
        if ((int)answer.Status >= 500 || AnswerOf(answer) is not { } document)
            throw new Bitrix24ConnectionException(TokenReader.Method, "The authorization server is unavailable; the request could not be verified.", mayHaveBeenExecuted: false);
        using (document)
        {
            var auth = IncomingAuth.OfEvent(document.RootElement);
            // The domain of such an answer is the authorization server's own.
            return auth.ClientEndpoint is not null && auth.ToToken(options.TimeProvider.GetUtcNow()) is { } token && auth.PortalUrl is { } portal
                ? (new(token with { ClientId = application.ClientId }, portal), false)
                : (null, Faults.IsRefreshTokenVoid(document.RootElement.TextOf("error")));
        }
    }

    // Something else than an object is no word of the authorization server: a page of its front, or of a proxy.
    private static JsonDocument? AnswerOf(RawAnswer answer)
    {
        try
        {
            var reader = new Utf8JsonReader(JsonStrings.Repaired(EnvelopeReader.WithoutMark(answer.Body.Span)));
            return JsonDocument.ParseValue(ref reader) is var document && document.RootElement.ValueKind == JsonValueKind.Object ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class UserClient(Bitrix24Credentials credentials, Bitrix24ClientOptions options) : Bitrix24Client(credentials, options);
}
