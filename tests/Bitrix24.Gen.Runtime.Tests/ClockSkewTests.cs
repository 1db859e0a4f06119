using System.Net;
using System.Text;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Processes whose clocks differ share the tokens of a portal.</summary>
public sealed class ClockSkewTests
{
    private const int Hours = 8;

    private readonly FakeTime _time = new();
    private readonly MemoryTokenStore _store = new();
    private readonly Dictionary<string, DateTimeOffset> _tokens = [];
    private string _refresh = "refresh-0";
    private int _refreshes;
    private int _refused;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-10, 10)]
    [InlineData(-59, 59)]
    [InlineData(-525_600, 525_600)]
    public async Task Clocks_that_differ_lose_no_call_and_do_not_refresh_against_each_other(int behind, int ahead)
    {
        await _store.SaveAsync("example.bitrix24.com", new() { AccessToken = "access-0", RefreshToken = _refresh, ExpiresAt = _time.GetUtcNow() });
        using var http = new HttpClient(new Portal(this));
        var clients = new[] { behind, 0, ahead }.Select(minutes => new HandWritten.Portal(
            Bitrix24Credentials.OAuth("https://example.bitrix24.com", new Bitrix24Application("app", "secret-of-app"), _store),
            new() { HttpClient = http, TimeProvider = new Skewed(_time, TimeSpan.FromMinutes(minutes)), RateLimit = Bitrix24RateLimit.None, MaxRetries = 0 })).ToArray();

        for (var minute = 0; minute < Hours * 60; minute++)
        {
            foreach (var client in clients)
                Assert.Equal(1, (await client.CallAsync("app.info")).GetInt32());
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        // One an hour where clocks agree; each process may bring tokens of its own where they do not.
        Assert.InRange(_refreshes, Hours, (Hours + 1) * clients.Length);
        Assert.InRange(_refused, 0, (Hours + 1) * clients.Length);
        foreach (var client in clients)
            client.Dispose();
    }

    /// <summary>A clock that is wrong; time passes for it as for others.</summary>
    private sealed class Skewed(FakeTime time, TimeSpan skew) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + skew;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>The portal and its authorization server, whose clock counts: a refresh token works once, an access token for an hour.</summary>
    private sealed class Portal(ClockSkewTests test) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var now = test._time.GetUtcNow();
            if (request.RequestUri!.Host != "example.bitrix24.com")
            {
                if (!request.RequestUri.Query.EndsWith("refresh_token=" + test._refresh, StringComparison.Ordinal))
                    return Answer(HttpStatusCode.BadRequest, """{"error":"invalid_grant"}""");
                var number = ++test._refreshes;
                test._tokens[$"access-{number}"] = now.AddHours(1);
                test._refresh = $"refresh-{number}";
                return Answer(HttpStatusCode.OK, $$"""{"access_token":"access-{{number}}","refresh_token":"refresh-{{number}}","expires_in":3600}""");
            }

            if (test._tokens.TryGetValue(request.Headers.Authorization!.Parameter!, out var end) && now < end)
                return Answer(HttpStatusCode.OK, """{"result":1}""");
            test._refused++;
            return Answer(HttpStatusCode.Unauthorized, """{"error":"expired_token"}""");
        }

        private static Task<HttpResponseMessage> Answer(HttpStatusCode status, string body) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
