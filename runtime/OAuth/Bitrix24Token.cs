namespace Bitrix24;

/// <summary>The tokens of an application for a portal. Never prints them.</summary>
public sealed record Bitrix24Token
{
    /// <summary>Goes with every call, for an hour.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Gets the next tokens; it can be used once.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>When the access token ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The portal's own id, which stays when its address changes.</summary>
    public string? MemberId { get; init; }

    /// <summary>The permissions.</summary>
    public string? Scope { get; init; }

    /// <summary>The user on whose behalf the application acts.</summary>
    public long? UserId { get; init; }

    /// <summary>Says when the token ends, not what it is.</summary>
    public override string ToString() => $"Bitrix24Token({MemberId}, until {ExpiresAt:u}, ***)";
}
