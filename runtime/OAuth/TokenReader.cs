using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Asks an authorization server for tokens and reads them.</summary>
internal static class TokenReader
{
    /// <summary>Its name in errors.</summary>
    public const string Method = "oauth/token";

    /// <summary>Tokens take a few hundred bytes.</summary>
    public const long MaxAnswer = 1024 * 1024;

    /// <exception cref="Bitrix24ApiException">The server refuses, and says why.</exception>
    /// <exception cref="Bitrix24ConnectionException">No answer arrived.</exception>
    /// <exception cref="Bitrix24ProtocolException">The answer holds no tokens.</exception>
    public static async Task<Bitrix24Token> RequestAsync(
        OAuthApplication application,
        Uri portal,
        TokenGrant grant,
        string value,
        Secrets secrets,
        HttpTransport transport,
        CancellationToken cancellationToken)
    {
        using var request = application.TokenRequest(portal, grant, value);
        using var answer = await transport
            .ExchangeAsync(request, Method, secrets, cancellationToken, MaxAnswer).ConfigureAwait(false);
        return Read(answer, transport.Time.GetUtcNow(), grant == TokenGrant.Code ? portal : null) with { ClientId = application.ClientId };
    }

    /// <param name="answer">The answer.</param>
    /// <param name="now">The time.</param>
    /// <param name="portal">The portal that the tokens must be for; null: it may have been renamed since.</param>
    private static Bitrix24Token Read(RawAnswer answer, DateTimeOffset now, Uri? portal)
    {
        var body = EnvelopeReader.WithoutMark(answer.Body.Span);
        if (ErrorReader.Find(body, Method, answer) is { } error)
            throw error;
        if ((int)answer.Status is >= 400 and < 500)
            throw HttpErrorReader.Problem(Method, answer, body);
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            // Calls carry the tokens to the portal: one that a user names must not get those of another.
            if (portal is not null && Uri.TryCreate(Text(root, "client_endpoint"), UriKind.Absolute, out var endpoint) && PortalKey.HostOf(endpoint) != PortalKey.HostOf(portal))
                throw EnvelopeReader.Protocol(Method, answer, $"the tokens are for another portal ({PortalKey.HostOf(endpoint)}) than the one that was named ({PortalKey.HostOf(portal)})");
            return new()
            {
                AccessToken = Required(root, "access_token"),
                RefreshToken = Required(root, "refresh_token"),
                ExpiresAt = now.AddSeconds(Number(root, "expires_in") is > 0 and < int.MaxValue and var seconds ? seconds : 3600),
                MemberId = Text(root, "member_id"),
                Scope = Text(root, "scope"),
                UserId = Number(root, "user_id"),
            };
        }
        catch (ArgumentException)
        {
            throw EnvelopeReader.Protocol(Method, answer, "the answer's tokens have characters that no header can carry; they were not saved");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The cause is not kept: it may quote what it read, and that may be a token.
            throw EnvelopeReader.Protocol(Method, answer, "the answer holds no tokens", isBroken: e is JsonException);
        }
    }

    private static string Required(JsonElement root, string name) =>
        root.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new KeyNotFoundException();

    private static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && NumberText.TryRead(value, out var number) && number is > long.MinValue and < long.MaxValue
            ? (long)number
            : null;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
