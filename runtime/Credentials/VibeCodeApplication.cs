using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>An application that is registered with VibeCode and acts for users who consented. Never prints its key.</summary>
public sealed class VibeCodeApplication
{
    private const string Method = "connect/token";

    private static readonly string[] Names = ["access_token", "session_token", "session", "token"];

    /// <summary>Names an application.</summary>
    /// <param name="clientId">Its id.</param>
    /// <param name="key">Its key; it begins with <c>vibe_app_</c>.</param>
    /// <param name="redirectUri">The redirect URI, as registered.</param>
    /// <param name="url">Where the API is.</param>
    /// <exception cref="ArgumentException">The address is neither https nor loopback.</exception>
    public VibeCodeApplication(string clientId, string key, Uri redirectUri, string url = Bitrix24Credentials.VibeCodeUrl)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(clientId);
        HeaderText.Token(key, nameof(key));
        ArgumentNullException.ThrowIfNull(redirectUri);
        (ClientId, Key, RedirectUri, Api) = (clientId, key, redirectUri, Bitrix24Credentials.ParsePortal(url, nameof(url)));
    }

    /// <summary>Its id.</summary>
    public string ClientId { get; }

    /// <summary>The redirect URI.</summary>
    public Uri RedirectUri { get; }

    /// <summary>Where the API is.</summary>
    public Uri Api { get; }

    internal string Key { get; }

    /// <summary>Where to send a user to agree; the user comes back with a code and the state.</summary>
    /// <param name="state">Returned unchanged with the code; compare it, to reject codes that were not requested.</param>
    public Uri AuthorizeUrl(string state) => new(
        Api,
        $"v1/connect/authorize?response_type=code&client_id={Uri.EscapeDataString(ClientId)}"
        + $"&redirect_uri={Uri.EscapeDataString(RedirectUri.OriginalString)}&state={Uri.EscapeDataString(state)}");

    /// <summary>Exchanges an authorization code for a session. Sessions cannot be refreshed: redirect the user again.</summary>
    /// <param name="code">The code.</param>
    /// <param name="options">How to reach the API.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="Bitrix24ApiException">The code was refused.</exception>
    /// <exception cref="Bitrix24ConnectionException">No answer arrived.</exception>
    /// <exception cref="Bitrix24ProtocolException">The answer holds no session.</exception>
    public async Task<VibeCodeSession> ExchangeCodeAsync(string code, Bitrix24ClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        options ??= new();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Api, "v1/connect/token"));
        request.Headers.Add(VibeCodeCredentials.KeyHeader, Key);
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"),
            new("client_id", ClientId),
            new("code", code),
            new("redirect_uri", RedirectUri.OriginalString),
        ]);
        request.Content = new SingleSendContent(await form.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), Method, "application/x-www-form-urlencoded");
        using var answer = await new HttpTransport(options)
            .ExchangeAsync(request, Method, new(Key, code), cancellationToken, TokenReader.MaxAnswer).ConfigureAwait(false);
        return Read(answer, options.TimeProvider.GetUtcNow());
    }

    /// <summary>Names the application without its key.</summary>
    public override string ToString() => $"VibeCodeApplication({ClientId}, ***)";

    private static VibeCodeSession Read(RawAnswer answer, DateTimeOffset now)
    {
        var body = EnvelopeReader.WithoutMark(answer.Body.Span);
        if (ErrorReader.Find(body, Method, answer) is { } error)
            throw error;
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
                root = data;
            foreach (var name in Names)
            {
                if (root.TryGetProperty(name, out var token) && token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 } text)
                    return new(text, now + Lifetime(root));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Below: whatever came, it is no session.
        }

        throw EnvelopeReader.Protocol(Method, answer, "the answer holds no session");
    }

    private static TimeSpan Lifetime(JsonElement root) =>
        root.TryGetProperty("expires_in", out var value) && NumberText.TryRead(value, out var seconds) && seconds is > 0 and < int.MaxValue
            ? TimeSpan.FromSeconds((double)seconds)
            : VibeCodeSession.Lifetime;
}
