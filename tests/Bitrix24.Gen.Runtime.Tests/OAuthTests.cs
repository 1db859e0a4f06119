using System.Net;
using System.Text;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class OAuthTests
{
    private static readonly Bitrix24Application Application = new("app.1", "cl13nts3cr3t");

    [Fact]
    public async Task Storm_of_expired_tokens_makes_exactly_one_refresh()
    {
        // b24jssdk#147, b24phpsdk#102: several callers burn the one-time refresh token.
        var portal = new TokenPortal();
        var store = await portal.StoreAsync();
        using var one = portal.Client(store);
        using var two = portal.Client(store);
        portal.ExpireAccess();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? one : two).BiConnector.Dataset.GetAsync(1)));

        Assert.Equal((1, 100), (portal.Refreshes, portal.Executed));
    }

    [Fact]
    public async Task Token_that_ends_soon_is_refreshed_before_it_is_used()
    {
        var portal = new TokenPortal();
        using var client = portal.Client(await portal.StoreAsync(lasts: TimeSpan.FromSeconds(30)));

        await client.BiConnector.Dataset.GetAsync(1);

        Assert.Equal((1, 1, 0), (portal.Refreshes, portal.Executed, portal.Expired));
    }

    [Fact]
    public async Task Rotated_token_is_saved_before_it_is_used()
    {
        var portal = new TokenPortal();
        var store = await portal.StoreAsync();
        using var client = portal.Client(store);
        portal.ExpireAccess();
        string? savedAtCall = null;
        portal.OnExecute = async () => savedAtCall = (await store.LoadAsync(portal.Host))!.AccessToken;

        await client.SendAsync(new DatasetAddRequest { Fields = Requests.Create });

        Assert.Equal("access2", savedAtCall);
        Assert.Equal(1, portal.Executed);
    }

    [Fact]
    public async Task Token_that_stays_expired_is_an_error_and_not_a_loop()
    {
        // b24phpsdk#372: a refusal that did not change was repeated without end.
        var portal = new TokenPortal { AlwaysExpired = true };
        using var client = portal.Client(await portal.StoreAsync());

        var e = await Assert.ThrowsAsync<Bitrix24ApiException>(() => client.BiConnector.Dataset.GetAsync(1));

        Assert.Equal(("expired_token", 1, 2), (e.Code, portal.Refreshes, portal.Expired));
    }

    [Fact]
    public async Task Failed_refresh_says_why_and_prints_no_secret()
    {
        // b24phpsdk#284: refresh failures gave no cause.
        var portal = new TokenPortal { RefreshAnswer = (400, """{"error":"invalid_grant","error_description":"refresh1 of cl13nts3cr3t"}""") };
        using var client = portal.Client(await portal.StoreAsync());
        portal.ExpireAccess();

        var e = await Assert.ThrowsAsync<Bitrix24ApiException>(() => client.BiConnector.Dataset.GetAsync(1));

        Assert.Equal("invalid_grant", e.Code);
        Assert.DoesNotContain("cl13nts3cr3t", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("refresh1", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_is_exchanged_and_saved()
    {
        var portal = new TokenPortal();
        var store = new MemoryTokenStore();

        var credentials = await Bitrix24Credentials.ExchangeCodeAsync(portal.Address, Application, "code1", store, portal.Options);
        using var client = new HandWritten.Portal(credentials, portal.Options);
        await client.BiConnector.Dataset.GetAsync(1);

        Assert.Equal((0, 1), (portal.Refreshes, portal.Executed));
        Assert.StartsWith($"{portal.Address}/oauth/authorize/?client_id=app.1&state=x", Application.AuthorizeUrl(portal.Address, "x").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renamed_portal_is_followed_once_and_remembered()
    {
        var portal = new TokenPortal { MovedTo = "new" };
        using var client = portal.Client(await portal.StoreAsync());

        await client.SendAsync(new DatasetAddRequest { Fields = Requests.Create });
        await client.BiConnector.Dataset.GetAsync(1);

        Assert.Equal((2, 1), (portal.Executed, portal.Redirects));
    }

    [Theory]
    [InlineData("https://evil.example/rest/biconnector.dataset.get")]
    [InlineData("https://bitrix24.test.evil.example/rest/biconnector.dataset.get")]
    [InlineData("http://new.bitrix24.test/rest/biconnector.dataset.get")]
    [InlineData("https://new.bitrix24.test/licence-expired")]
    public async Task Redirect_to_anywhere_else_gets_no_credentials(string location)
    {
        var portal = new TokenPortal { RedirectTo = location };
        using var client = portal.Client(await portal.StoreAsync());

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.BiConnector.Dataset.GetAsync(1));

        Assert.Equal((0, 1), (portal.Executed, portal.Redirects));
    }

    [Fact]
    public async Task File_store_survives_a_crash_between_two_writes()
    {
        var folder = Directory.CreateTempSubdirectory("b24tokens").FullName;
        try
        {
            var store = new FileTokenStore(folder);
            Assert.Null(await store.LoadAsync("p.bitrix24.com"));
            var token = new Bitrix24Token { AccessToken = "a", RefreshToken = "r", ExpiresAt = DateTimeOffset.UnixEpoch, UserId = 5, MemberId = "m" };
            await store.SaveAsync("p.bitrix24.com", token);
            // What a crash leaves: a draft that never became the file.
            await File.WriteAllTextAsync(Path.Combine(folder, "p.bitrix24.com.token.json.1.tmp"), """{"accessToken":""");

            Assert.Equal(token, await new FileTokenStore(folder).LoadAsync("p.bitrix24.com"));
            await store.SaveAsync("p.bitrix24.com", token with { AccessToken = "b" });
            Assert.Equal("b", (await new FileTokenStore(folder).LoadAsync("P.Bitrix24.com"))!.AccessToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Application_and_tokens_print_no_secret()
    {
        var token = new Bitrix24Token { AccessToken = "s3cr3ta", RefreshToken = "s3cr3tr", ExpiresAt = DateTimeOffset.UnixEpoch };

        Assert.DoesNotContain("s3cr3t", token.ToString() + Application, StringComparison.Ordinal);
        Assert.DoesNotContain("cl13nt", Application.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A portal and an OAuth server whose refresh tokens work once.</summary>
    private sealed class TokenPortal : HttpMessageHandler
    {
        private static int s_count;
        private readonly object _lock = new();
        private int _access = 1;
        private int _refresh = 1;

        public string Host { get; } = $"o{Interlocked.Increment(ref s_count)}.bitrix24.test";

        public string Address => $"https://{Host}";

        public Bitrix24ClientOptions Options => new() { HttpClient = new(this, disposeHandler: false), RateLimit = Bitrix24RateLimit.None, MaxRetries = 0 };

        public bool AlwaysExpired { get; init; }

        public string? MovedTo { get; init; }

        public string? RedirectTo { get; init; }

        public (int Status, string Body)? RefreshAnswer { get; init; }

        public Func<Task>? OnExecute { get; set; }

        public int Refreshes { get; private set; }

        public int Executed { get; private set; }

        public int Expired { get; private set; }

        public int Redirects { get; private set; }

        public void ExpireAccess() => _access++;

        public async Task<ITokenStore> StoreAsync(TimeSpan? lasts = null)
        {
            var store = new MemoryTokenStore();
            var ends = DateTimeOffset.UtcNow + (lasts ?? TimeSpan.FromHours(1));
            await store.SaveAsync(Host, new() { AccessToken = "access1", RefreshToken = "refresh1", ExpiresAt = ends });
            return store;
        }

        public HandWritten.Portal Client(ITokenStore store) => new(Bitrix24Credentials.OAuth(Address, Application, store), Options);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (request.RequestUri!.Host == "oauth.bitrix.info")
                return Token(request.RequestUri.Query);
            if (Redirect(request.RequestUri) is { } to)
                return new(HttpStatusCode.Found) { Headers = { Location = to } };
            lock (_lock)
            {
                if (AlwaysExpired || request.Headers.Authorization?.Parameter != $"access{_access}")
                {
                    Expired++;
                    return Json(401, """{"error":"expired_token","error_description":"The access token provided has expired"}""");
                }

                Executed++;
            }

            if (OnExecute is not null)
                await OnExecute();
            return Json(200, """{"result":{"id":1,"item":{"id":1}}}""");
        }

        private Uri? Redirect(Uri address)
        {
            var to = RedirectTo ?? (MovedTo is not null && address.Host == Host ? $"https://{MovedTo}.bitrix24.test{address.AbsolutePath}" : null);
            if (to is null)
                return null;
            Redirects++;
            return new(to);
        }

        private HttpResponseMessage Token(string query)
        {
            lock (_lock)
            {
                if (RefreshAnswer is var (status, body))
                    return Json(status, body);
                if (query.Contains("grant_type=refresh_token", StringComparison.Ordinal))
                {
                    Refreshes++;
                    if (!query.Contains($"refresh_token=refresh{_refresh}", StringComparison.Ordinal))
                        return Json(400, """{"error":"invalid_grant"}""");
                    _access = ++_refresh;
                }

                return Json(200, $$"""{"access_token":"access{{_access}}","refresh_token":"refresh{{_refresh}}","expires_in":3600,"member_id":"m","user_id":1}""");
            }
        }

        private static HttpResponseMessage Json(int status, string body) =>
            new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
