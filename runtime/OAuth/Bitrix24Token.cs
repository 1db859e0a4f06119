using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>The tokens of an application for a portal. Never prints them.</summary>
public sealed record Bitrix24Token
{
    /// <summary>Sent with every call; valid for an hour.</summary>
    /// <exception cref="ArgumentException">It is empty, or has a character that is not visible ASCII.</exception>
    public required string AccessToken
    {
        get;
        init => field = HeaderText.Token(value, nameof(AccessToken));
    }

    /// <summary>Exchanged for the next tokens; it can be used once.</summary>
    /// <exception cref="ArgumentException">It is empty, or has a character that is not visible ASCII.</exception>
    public required string RefreshToken
    {
        get;
        init => field = HeaderText.Token(value, nameof(RefreshToken));
    }

    /// <summary>When the access token ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The portal's own id, which stays when its address changes.</summary>
    public string? MemberId { get; init; }

    /// <summary>The permissions.</summary>
    public string? Scope { get; init; }

    /// <summary>The application that they were issued to; null: unknown. Another one refuses to use or replace them.</summary>
    public string? ClientId { get; init; }

    /// <summary>The user on whose behalf the application acts.</summary>
    public long? UserId { get; init; }

    /// <summary>The tokens as JSON, for a store; whoever has it may act for the application.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("accessToken"u8, AccessToken);
            writer.WriteString("refreshToken"u8, RefreshToken);
            writer.WriteString("expiresAt"u8, ExpiresAt);
            writer.WriteString("memberId"u8, MemberId);
            writer.WriteString("scope"u8, Scope);
            if (UserId is { } user)
                writer.WriteNumber("userId"u8, user);
            else
                writer.WriteNull("userId"u8);
            if (ClientId is not null)
                writer.WriteString("clientId"u8, ClientId);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Tokens from the JSON of <see cref="ToJson"/>.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="InvalidDataException">It is not that JSON; the message does not quote it.</exception>
    public static Bitrix24Token FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            var value = document.RootElement;
            return new()
            {
                AccessToken = value.GetProperty("accessToken").GetString()!,
                RefreshToken = value.GetProperty("refreshToken").GetString()!,
                ExpiresAt = value.GetProperty("expiresAt").GetDateTimeOffset(),
                MemberId = value.GetProperty("memberId").GetString(),
                Scope = value.GetProperty("scope").GetString(),
                UserId = value.GetProperty("userId") is { ValueKind: JsonValueKind.Number } id ? id.GetInt64() : null,
                // Those of older versions have none.
                ClientId = value.TryGetProperty("clientId"u8, out var client) ? client.GetString() : null,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            // The cause is not kept: it may quote a token.
            throw new InvalidDataException("The stored tokens cannot be read: delete them and authorize the application again.");
        }
    }

    /// <summary>Says when the token ends, not what it is.</summary>
    public override string ToString() => $"Bitrix24Token({MemberId}, until {ExpiresAt:u}, ***)";
}
