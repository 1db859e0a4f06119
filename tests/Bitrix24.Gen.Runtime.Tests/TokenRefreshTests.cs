using Bitrix24.Infrastructure;
using HandWritten.BiConnector;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>What goes wrong while tokens are refreshed.</summary>
public class TokenRefreshTests
{
    private const string NoAccess = """{"error":{"code":"BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION","message":"Access denied"}}""";

    private readonly MemoryTokenStore _store = new();
    private int _refreshes;
    private int _executed;
    private string _refusal = "expired_token";
    private string? _refused;
    private bool _endsAll;

    [Fact]
    public async Task Caller_that_gives_up_does_not_lose_the_rotated_token()
    {
        using var asked = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        await using var server = await StartAsync(async () =>
        {
            asked.Release();
            await goOn.WaitAsync();
        });
        using var client = Client(server);
        using var cancellation = new CancellationTokenSource();

        var call = client.BiConnector.Dataset.GetAsync(1, cancellation.Token);
        await asked.WaitAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        goOn.Release();
        await client.BiConnector.Dataset.GetAsync(1);

        Assert.Equal((1, 1, "access-2"), (_refreshes, _executed, (await _store.LoadAsync(server.Address.Authority))?.AccessToken));
    }

    [Fact]
    public async Task Authorization_server_that_does_not_answer_ends_the_call_unsent()
    {
        using var asked = new SemaphoreSlim(0);
        await using var server = await StartAsync(async () =>
        {
            asked.Release();
            await Task.Delay(Timeout.Infinite);
        });
        var time = new FakeTime();
        using var client = Client(server, new() { MaxRetries = 0, TimeProvider = time });

        var call = client.SendAsync(new DatasetAddRequest { Fields = Requests.Create });
        await asked.WaitAsync();
        time.Advance(TimeSpan.FromSeconds(71));
        var e = await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => call);

        Assert.Equal(("oauth/token", false), (e.Method, e.MayHaveBeenExecuted));
        Assert.Contains("70 s", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_of_the_store_that_has_ended_too_is_refreshed()
    {
        await using var server = await StartAsync(static () => Task.CompletedTask);
        using var client = Client(server, new() { MaxRetries = 0 });
        await client.BiConnector.Dataset.GetAsync(1);
        _refused = "access-other";
        await _store.SaveAsync(server.Address.Authority, Tokens("access-other", "refresh-other"));
        _endsAll = true;

        await client.BiConnector.Dataset.GetAsync(1);

        Assert.Equal((2, 2), (_refreshes, _executed));
    }

    [Theory]
    [InlineData(502, "<html>")]
    [InlineData(200, "{\"access_tok")]
    [InlineData(503, "")]
    public async Task Write_goes_again_whose_token_could_not_be_refreshed(int status, string body)
    {
        await using var server = await StartAsync(static () => Task.CompletedTask, count => count == 1 ? (status, body) : null);
        using var client = Client(server, new() { RetryDelay = TimeSpan.FromMilliseconds(1), RateLimit = Bitrix24RateLimit.None });

        await client.SendAsync(new DatasetAddRequest { Fields = Requests.Create });

        Assert.Equal((2, 1), (_refreshes, _executed));
    }

    [Fact]
    public async Task Tokens_that_another_machine_refreshed_first_are_taken_from_the_store()
    {
        // b24phpsdk#102, where the store cannot lock.
        LoopbackServer server = null!;
        server = await StartAsync(
            () => _store.SaveAsync(server.Address.Authority, Tokens("access-2", "refresh-2")).AsTask(),
            static _ => (400, """{"error":"invalid_grant"}"""));
        await using (server)
        {
            using var client = Client(server);

            await client.BiConnector.Dataset.GetAsync(1);
        }

        Assert.Equal((1, 1), (_refreshes, _executed));
    }

    [Fact]
    public async Task Tokens_that_could_not_be_saved_are_neither_used_nor_lost()
    {
        await using var server = await StartAsync(static () => Task.CompletedTask);
        var full = new FullStore(_store);
        using var client = server.Client(
            credentials: Bitrix24Credentials.OAuth(server.Address.ToString(), new("app", "secret-of-app") { OAuthServer = server.Address }, full));

        await Assert.ThrowsAsync<IOException>(() => client.BiConnector.Dataset.GetAsync(1));
        Assert.Equal((1, 0), (_refreshes, _executed));
        full.IsFull = false;
        await client.BiConnector.Dataset.GetAsync(1);

        Assert.Equal((1, 1, "access-2"), (_refreshes, _executed, (await _store.LoadAsync(server.Address.Authority))?.AccessToken));
    }

    [Theory]
    [InlineData("expired_token")]
    [InlineData("invalid_token")]
    public async Task Token_that_is_not_taken_is_looked_for_in_the_store_first(string code)
    {
        await using var server = await StartAsync(static () => Task.CompletedTask);
        _refusal = code;
        using var client = Client(server);
        await _store.SaveAsync(server.Address.Authority, Tokens("access-9", "refresh-9"));
        await client.BiConnector.Dataset.GetAsync(1);
        _refused = "access-9";
        await _store.SaveAsync(server.Address.Authority, Tokens("access-10", "refresh-10"));

        await client.BiConnector.Dataset.GetAsync(1);

        Assert.Equal((0, 2), (_refreshes, _executed));
    }

    [Fact]
    public async Task Refresh_token_that_was_refused_is_not_tried_again_until_the_store_changes()
    {
        await using var server = await StartAsync(static () => Task.CompletedTask, static count => count == 1 ? (400, """{"error":"invalid_grant"}""") : null);
        var options = new Bitrix24ClientOptions { MaxRetries = 0, RateLimit = Bitrix24RateLimit.None };
        using var one = Client(server, options);
        using var two = Client(server, options);

        var errors = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Record.ExceptionAsync(() => (i % 2 == 0 ? one : two).BiConnector.Dataset.GetAsync(1))));

        Assert.All(errors, static e => Assert.Equal(("oauth/token", "invalid_grant"), (Assert.IsType<Bitrix24ApiException>(e).Method, ((Bitrix24ApiException)e).Code)));
        Assert.Equal((1, 0), (_refreshes, _executed));
        await _store.SaveAsync(server.Address.Authority, Tokens("access-1", "refresh-of-a-user-who-came-back"));
        await one.BiConnector.Dataset.GetAsync(1);
        Assert.Equal((2, 1), (_refreshes, _executed));
    }

    [Fact]
    public async Task Store_that_fails_for_a_moment_is_given_the_tokens_again()
    {
        await using var server = await StartAsync(static () => Task.CompletedTask);
        var full = new FullStore(_store) { Failures = 2 };
        using var client = server.Client(
            credentials: Bitrix24Credentials.OAuth(server.Address.ToString(), new("app", "secret-of-app") { OAuthServer = server.Address }, full));

        await client.BiConnector.Dataset.GetAsync(1);

        Assert.Equal((1, 1, "access-2"), (_refreshes, _executed, (await _store.LoadAsync(server.Address.Authority))?.AccessToken));
    }

    [Theory]
    [InlineData("a\\r\\nX-Evil: 1")]
    [InlineData("токен")]
    [InlineData("a b")]
    public async Task Token_that_no_header_can_carry_is_refused_before_it_is_saved(string token)
    {
        await using var server = await StartAsync(
            static () => Task.CompletedTask, _ => (200, $$"""{"access_token":"{{token}}","refresh_token":"refresh-2","expires_in":3600}"""));
        using var client = Client(server);

        var e = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.BiConnector.Dataset.GetAsync(1));

        Assert.Contains("no header can carry", e.Message, StringComparison.Ordinal);
        Assert.Equal("access-1", (await _store.LoadAsync(server.Address.Authority))?.AccessToken);
        Assert.Throws<ArgumentException>(() => Tokens("a\r\nb", "r"));
        Assert.Throws<ArgumentException>(() => Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "a\r\nb"));
        Assert.Throws<ArgumentException>(() => Bitrix24Credentials.VibeCode("vibe_ключ"));
    }

    [Fact]
    public async Task Refusal_that_is_not_about_the_tokens_age_does_not_refresh_it_again_and_again()
    {
        // REST 3.0 answers 401 for everything that has to do with the caller.
        await using var server = await StartAsync(static () => Task.CompletedTask);
        using var client = Client(server);
        var call = new RawRequest(new("no.access", static () => []) { Api = new() { Envelope = EnvelopeKind.Bitrix24V3 } }, static w => w.WriteRawValue("{}"));

        for (var i = 0; i < 3; i++)
            Assert.Equal(401, (int)(await Assert.ThrowsAsync<Bitrix24ApiException>(() => client.SendAsync(call))).Status);

        Assert.Equal(1, _refreshes);
    }

    [Fact]
    public async Task Portal_that_redirects_in_circles_is_given_up()
    {
        // b24phpsdk#372: an endless recursion.
        var hosts = new List<string>();
        using var http = new HttpClient(new Circle(hosts));
        using var client = new HandWritten.Portal(
            Bitrix24Credentials.AccessToken("https://one.bitrix24.test", "access-1"), new() { HttpClient = http, MaxRetries = 3 });

        var e = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.BiConnector.Dataset.GetAsync(1));

        Assert.Contains("redirect", e.Message, StringComparison.Ordinal);
        Assert.Equal(["one.bitrix24.test", "two.bitrix24.test"], hosts);
    }

    [Fact]
    public void Authorization_server_is_reached_in_safety_or_not_at_all()
    {
        Assert.Throws<ArgumentException>(static () => new Bitrix24Application("app", "secret") { OAuthServer = new("http://oauth.example") });
        Assert.Equal(8080, new Bitrix24Application("app", "secret") { OAuthServer = new("http://127.0.0.1:8080") }.OAuthServer.Port);
    }

    [Fact]
    public async Task Code_that_is_not_taken_says_why_and_prints_no_secret()
    {
        // b24phpsdk#284: failures gave no cause.
        await using var server = await StartAsync(
            static () => Task.CompletedTask, static _ => (400, """{"error":"invalid_grant","error_description":"c0de%2fx of s3cr3t"}"""));
        var application = new Bitrix24Application("app", "s3cr3t") { OAuthServer = server.Address };

        var e = await Assert.ThrowsAsync<Bitrix24ApiException>(
            () => Bitrix24Credentials.ExchangeCodeAsync(server.Address.ToString(), application, "c0de/x", _store));

        Assert.Equal(("oauth/token", "invalid_grant", "*** of ***"), (e.Method, e.Code, e.Description));
    }

    private static Bitrix24Token Tokens(string access, string refresh) =>
        new() { AccessToken = access, RefreshToken = refresh, ExpiresAt = DateTimeOffset.MaxValue };

    private async Task<LoopbackServer> StartAsync(Func<Task> beforeTokens, Func<int, (int Status, string Body)?>? answer = null)
    {
        var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            if (context.Request.Path == "/oauth/token/")
            {
                var count = Interlocked.Increment(ref _refreshes);
                await beforeTokens().WaitAsync(context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                var (status, body) = answer?.Invoke(count)
                    ?? (200, $$"""{"access_token":"access-{{count + 1}}","refresh_token":"refresh-{{count + 1}}","expires_in":3600}""");
                await LoopbackServer.Answer(context, body, status);
            }
            else
            {
                await CallAsync(context);
            }
        });
        await _store.SaveAsync(server.Address.Authority, Tokens("access-1", "refresh-1"));
        return server;
    }

    private Task CallAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/rest/api"))
            return LoopbackServer.Answer(context, NoAccess, 401);
        if (context.Request.Headers.Authorization == "Bearer access-1" || (_endsAll && context.Request.Headers.Authorization == "Bearer access-2") || context.Request.Headers.Authorization == "Bearer " + _refused)
            return LoopbackServer.Answer(context, $$"""{"error":"{{_refusal}}"}""", 401);
        Interlocked.Increment(ref _executed);
        return LoopbackServer.Answer(context, """{"result":{"id":1,"item":{"id":1}}}""");
    }

    private HandWritten.Portal Client(LoopbackServer server, Bitrix24ClientOptions? options = null) => server.Client(
        options,
        Bitrix24Credentials.OAuth(server.Address.ToString(), new("app", "secret-of-app") { OAuthServer = server.Address }, _store));

    private sealed class FullStore(ITokenStore inner) : ITokenStore
    {
        public bool IsFull
        {
            get => Failures > 0;
            set => Failures = value ? int.MaxValue : 0;
        }

        public int Failures { get; set; } = int.MaxValue;

        public ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default) => inner.LoadAsync(portal, cancellationToken);

        public ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default) =>
            Failures > 0 && Failures-- > 0 ? throw new IOException("No space left.") : inner.SaveAsync(portal, token, cancellationToken);
    }
}
