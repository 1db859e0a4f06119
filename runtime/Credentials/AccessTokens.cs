namespace Bitrix24;

/// <summary>Where the token comes from that replaces a refused one.</summary>
internal enum TokenRenewal
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It was kept already, so it may have ended too.</summary>
    Kept,

    /// <summary>The authorization server has just given it.</summary>
    Exchanged,
}

/// <summary>Where the access token of a call comes from.</summary>
internal abstract class AccessTokens
{
    /// <summary>Identifies whose operating time is used; never printed.</summary>
    public abstract string Owner { get; }

    /// <summary>A token that lasts, and whether another can be had once the portal refuses it.</summary>
    public abstract ValueTask<(string Token, bool Refreshable)> GetAsync(HttpTransport transport, CancellationToken cancellationToken);

    /// <summary>The portal refused a token as ended; says whether there is another.</summary>
    /// <param name="refused">The token.</param>
    /// <param name="certain">The portal said that the token has ended, and not just that it does not let the caller in.</param>
    /// <param name="transport">Reaches the authorization server.</param>
    /// <param name="cancellationToken">Cancels the wait; a refresh in progress continues.</param>
    public abstract Task<TokenRenewal> RefreshAsync(string refused, bool certain, HttpTransport transport, CancellationToken cancellationToken);
}

/// <summary>A token that whoever made the client refreshes.</summary>
internal sealed class FixedToken(string token) : AccessTokens
{
    public override string Owner => token;

    public override ValueTask<(string Token, bool Refreshable)> GetAsync(HttpTransport transport, CancellationToken cancellationToken) =>
        new((token, false));

    public override Task<TokenRenewal> RefreshAsync(string refused, bool certain, HttpTransport transport, CancellationToken cancellationToken) =>
        Task.FromResult(TokenRenewal.None);
}
