using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Permits of calls that were not sent go to others, unless the limit has already released them.</summary>
public class PermitReturnTests
{
    [Fact]
    public async Task Permits_that_come_back_late_are_not_taken_from_a_bucket_that_others_fill()
    {
        var time = new FakeTime();
        using var limiter = new CallLimiter([new BucketPermits(new(11, 1))], int.MaxValue, time);
        await limiter.AcquireAsync(10);
        var (early, late) = (limiter.Now, limiter.Now);
        limiter.Return(4, null, early);
        Assert.Equal(4, limiter.GetStatistics()!.CurrentAvailablePermits);

        // The bucket runs empty, and others fill it: none of it is of the first call.
        time.Advance(TimeSpan.FromSeconds(20));
        await limiter.AcquireAsync(10);
        limiter.Return(6, null, late);

        Assert.Equal(0, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task Permits_that_come_back_to_a_window_are_those_of_their_call()
    {
        var time = new FakeTime();
        using var limiter = new CallLimiter([new SlidingWindow(3, TimeSpan.FromSeconds(10))], int.MaxValue, time);
        await limiter.AcquireAsync(1);
        var first = limiter.Now;
        time.Advance(TimeSpan.FromSeconds(5));
        await limiter.AcquireAsync(1);
        var second = limiter.Now;
        time.Advance(TimeSpan.FromSeconds(1));
        await limiter.AcquireAsync(1);

        // The second of three: the first leaves the window after 10.2 seconds, the third 6 seconds later.
        limiter.Return(1, null, second);
        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
        time.Advance(TimeSpan.FromSeconds(4.5));
        Assert.Equal(2, limiter.GetStatistics()!.CurrentAvailablePermits);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, limiter.GetStatistics()!.CurrentAvailablePermits);

        // The first has left the window by itself.
        limiter.Return(1, null, first);
        Assert.Equal(2, limiter.GetStatistics()!.CurrentAvailablePermits);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task Calls_that_met_no_connection_leave_their_permits()
    {
        var isDown = true;
        var portal = new StubPortal { Bucket = (50, 2), Answer = (_, _) => isDown ? (0, "") : (200, """{"result":1}""") };
        using var client = portal.Client(static o => o with { MaxRetries = 0 });
        var start = portal.Time.GetUtcNow();
        for (var i = 0; i < 30; i++)
            await portal.Run(Record.ExceptionAsync(() => client.CallAsync("app.info")));

        // The stub counts those that failed too; the client need not.
        isDown = false;
        await portal.Run(Task.WhenAll(Enumerable.Range(0, 19).Select(_ => client.CallAsync("app.info"))));

        Assert.Equal((19, start), (portal.Executed.Count, portal.Time.GetUtcNow()));
        Assert.InRange(PortalThrottle.Free.Single(p => "https://" + p.Portal == portal.Address).Free, 29, 30);
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("@+5", 5)]
    [InlineData("@-60", 1)]
    [InlineData("0", 1)]
    [InlineData("-5", 1)]
    [InlineData("5.5", 1)]
    [InlineData("soon", 1)]
    [InlineData("99999999999", 1)]
    [InlineData("2147483647", null)]
    [InlineData("@+999999999", null)]
    public async Task Wait_that_a_server_asks_for_is_taken_in_any_form_by_the_servers_own_clock(string header, int? seconds)
    {
        // The server's clock is an hour ahead.
        var time = new FakeTime();
        var server = time.GetUtcNow().AddHours(1);
        var text = header[0] == '@' ? server.AddSeconds(double.Parse(header[1..], System.Globalization.CultureInfo.InvariantCulture)).ToString("R") : header;
        var handler = new Refusing(text, server);
        using var http = new HttpClient(handler);
        using var client = new HandWritten.Portal(
            Bitrix24Credentials.AmoCrm($"https://{Guid.NewGuid():N}.amocrm.ru", "t0k3n-0f"), new() { HttpClient = http, TimeProvider = time, RequestTimeout = Timeout.InfiniteTimeSpan });
        var start = time.GetUtcNow();

        var call = Record.ExceptionAsync(() => client.CallAsync(HttpMethod.Get, "/api/v4/account"));
        while (!call.IsCompleted)
        {
            await Task.Delay(5);
            if (!call.IsCompleted)
                time.AdvanceToNextTimer();
        }

        var error = await call;
        if (seconds is { } expected)
        {
            Assert.Null(error);
            Assert.Equal(2, handler.Requests);
            // A window of a second that the refusal has used up, and its margin.
            Assert.InRange((time.GetUtcNow() - start).TotalSeconds, expected, expected + 1.3);
        }
        else
        {
            Assert.IsAssignableFrom<Bitrix24Exception>(error);
            Assert.Equal(1, handler.Requests);
        }
    }

    [Fact]
    public async Task Limiter_that_fails_to_tell_others_is_logged_and_fails_no_call()
    {
        var logged = new ConcurrentQueue<string>();
        var portal = new StubPortal { Answer = (_, _) => (200, """{"result":1,"time":{"operating":479}}""") };
        using var client = portal.Client(o => o with { SharedLimits = new Failing(), Logger = new Recorder(logged) });

        await portal.Run(client.CallAsync("app.info"));

        Assert.True(SpinWait.SpinUntil(() => logged.Any(static l => l.StartsWith("Other processes did not hear that app.info", StringComparison.Ordinal)), TimeSpan.FromSeconds(10)));
    }

    private sealed class Refusing(string retryAfter, DateTimeOffset now) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Requests++ > 0)
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"id":1}""", Encoding.UTF8, "application/hal+json") });
            var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("""{"title":"Too many requests","status":429}""", Encoding.UTF8, new MediaTypeHeaderValue("application/problem+json")) };
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            response.Headers.Date = now;
            return Task.FromResult(response);
        }
    }

    private sealed class Failing : IPortalLimiter
    {
        public ValueTask<PortalDecision> ReserveAsync(PortalCall call, CancellationToken cancellationToken = default) => new(new PortalDecision(true, TimeSpan.Zero));

        public ValueTask ReturnAsync(PortalCall call) => default;

        public ValueTask RefusedAsync(PortalCall call, TimeSpan? retryAfter) => default;

        public ValueTask BlockAsync(PortalCall call, TimeSpan time) => throw new InvalidOperationException("down");
    }

    private sealed class Recorder(ConcurrentQueue<string> logged) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logged.Enqueue(formatter(state, exception));
    }
}
