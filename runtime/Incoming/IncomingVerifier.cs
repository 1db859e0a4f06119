using System.Collections.Concurrent;
using System.Text.Json;

namespace Bitrix24;

/// <summary>A request is not from the portal that it names. Its text holds no secret.</summary>
/// <param name="message">Why.</param>
public sealed class IncomingRefusedException(string message) : Bitrix24Exception(message);

/// <summary>Why a request is let in.</summary>
public enum IncomingProof
{
    /// <summary>Its application token is the one that is kept for the portal.</summary>
    ApplicationToken,

    /// <summary>The authorization server took its refresh token: it is the application's, for this portal.</summary>
    RefreshToken,
}

/// <summary>A verified request.</summary>
/// <param name="Portal">The portal that it comes from, as it is kept.</param>
/// <param name="Proof">Why it is let in.</param>
public sealed record VerifiedRequest(InstalledPortal Portal, IncomingProof Proof);

/// <summary>
/// Verifies requests: by the application token of a known portal, or, on first contact, by having the authorization
/// server exchange the refresh token that came, which tells the portal's id and address from a source that no sender can
/// forge. Portal and tokens are kept before it answers.
/// </summary>
/// <param name="application">The application.</param>
/// <param name="portals">Keeps the portals.</param>
/// <param name="tokens">Keeps their tokens.</param>
/// <param name="options">How to reach the authorization server.</param>
public sealed class IncomingVerifier(Bitrix24Application application, IPortalStore portals, ITokenStore tokens, Bitrix24ClientOptions? options = null)
{
    private const int MaxLocated = 10_000;
    private static readonly TimeSpan LocateInterval = TimeSpan.FromHours(1);

    private readonly Bitrix24ClientOptions _options = options ?? new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _located = new(StringComparer.Ordinal);

    /// <summary>Verifies a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="firstContact">A portal that is not known, or whose token changed, may introduce itself.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The portal; null: nothing proves where the request comes from.</returns>
    public async ValueTask<VerifiedRequest?> VerifyAsync(IncomingRequest request, bool firstContact = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var auth = request.Auth;
        if (auth.MemberId is not { Length: > 0 and <= 256 } memberId)
            return null;
        var known = await portals.FindAsync(memberId, cancellationToken).ConfigureAwait(false);
        if (known is not null && auth.HasApplicationToken(known.ApplicationToken))
            return new(known, IncomingProof.ApplicationToken);
        return firstContact && auth.RefreshToken is { } refresh
            ? await IntroduceAsync(auth, memberId, refresh, known, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>
    /// Brings up to date what is kept of a portal whose request its application token verified. Whoever opens a page of the
    /// application can read that token, so that it proves neither the address nor the tokens beside it: those are taken only as the
    /// authorization server confirms them.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="portal">The portal, as it is kept.</param>
    /// <param name="takeTokens">The request brings the application new tokens: an installation or an update.</param>
    /// <param name="cancellationToken">Cancels the call, but no exchange of tokens.</param>
    /// <returns>The portal, as it is kept now.</returns>
    public async ValueTask<InstalledPortal> UpdateAsync(IncomingRequest request, InstalledPortal portal, bool takeTokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(portal);
        cancellationToken.ThrowIfCancellationRequested();
        var auth = request.Auth;
        var kept = portal;
        if (takeTokens && auth.RefreshToken is { } refresh)
        {
            if (await ExchangeAsync(refresh, CancellationToken.None).ConfigureAwait(false) is { } grant && grant.Token.MemberId == portal.MemberId)
            {
                await using (await tokens.LockAsync(portal.TokenKey, CancellationToken.None).ConfigureAwait(false))
                    kept = await MoveAsync(portal, grant.Portal, grant.Token).ConfigureAwait(false);
            }
        }
        else if (auth.PortalUrl is { } url && url != portal.Url && MayLocate(portal.MemberId))
        {
            kept = await LocateAsync(portal).ConfigureAwait(false);
        }

        kept = kept with { Scope = auth.Scope ?? kept.Scope, Status = auth.Status ?? kept.Status };
        if (kept != portal)
            await portals.SaveAsync(kept, CancellationToken.None).ConfigureAwait(false);
        return kept;
    }

    // The answer to the application's own refresh token tells where the portal is now.
    private async Task<InstalledPortal> LocateAsync(InstalledPortal portal)
    {
        await using var theirs = await tokens.LockAsync(portal.TokenKey, CancellationToken.None).ConfigureAwait(false);
        if (await tokens.LoadAsync(portal.TokenKey, CancellationToken.None).ConfigureAwait(false) is not { } before)
            return portal;
        try
        {
            if (await ExchangeAsync(before.RefreshToken, CancellationToken.None).ConfigureAwait(false) is not { } grant)
                return portal;
            if (grant.Portal != portal.Url && grant.Token.MemberId == portal.MemberId)
                return await MoveAsync(portal, grant.Portal, grant.Token).ConfigureAwait(false);
            await tokens.SaveAsync(portal.TokenKey, grant.Token, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Bitrix24ConnectionException)
        {
            // The next request asks again; this one is verified all the same.
            _located.TryRemove(portal.MemberId, out _);
        }

        return portal;
    }

    private async Task<InstalledPortal> MoveAsync(InstalledPortal portal, Uri url, Bitrix24Token token)
    {
        var moved = portal with { Url = url };
        if (moved.TokenKey != portal.TokenKey)
        {
            await using (await tokens.LockAsync(moved.TokenKey, CancellationToken.None).ConfigureAwait(false))
                await tokens.SaveAsync(moved.TokenKey, token, CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            await tokens.SaveAsync(moved.TokenKey, token, CancellationToken.None).ConfigureAwait(false);
        }

        return moved;
    }

    // A portal that has a second address is asked about once an hour, not with every request.
    private bool MayLocate(string memberId)
    {
        var now = _options.TimeProvider.GetUtcNow();
        if (_located.TryGetValue(memberId, out var last) && now - last < LocateInterval)
            return false;
        if (_located.Count >= MaxLocated)
            _located.Clear();
        _located[memberId] = now;
        return true;
    }

    private async Task<VerifiedRequest?> IntroduceAsync(
        IncomingAuth auth, string memberId, string refresh, InstalledPortal? known, CancellationToken cancellationToken)
    {
        var granted = await ExchangeAsync(refresh, cancellationToken).ConfigureAwait(false);
        if (granted is not { } grant || grant.Token.MemberId != memberId)
            return null;
        var portal = new InstalledPortal
        {
            MemberId = memberId,
            Url = grant.Portal,
            // Pages do not always carry it; what is known stays.
            ApplicationToken = auth.ApplicationToken ?? known?.ApplicationToken,
            Scope = grant.Token.Scope ?? auth.Scope,
            Status = auth.Status,
            InstalledAt = known?.InstalledAt ?? _options.TimeProvider.GetUtcNow(),
        };
        // A refresh token works once: who cancels now must not lose the next one.
        await using (await tokens.LockAsync(portal.TokenKey, CancellationToken.None).ConfigureAwait(false))
            await tokens.SaveAsync(portal.TokenKey, grant.Token, CancellationToken.None).ConfigureAwait(false);
        await portals.SaveAsync(portal, CancellationToken.None).ConfigureAwait(false);
        return new(portal, IncomingProof.RefreshToken);
    }

    private async Task<(Bitrix24Token Token, Uri Portal)?> ExchangeAsync(string refresh, CancellationToken cancellationToken)
    {
        var secrets = new Secrets(application.ClientSecret, refresh);
        var transport = new HttpTransport(_options);
        using var message = application.TokenRequest(application.OAuthServer, TokenGrant.Refresh, refresh);
        using var answer = await transport.ExchangeAsync(message, TokenReader.Method, secrets, cancellationToken).ConfigureAwait(false);
        if ((int)answer.Status >= 500)
            throw new Bitrix24ConnectionException(TokenReader.Method, "The authorization server is not at work; the request could not be verified.", mayHaveBeenExecuted: false);
        try
        {
            using var document = JsonDocument.Parse(answer.Body.Memory);
            var auth = IncomingAuth.OfEvent(document.RootElement);
            return auth.ToToken(_options.TimeProvider.GetUtcNow()) is { } token && auth.PortalUrl is { } portal ? (token, portal) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
