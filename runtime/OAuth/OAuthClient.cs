using System.Text.Json;

namespace Bitrix24;

/// <summary>Asks the OAuth server for tokens.</summary>
internal static class OAuthClient
{
    private const string Method = "oauth/token";

    public static async Task<Bitrix24Token> RequestAsync(
        HttpClient client,
        Bitrix24Application application,
        string grantType,
        string parameter,
        string value,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var query = $"oauth/token/?grant_type={grantType}&client_id={Uri.EscapeDataString(application.ClientId)}"
            + $"&client_secret={Uri.EscapeDataString(application.ClientSecret)}&{parameter}={Uri.EscapeDataString(value)}";
        using var buffer = new PooledBuffer();
        try
        {
            using var response = await client
                .GetAsync(new Uri(application.OAuthServer, query), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await buffer.FillAsync(stream, 1024 * 1024, cancellationToken).ConfigureAwait(false);
            return Read(new RawAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, null, buffer), Redact, time);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new Bitrix24ConnectionException(Method, "no tokens came from the OAuth server", mayHaveBeenExecuted: true, e);
        }

        string Redact(string text) => text
            .Replace(application.ClientSecret, "***", StringComparison.Ordinal)
            .Replace(value, "***", StringComparison.Ordinal);
    }

    private static Bitrix24Token Read(RawAnswer answer, Func<string, string> redact, TimeProvider time)
    {
        var body = answer.Body.Span;
        if (ErrorReader.Find(body, Method, answer, redact) is { } error)
            throw error;
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return new()
            {
                AccessToken = root.GetProperty("access_token").GetString()!,
                RefreshToken = root.GetProperty("refresh_token").GetString()!,
                ExpiresAt = time.GetUtcNow().AddSeconds(Number(root, "expires_in") ?? 3600),
                MemberId = Text(root, "member_id"),
                Scope = Text(root, "scope"),
                UserId = Number(root, "user_id"),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new Bitrix24ProtocolException($"{Method}: the answer holds no tokens (HTTP {(int)answer.Status})") { Method = Method, Status = answer.Status };
        }
    }

    private static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && WireValue.TryNumber(value, out var number) ? (long)number : null;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
