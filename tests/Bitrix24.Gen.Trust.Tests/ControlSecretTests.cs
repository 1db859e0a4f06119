using System.Net;
using System.Text;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Trust.Tests;

/// <summary>The emulator's control API: what it shows of the callers' secrets, and to whom.</summary>
public sealed class ControlSecretTests : IAsyncLifetime
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ActivityHeadersPropagator = null });

    // All that reads, and what refuses by repeating what it was given.
    private static readonly (HttpMethod Verb, string Resource, string? Body)[] Requests =
    [
        (HttpMethod.Get, "calls?limit=1000", null),
        (HttpMethod.Get, "records", null),
        (HttpMethod.Get, "records?type=%23%23secrets", null),
        (HttpMethod.Get, "records?type=%23%23tokens", null),
        (HttpMethod.Get, "records?type=v3/%23%23secrets", null),
        (HttpMethod.Get, "records?type=%23bindings", null),
        (HttpMethod.Get, "records?type=%23offline", null),
        (HttpMethod.Get, "snapshot", null),
        (HttpMethod.Post, "records", """{"##tokens":[{"TOKEN":"x"}]}"""),
        (HttpMethod.Get, "faults", null),
        (HttpMethod.Get, "clock", null),
        (HttpMethod.Get, "bucket", null),
        (HttpMethod.Get, "deliveries", null),
        (HttpMethod.Get, "replies", null),
        (HttpMethod.Get, "robots", null),
        (HttpMethod.Get, "nothing", null),
        (HttpMethod.Post, "records", "[]"),
        (HttpMethod.Post, "records", "no json"),
        (HttpMethod.Post, "clock", """{"advance":-1}"""),
        (HttpMethod.Post, "callbacks", """{"callback":"none"}"""),
        (HttpMethod.Post, "events", """{"event":"ONNONE"}"""),
        (HttpMethod.Post, "install", """{"url":"http://127.0.0.1:1/"}"""),
    ];

    private readonly Dictionary<string, string> _secrets = [];
    private readonly Witness _witness = new();
    private PortalEmulator _portal = null!;

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync(new()
        {
            WebhookSecret = "s3cr3t-of-the-webhook",
            AccessToken = "t0k3n+of/the=portal",
            ClientSecret = "s3cr3t+of/the=application",
            ApiKey = "vibe_api_k3y+of/the=portal",
            ControlToken = "c0ntr0l+token/of=it",
            Webhooks = [new(2, "s3cr3t-of-another-webhook")],
            Tokens = [new("t0k3n-of-another-application")],
        });
        foreach (var (name, secret) in new (string, string)[]
        {
            ("webhook", "s3cr3t-of-the-webhook"), ("second webhook", "s3cr3t-of-another-webhook"), ("second token", "t0k3n-of-another-application"),
            ("access token", _portal.AccessToken), ("refresh token", _portal.RefreshToken), ("client secret", _portal.ClientSecret),
            ("VibeCode key", _portal.ApiKey), ("read-only key", _portal.ReadOnlyKey), ("management key", _portal.ManagementKey), ("application key", _portal.ApplicationKey),
            ("session", _portal.IssueSession()), ("application token", _portal.ApplicationToken), ("control token", _portal.ControlToken),
        })
        {
            _secrets[name] = secret;
        }
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        _witness.Dispose();
    }

    [Fact]
    public async Task Control_shows_no_secret_of_the_calls_that_were_made()
    {
        await CallAsync();
        foreach (var (verb, resource, body) in Requests)
            _witness.Tell($"{verb} {resource}", await AskAsync(verb, resource, body, _portal.ControlToken));

        Assert.Empty(_witness.Find(_secrets));
        Assert.InRange(_portal.Requests.Count, 8, int.MaxValue);
        // The one that says how to reach the portal: for those who have the token of the control API.
        _witness.Tell("info", await AskAsync(HttpMethod.Get, "info", null, _portal.ControlToken));
        Assert.All(_witness.Find(_secrets), static f => Assert.StartsWith("webhook in info", f, StringComparison.Ordinal));
        Assert.NotEmpty(_witness.Find(_secrets));
    }

    [Theory]
    [InlineData("records")]
    [InlineData("snapshot")]
    public async Task Control_fills_no_store_of_secrets(string resource)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_portal.ControlUrl}/api/{resource}")
        {
            Content = new StringContent("""{"##tokens":[{"ID":"mine"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Emulator-Token", _portal.ControlToken);

        using var response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("c0ntr0l+token/of=i")]
    [InlineData("another")]
    public async Task Without_the_token_control_says_nothing_at_all(string? token)
    {
        await CallAsync();
        foreach (var (verb, resource, body) in Requests.Append((HttpMethod.Get, "info", null)).Append((HttpMethod.Post, "tokens/expire", null)).Append((HttpMethod.Post, "reset", null)))
        {
            var answer = await AskAsync(verb, resource, body, token, HttpStatusCode.Unauthorized);
            _witness.Tell($"{verb} {resource}", answer);
            Assert.Contains("TOKEN_REQUIRED", answer, StringComparison.Ordinal);
        }

        Assert.Empty(_witness.Find(_secrets));
    }

    [Theory]
    [InlineData("Host", "attacker.example")]
    [InlineData("Host", "127.0.0.1.attacker.example")]
    [InlineData("Origin", "https://attacker.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Page_of_another_origin_gets_neither_the_token_nor_an_answer(string header, string value)
    {
        foreach (var path in new[] { "", "/", "/api/info" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _portal.ControlUrl + path);
            request.Headers.TryAddWithoutValidation(header, value);
            request.Headers.Add("X-Emulator-Token", _portal.ControlToken);
            using var response = await Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            _witness.Tell("page", await response.Content.ReadAsStringAsync() + response.Headers);
        }

        Assert.Empty(_witness.Find(_secrets));
    }

    [Fact]
    public void Records_of_emulator_and_runtime_print_no_secret()
    {
        Assert.Empty(SecretRecords.ThatPrintIt(typeof(PortalEmulator).Assembly));
        Assert.Empty(SecretRecords.ThatPrintIt(typeof(Bitrix24Client).Assembly));
        Assert.InRange(SecretRecords.Of(typeof(PortalEmulator).Assembly).Count, 5, int.MaxValue);
        Assert.InRange(SecretRecords.Of(typeof(Bitrix24Client).Assembly).Count, 2, int.MaxValue);
        Assert.Contains(SecretRecords.ThatPrintIt(typeof(ControlSecretTests).Assembly), static t => t.StartsWith(nameof(Careless), StringComparison.Ordinal));
    }

    /// <summary>Calls with each kind of credentials, right and wrong ones.</summary>
    private async Task CallAsync()
    {
        await SendAsync(HttpMethod.Post, $"{_portal.WebhookUrl}biconnector.connector.list", "{}");
        await SendAsync(HttpMethod.Post, $"{_portal.WebhookUrl}biconnector.connector.add", """{"fields":{"title":"C"}}""");
        await SendAsync(HttpMethod.Get, $"{_portal.RestUrl}1/{_secrets["second webhook"]}/user.current.json", null);
        await SendAsync(HttpMethod.Get, $"{_portal.RestUrl}7/{_secrets["webhook"]}/user.current", null);
        // Addresses that were cut or put together wrongly.
        await SendAsync(HttpMethod.Get, $"{_portal.RestUrl}{_secrets["webhook"]}", null);
        await SendAsync(HttpMethod.Get, $"{_portal.RestUrl}{_secrets["webhook"]}/user.current", null);
        await SendAsync(HttpMethod.Get, $"{_portal.WebhookUrl}1/{_secrets["webhook"]}/user.current", null);
        await SendAsync(HttpMethod.Get, $"{_portal.RestUrl}1/user.current/{_secrets["webhook"]}", null);
        foreach (var token in new[] { _portal.AccessToken, _secrets["second token"] })
        {
            await SendAsync(HttpMethod.Post, $"{_portal.RestUrl}biconnector.connector.list", $$"""{"auth":"{{token}}"}""");
            await SendAsync(HttpMethod.Get, $"{_portal.RestUrl}biconnector.connector.list?auth={Uri.EscapeDataString(token)}", null);
            await SendAsync(HttpMethod.Post, $"{_portal.RestUrl}batch", $$$"""{"auth":"{{{token}}}","cmd":{"a":"biconnector.connector.get?id=x&auth={{{Uri.EscapeDataString(token)}}}"}}""");
        }

        await SendAsync(HttpMethod.Get, $"{_portal.PortalUrl}/oauth/token/?grant_type=refresh_token&client_id={_portal.ClientId}&client_secret={Uri.EscapeDataString(_portal.ClientSecret)}&refresh_token={_portal.RefreshToken}x", null);
        foreach (var key in new[] { _portal.ApiKey, _portal.ReadOnlyKey, _portal.ManagementKey, _portal.ApplicationKey })
            await SendAsync(HttpMethod.Get, $"{_portal.PortalUrl}/v1/deals", null, ("X-Api-Key", key), ("Authorization", $"Bearer {_secrets["session"]}"));
    }

    private static async Task SendAsync(HttpMethod verb, string url, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(verb, url);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
    }

    private async Task<string> AskAsync(HttpMethod verb, string resource, string? body, string? token, HttpStatusCode? expected = null)
    {
        using var request = new HttpRequestMessage(verb, $"{_portal.ControlUrl}/api/{resource}");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (token is not null)
            request.Headers.TryAddWithoutValidation("X-Emulator-Token", token);
        using var response = await Http.SendAsync(request);
        if (expected is not null)
            Assert.Equal(expected, response.StatusCode);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        return $"{response.Headers}{await response.Content.ReadAsStringAsync()}";
    }

    /// <summary>Shows that a record that prints its secret would be found.</summary>
    private sealed record Careless(string ApiKey);
}
