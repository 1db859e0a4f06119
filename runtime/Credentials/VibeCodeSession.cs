namespace Bitrix24;

/// <summary>What a user lets a VibeCode application do for a day. Never prints its token.</summary>
/// <param name="Token">The token; it begins with <c>vibe_session_</c>.</param>
/// <param name="ExpiresAt">When it ends. It cannot be refreshed.</param>
public sealed record VibeCodeSession(string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>The token; it begins with <c>vibe_session_</c>.</summary>
    public string Token { get; init; } = HeaderText.Token(Token, nameof(Token));

    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Names the end without the token.</summary>
    public override string ToString() => $"VibeCodeSession(***, {ExpiresAt:O})";
}
