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
    private readonly Bitrix24ClientOptions _options = options ?? new();

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
