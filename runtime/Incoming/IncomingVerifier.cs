using System.Collections.Concurrent;

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
/// <param name="Proof">How it was verified.</param>
public sealed record VerifiedRequest(InstalledPortal Portal, IncomingProof Proof);

/// <summary>
/// Verifies requests: by the application token of a known portal, or, on first contact, by having the authorization
/// server exchange the refresh token that came, which tells the portal's id and address from a source that no sender can
/// forge. Portal and tokens are kept before it answers.
/// </summary>
/// <remarks>
/// Every user of a portal has tokens of the application. Of a portal that is known, they replace the kept tokens and the kept application
/// token only where the user is an administrator (<c>user.admin</c>) or the one whose tokens are kept, or where the kept ones are void.
/// </remarks>
/// <param name="application">The application.</param>
/// <param name="portals">Keeps the portals.</param>
/// <param name="tokens">Keeps their tokens.</param>
/// <param name="options">How to reach the authorization server.</param>
public sealed class IncomingVerifier(Bitrix24Application application, IPortalStore portals, ITokenStore tokens, Bitrix24ClientOptions? options = null)
{
    private const int MaxLocated = 10_000;
    private static readonly TimeSpan LocateInterval = TimeSpan.FromHours(1);

    private readonly TimeProvider _time = options?.TimeProvider ?? TimeProvider.System;
    private readonly PortalTokens _tokens = new(application, tokens, options ?? new());
    private readonly ConcurrentDictionary<string, DateTimeOffset> _located = new(StringComparer.Ordinal);

    /// <summary>Verifies a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="firstContact">A portal that is not known, or whose token changed, may introduce itself.</param>
    /// <param name="takeTokens">The request brings the application new tokens: an installation by page. Of events the verifier knows.</param>
    /// <param name="cancellationToken">Cancels the call, but no exchange of tokens.</param>
    /// <returns>The portal; null: nothing proves where the request comes from.</returns>
    /// <exception cref="Bitrix24ConnectionException">Portal or authorization server could not be asked.</exception>
    public async ValueTask<VerifiedRequest?> VerifyAsync(
        IncomingRequest request, bool firstContact = true, bool takeTokens = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var auth = request.Auth;
        if (auth.MemberId is not { Length: > 0 and <= 256 } memberId)
            return null;
        var known = await portals.FindAsync(memberId, cancellationToken).ConfigureAwait(false);
        if (known is not null && auth.HasApplicationToken(known.ApplicationToken))
            return new(known, IncomingProof.ApplicationToken);
        if (!firstContact || auth.RefreshToken is not { } refresh)
            return null;
        if (await _tokens.ExchangeAsync(refresh).ConfigureAwait(false) is not { } grant || grant.Token.MemberId != memberId)
            return null;
        return known is null
            ? await IntroduceAsync(auth, memberId, grant).ConfigureAwait(false)
            : await IntroduceAgainAsync(request, known, grant, takeTokens).ConfigureAwait(false);
    }

    /// <summary>
    /// Brings up to date what is kept of a portal whose request its application token verified. Whoever opens a page of the
    /// application can read that token, so that it proves neither the address nor the tokens beside it: those are taken only as the
    /// authorization server confirms them, and replace the kept ones only where their user may.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="portal">The portal, as it is kept.</param>
    /// <param name="takeTokens">The request brings the application new tokens: an installation or an update.</param>
    /// <param name="cancellationToken">Cancels the call, but no exchange of tokens.</param>
    /// <returns>The portal, as it is kept now.</returns>
    /// <exception cref="Bitrix24ConnectionException">Portal or authorization server could not be asked.</exception>
    public async ValueTask<InstalledPortal> UpdateAsync(IncomingRequest request, InstalledPortal portal, bool takeTokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(portal);
        cancellationToken.ThrowIfCancellationRequested();
        var auth = request.Auth;
        var kept = portal;
        if (takeTokens && auth.RefreshToken is { } refresh)
        {
            if (await _tokens.ExchangeAsync(refresh).ConfigureAwait(false) is { } grant && grant.Token.MemberId == portal.MemberId)
                kept = (await _tokens.TakeAsync(portal, grant, replace: true).ConfigureAwait(false)).Portal;
        }
        else if (auth.PortalUrl is { } url && url != portal.Url && MayLocate(portal.MemberId))
        {
            kept = await LocateAsync(portal).ConfigureAwait(false);
        }

        kept = kept with { Scope = auth.Scope ?? kept.Scope, Status = auth.Status ?? kept.Status };
        if (kept != portal)
            await ReplaceAsync(portal, kept).ConfigureAwait(false);
        return kept;
    }

    /// <summary>Forgets a portal that removed the application, and its tokens; not those of another portal that has its address now.</summary>
    /// <param name="portal">The portal, as it is kept.</param>
    public async Task ForgetAsync(InstalledPortal portal)
    {
        ArgumentNullException.ThrowIfNull(portal);
        await TokenStoreUse.RetryAsync(() => portals.RemoveAsync(portal.MemberId, CancellationToken.None), _time).ConfigureAwait(false);
        await _tokens.ForgetAsync(portal).ConfigureAwait(false);
    }

    private async Task<VerifiedRequest> IntroduceAsync(IncomingAuth auth, string memberId, PortalGrant grant)
    {
        var portal = new InstalledPortal
        {
            MemberId = memberId,
            Url = grant.Portal,
            ApplicationToken = auth.ApplicationToken,
            Scope = grant.Token.Scope ?? auth.Scope,
            Status = auth.Status,
            InstalledAt = _time.GetUtcNow(),
        };
        await _tokens.KeepAsync(portal, grant.Token).ConfigureAwait(false);
        await SaveAsync(portal).ConfigureAwait(false);
        return new(portal, IncomingProof.RefreshToken);
    }

    private async Task<VerifiedRequest?> IntroduceAgainAsync(IncomingRequest request, InstalledPortal known, PortalGrant grant, bool takeTokens)
    {
        var auth = request.Auth;
        // Pages do not always carry the application token: such a page is shown, and changes nothing.
        var replace = takeTokens || request.Event is not null || auth.ApplicationToken is not null;
        var (portal, isTaken) = await _tokens.TakeAsync(known, grant, replace).ConfigureAwait(false);
        if (isTaken)
        {
            portal = portal with
            {
                ApplicationToken = auth.ApplicationToken ?? known.ApplicationToken,
                Scope = grant.Token.Scope ?? auth.Scope ?? known.Scope,
                Status = auth.Status ?? known.Status,
            };
        }

        if (portal != known)
            await ReplaceAsync(known, portal).ConfigureAwait(false);
        return isTaken || request.Event is null ? new(portal, IncomingProof.RefreshToken) : null;
    }

    private async Task<InstalledPortal> LocateAsync(InstalledPortal portal)
    {
        try
        {
            return await _tokens.LocateAsync(portal).ConfigureAwait(false);
        }
        catch (Bitrix24ConnectionException)
        {
            // The next request asks again; this one is verified all the same.
            _located.TryRemove(portal.MemberId, out _);
            return portal;
        }
    }

    // Tokens are kept by address. Those of the address before are forgotten last: until the portal is saved, it is found there.
    private async Task ReplaceAsync(InstalledPortal before, InstalledPortal now)
    {
        await SaveAsync(now).ConfigureAwait(false);
        if (now.TokenKey != before.TokenKey)
            await _tokens.ForgetAsync(before).ConfigureAwait(false);
    }

    private Task SaveAsync(InstalledPortal portal) => TokenStoreUse.RetryAsync(() => portals.SaveAsync(portal, CancellationToken.None), _time);

    // A portal that has a second address is asked about once an hour, not with every request.
    private bool MayLocate(string memberId)
    {
        var now = _time.GetUtcNow();
        if (_located.TryGetValue(memberId, out var last) && now - last < LocateInterval)
            return false;
        if (_located.Count >= MaxLocated)
            _located.Clear();
        _located[memberId] = now;
        return true;
    }
}
