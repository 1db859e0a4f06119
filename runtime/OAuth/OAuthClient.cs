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
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(application.OAuthServer, query));
        return await SendAsync(client, request, Redaction(application.ClientSecret, value), time, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<Bitrix24Token> RequestAsync(
        HttpClient client,
        Uri account,
        AmoCrmApplication application,
        string grantType,
        string value,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("client_id"u8, application.ClientId);
            writer.WriteString("client_secret"u8, application.ClientSecret);
            writer.WriteString("grant_type"u8, grantType);
            writer.WriteString(grantType == "refresh_token" ? "refresh_token"u8 : "code"u8, value);
            writer.WriteString("redirect_uri"u8, application.RedirectUri.OriginalString);
            writer.WriteEndObject();
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(account, "oauth2/access_token"));
        request.Content = new ReadOnlyMemoryContent(body.Memory) { Headers = { ContentType = new("application/json") } };
        return await SendAsync(client, request, Redaction(application.ClientSecret, value), time, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Bitrix24Token> SendAsync(
        HttpClient client, HttpRequestMessage request, Func<string, string> redact, TimeProvider time, CancellationToken cancellationToken)
    {
        using var buffer = new PooledBuffer();
        try
        {
            using var response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await buffer.FillAsync(stream, 1024 * 1024, cancellationToken).ConfigureAwait(false);
            return Read(new RawAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, null, buffer), redact, time);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new Bitrix24ConnectionException(Method, "no tokens came from the OAuth server", mayHaveBeenExecuted: true, e);
        }
    }

    private static Func<string, string> Redaction(string secret, string value) => text => text
        .Replace(secret, "***", StringComparison.Ordinal)
        .Replace(value, "***", StringComparison.Ordinal);

    private static Bitrix24Token Read(RawAnswer answer, Func<string, string> redact, TimeProvider time)
    {
        var body = answer.Body.Span;
        if (ErrorReader.Find(body, Method, answer, redact) is { } error)
            throw error;
        if ((int)answer.Status is >= 400 and < 500)
            throw HttpErrorReader.Problem(Method, answer, body, redact);
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
