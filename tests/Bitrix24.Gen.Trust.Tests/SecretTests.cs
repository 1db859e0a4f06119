using Bitrix24.Gen.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Trust.Tests;

// Here, so that the runtime's own are not nearer.

/// <summary>Every kind of credentials through every kind of fault: nothing that is reported of it holds a secret.</summary>
public sealed class SecretTests : IAsyncLifetime
{
    private static readonly Func<string, Fault>[] Faults =
    [
        static _ => Fault.Cut(),
        static _ => Fault.Cut() with { Executed = true },
        static _ => Fault.Truncated(),
        static _ => Fault.TruncatedGzip(),
        static _ => Fault.BrokenBody(),
        static _ => Fault.ExpiredToken(),
        static _ => Fault.Answer(500),
        static echo => Fault.Answer(502, $"<html>{echo}</html>"),
        static echo => Fault.Answer(200, $"<html>{echo}</html>"),
        static echo => Fault.Answer(200, echo),
        static echo => Fault.Answer(200, Json("""{"result":"ECHO","data":"ECHO","_embedded":"ECHO"}""", echo), "application/json"),
        static echo => Fault.Answer(200, Json("""{"result":{"item":{"id":"ECHO"},"ECHO":1},"data":{"id":{"ECHO":1}}}""", echo), "application/json"),
        static echo => Fault.Answer(200, Json("""{"result":{"result":{"c0":{"error":{"error":"ECHO","error_description":"ECHO"}}}}}""", echo), "application/json"),
        static echo => Fault.Answer(400, Json("""{"error":{"code":"ECHO","message":"ECHO","hint":"ECHO","userMessage":"ECHO","validation":[{"field":"ECHO","code":"ECHO","message":"ECHO"}]}}""", echo), "application/json"),
        static echo => Fault.Answer(400, Json("""{"title":"ECHO","detail":"ECHO","validation-errors":[{"errors":[{"path":"ECHO","code":"ECHO","detail":"ECHO"}]}]}""", echo), "application/problem+json"),
        static echo => Fault.Answer(418, echo, $"text/{echo.Split(' ')[0]}"),
        static echo => Fault.Error(429, "OPERATION_TIME_LIMIT", echo),
        static echo => Fault.Error(503, "QUERY_LIMIT_EXCEEDED", echo),
        static echo => Fault.Error(401, "expired_token", echo),
        static echo => Fault.Error(403, echo, echo),
        static echo => Fault.Redirect($"https://elsewhere.example/{Uri.EscapeDataString(echo)}"),
    ];

    private static string Json(string body, string echo) => body.Replace("ECHO", echo, StringComparison.Ordinal);

    private readonly Dictionary<string, string> _secrets = [];
    private readonly Witness _witness = new();
    private PortalEmulator _portal = null!;

    public async Task InitializeAsync()
    {
        // With characters that addresses and JSON write in other ways.
        _portal = await PortalEmulator.StartAsync(new()
        {
            AccessToken = "t0k3n+of/the=portal",
            ClientSecret = "s3cr3t+of/the=application",
            ApiKey = "vibe_api_k3y+of/the=portal",
        });
        Keep("webhook", new Uri(_portal.WebhookUrl).Segments[^1].Trim('/'));
        Keep("access token", _portal.AccessToken);
        Keep("refresh token", _portal.RefreshToken);
        Keep("client secret", _portal.ClientSecret);
        Keep("VibeCode key", _portal.ApiKey);
        Keep("VibeCode application's key", _portal.ApplicationKey);
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        _witness.Dispose();
    }

    [Fact]
    public async Task No_secret_is_told_by_any_credentials_through_any_fault()
    {
        // b24jssdk#39, #40, #43: webhook addresses and tokens in logs.
        var session = Keep("VibeCode session", _portal.IssueSession());
        await SweepAsync("webhook", Bitrix24Credentials.Webhook(_portal.WebhookUrl), PortalCalls, () => [_secrets["webhook"]]);
        await SweepAsync(
            "access token", Bitrix24Credentials.AccessToken(_portal.PortalUrl, _portal.AccessToken), PortalCalls, () => [_portal.AccessToken]);
        var (oauth, store) = await ExchangeAsync("", Application());
        await SweepAsync("OAuth", oauth, PortalCalls, () => [_portal.ClientSecret, .. store.Current]);

        await SweepAsync("VibeCode key", Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl), VibeCalls, () => [_portal.ApiKey]);
        var application = new VibeCodeApplication("app", _portal.ApplicationKey, new("https://app.example/back"), _portal.PortalUrl);
        _witness.Tell("application", application);
        await SweepAsync(
            "VibeCode session",
            Bitrix24Credentials.VibeCode(application, new VibeCodeSession(session, DateTimeOffset.MaxValue)),
            VibeCalls,
            () => [_portal.ApplicationKey, session]);

        var (_, once) = await ExchangeAsync("fixed ", Application());
        var token = once.Current.First();
        await SweepAsync("amoCRM token", Bitrix24Credentials.AmoCrm(_portal.PortalUrl, token), AmoCalls, () => [token]);
        var integration = new AmoCrmApplication(_portal.ClientId, _portal.ClientSecret, new("https://app.example/back"));
        var (amo, kept) = await ExchangeAsync("amoCRM ", integration);
        await SweepAsync("amoCRM OAuth", amo, AmoCalls, () => [_portal.ClientSecret, .. kept.Current]);
        foreach (var call in _portal.Requests)
            _witness.Tell("emulator's log", call.ToString());

        Assert.Empty(_witness.Find(_secrets));
        // The witness was there.
        Assert.InRange(_witness.Count("log"), 500, int.MaxValue);
        Assert.InRange(_witness.Count("activity"), 500, int.MaxValue);
        Assert.InRange(_witness.Count("metric"), 500, int.MaxValue);
        Assert.InRange(_witness.Count("emulator's log"), 100, int.MaxValue);
        Assert.InRange(_witness.Count("error"), 200, int.MaxValue);
    }

    [Theory]
    [InlineData("a secret")]
    [InlineData("a+secret/of=some?length")]
    public void Witness_finds_a_secret_in_any_form(string secret)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(secret);
        foreach (var text in new[]
        {
            $"x{secret}x", Uri.EscapeDataString(secret), Uri.EscapeDataString(secret).ToLowerInvariant(), Convert.ToBase64String(bytes),
            Convert.ToBase64String([1, .. bytes, 2]), Convert.ToBase64String([1, 1, .. bytes]), Convert.ToHexString(bytes),
        })
        {
            using var witness = new Witness();
            witness.Tell("exception", new InvalidOperationException("outer", new InvalidOperationException(text)));
            Assert.NotEmpty(witness.Find(new Dictionary<string, string> { ["s"] = secret }));
        }
    }

    private string Keep(string name, string secret) => _secrets[name] = secret;

    private Bitrix24Application Application() => new(_portal.ClientId, _portal.ClientSecret) { OAuthServer = new(_portal.PortalUrl) };

    private async Task<(Bitrix24Credentials Credentials, Recorder Store)> ExchangeAsync(string prefix, OAuthApplication application)
    {
        var store = new Recorder(this, prefix);
        var code = Keep($"{prefix}code", _portal.IssueAuthorizationCode());
        _witness.Tell("application", application);
        var credentials = await Bitrix24Credentials.ExchangeCodeAsync(_portal.PortalUrl, application, code, store);
        // A code is good once: here is the refusal.
        await TryAsync(() => Bitrix24Credentials.ExchangeCodeAsync(_portal.PortalUrl, application, code, store));
        _witness.Tell("token", (await store.LoadAsync(""))!);
        return (credentials, store);
    }

    /// <summary>Plays all faults; the portal repeats to the client what it knows.</summary>
    private async Task SweepAsync<T>(string kind, Bitrix24Credentials credentials, Func<T, Task>[] calls, Func<IEnumerable<string>> known)
        where T : Bitrix24Client
    {
        await using var services = new ServiceCollection()
            .AddLogging(b => b.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new Unowned(_witness)))
            .AddBitrix24<T>(s =>
            {
                s.Credentials = credentials;
                s.Client = new()
                {
                    MaxRetries = 1,
                    RetryDelay = TimeSpan.FromMilliseconds(1),
                    RateLimit = Bitrix24RateLimit.None,
                    MaxLimitWait = TimeSpan.Zero,
                    ValidateBeforeSending = false,
                    RequestTimeout = TimeSpan.FromSeconds(30),
                };
                _witness.Tell("settings", s);
            })
            .BuildServiceProvider();
        var client = services.GetRequiredService<T>();
        _witness.Tell(kind, client);
        _witness.Tell(kind, credentials);
        foreach (var call in calls)
            await call(client);
        foreach (var call in calls)
        {
            for (var i = 0; i < Faults.Length * 2; i++)
            {
                // At the call itself, and at the authorization server while its token is refreshed.
                var fault = Faults[i / 2](string.Join(' ', known().SelectMany(FormsOf)));
                if (i % 2 == 1)
                    _portal.Inject(Fault.ExpiredToken());
                _portal.Inject(fault with { Times = 2, Method = i % 2 == 1 ? Fault.TokenEndpoint : null });
                await TryAsync(() => call(client));
                _portal.ClearFaults();
            }
        }

        using var late = (T)Activator.CreateInstance(
            typeof(T), credentials, new Bitrix24ClientOptions { RequestTimeout = TimeSpan.FromMilliseconds(50), MaxRetries = 0, Logger = _witness })!;
        _portal.Inject(Fault.Late(TimeSpan.FromMinutes(1)));
        await TryAsync(() => calls[0](late));
        _portal.ClearFaults();
    }

    /// <summary>A secret as a server may repeat it: in addresses, pages, lines of JSON within JSON, headers of basic authorization.</summary>
    private static IEnumerable<string> FormsOf(string secret)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(secret);
        return
        [
            secret, Uri.EscapeDataString(secret), Uri.EscapeDataString(secret).ToLowerInvariant(), Uri.EscapeDataString(Uri.EscapeDataString(secret)),
            System.Net.WebUtility.HtmlEncode(secret), Convert.ToBase64String([1, .. bytes]), Convert.ToBase64String([.. "me:"u8, .. bytes, .. "\r\n"u8]),
            Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_'), Convert.ToHexString(bytes), Convert.ToHexString(bytes).ToLowerInvariant(),
        ];
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is Bitrix24Exception or OperationCanceledException)
        {
            for (Exception? one = e; one is not null; one = one.InnerException)
                _witness.Tell("error", one);
        }
    }

    private static readonly Func<Portal, Task>[] PortalCalls =
    [
        static client => client.CallAsync("biconnector.connector.fields"),
        static async client =>
        {
            var batch = client.CreateBatch();
            var item = batch.Add(new BiConnector.ConnectorFieldsRequest());
            await batch.SendAsync();
            _ = item.Result;
        },
        static client => FirstAsync(client.V3.Main.EventLog.ListAsync()),
    ];

    private static readonly Func<Vibe, Task>[] VibeCalls =
    [
        static client => client.Deals.CreateAsync(new() { Title = "T", StageId = "NEW" }),
        static client => FirstAsync(client.Deals.ListAsync(static q => q.Take(1))),
    ];

    private static readonly Func<Amo, Task>[] AmoCalls = [static client => FirstAsync(client.Widgets.ListAsync())];

    private static async Task FirstAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var _ in items)
            break;
    }

    /// <summary>Remembers all tokens that it was ever given.</summary>
    private sealed class Recorder(SecretTests test, string prefix) : ITokenStore
    {
        private Bitrix24Token? _last;
        private int _count;

        public IReadOnlyList<string> Current { get; private set; } = [];

        public ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default) => new(_last);

        public ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default)
        {
            var name = $"{prefix}{++_count}. ";
            Current = [token.AccessToken, token.RefreshToken];
            test.Keep($"{name}access token", token.AccessToken);
            test.Keep($"{name}refresh token", token.RefreshToken);
            _last = token;
            return default;
        }
    }

    /// <summary>A logger provider that the services do not dispose.</summary>
    private sealed class Unowned(Witness witness) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => witness;

        public void Dispose()
        {
        }
    }
}
