using System.Text.Json;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class LimiterTests
{
    private const string Row = """{"result":{"item":{"id":1}}}""";

    [Fact]
    public async Task Two_hundred_callers_meet_no_refusal()
    {
        // b24phpsdk#76: without a limiter, callers run into 503.
        var portal = Portal();
        using var client = portal.Client();

        await portal.Run(All(Enumerable.Range(0, 200).Select(_ => client.BiConnector.Dataset.GetAsync(1))));

        Assert.Equal((200, 0), (portal.Executed.Count, portal.Refused));
    }

    [Fact]
    public async Task Clients_with_different_tokens_share_one_bucket()
    {
        // b24jssdk: each client, and each API version, had a bucket of its own.
        var portal = Portal();
        using var one = portal.Client();
        using var two = portal.Client(token: "u");

        await portal.Run(All(Enumerable.Range(0, 120).Select(i => (i % 2 == 0 ? one : two).BiConnector.Dataset.GetAsync(1))));

        Assert.Equal((120, 0), (portal.Executed.Count, portal.Refused));
    }

    [Fact]
    public async Task Bucket_is_used_to_98_percent_of_what_it_allows()
    {
        var time = new FakeTime();
        using var limiter = new CallLimiter([new BucketPermits(Bitrix24RateLimit.Standard)], int.MaxValue, time);
        var start = time.GetUtcNow();
        var waiting = Enumerable.Range(0, 2000).Select(_ => limiter.AcquireAsync().AsTask()).ToList();

        while (waiting.Exists(static t => !t.IsCompleted) && time.AdvanceToNextTimer())
        {
        }

        await Task.WhenAll(waiting);
        var ideal = (2000 - 50) / 2.0;
        Assert.InRange((time.GetUtcNow() - start).TotalSeconds, ideal, ideal / 0.98);
    }

    [Fact]
    public async Task Calls_go_in_the_order_in_which_they_came()
    {
        var time = new FakeTime();
        using var limiter = new CallLimiter([new BucketPermits(new(2, 1))], int.MaxValue, time);
        await limiter.AcquireAsync();
        var first = limiter.AcquireAsync().AsTask();
        var second = limiter.AcquireAsync().AsTask();

        time.AdvanceToNextTimer();
        await first;
        Assert.False(second.IsCompleted);
        time.AdvanceToNextTimer();
        await second;
    }

    [Fact]
    public async Task Call_that_gives_up_leaves_its_place()
    {
        var time = new FakeTime();
        using var limiter = new CallLimiter([new BucketPermits(new(2, 1))], 1, time);
        await limiter.AcquireAsync();
        using var cancellation = new CancellationTokenSource();
        var first = limiter.AcquireAsync(1, cancellation.Token).AsTask();
        Assert.False((await limiter.AcquireAsync()).IsAcquired);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = limiter.AcquireAsync().AsTask();
        time.AdvanceToNextTimer();

        Assert.True((await second).IsAcquired);
    }

    [Fact]
    public async Task Ten_thousand_calls_that_are_cancelled_at_once_do_not_search_the_queue_for_each()
    {
        var time = new FakeTime();
        using var limiter = new CallLimiter([new BucketPermits(new(2, 1))], int.MaxValue, time);
        await limiter.AcquireAsync();
        using var cancellation = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 10_000).Select(_ => limiter.AcquireAsync(1, cancellation.Token).AsTask()).ToList();
        var last = limiter.AcquireAsync().AsTask();

        await cancellation.CancelAsync();
        await Task.WhenAll(calls.Select(static c => Assert.ThrowsAnyAsync<OperationCanceledException>(() => c)));
        Assert.Equal(1, limiter.GetStatistics().CurrentQueuedCount);
        time.AdvanceToNextTimer();

        Assert.True((await last).IsAcquired);
    }

    [Fact]
    public async Task Call_for_many_permits_that_is_cancelled_lets_the_next_go_at_once()
    {
        var time = new FakeTime();
        using var limiter = new CallLimiter([new BucketPermits(new(11, 1))], int.MaxValue, time);
        await limiter.AcquireAsync(5);
        using var cancellation = new CancellationTokenSource();
        var big = limiter.AcquireAsync(10, cancellation.Token).AsTask();
        var small = limiter.AcquireAsync(1).AsTask();
        Assert.False(small.IsCompleted);

        await cancellation.CancelAsync();

        Assert.True((await small).IsAcquired);
        Assert.True(big.IsCanceled);
    }

    [Fact]
    public async Task Calls_to_a_path_wait_for_its_limit_and_others_pass_them_in_their_order()
    {
        var time = new FakeTime();
        using var limiter = new CallLimiter([new BucketPermits(new(11, 1))], int.MaxValue, time, new PathLimit("search", "/search", new SlidingWindow(2, TimeSpan.FromMinutes(1))));
        for (var i = 0; i < 2; i++)
            await limiter.AcquireAsync(1, "/search?q=1", default);
        var third = limiter.AcquireAsync(1, "/search/", default).AsTask();
        Assert.False(third.IsCompleted);

        for (var i = 0; i < 8; i++)
            await limiter.AcquireAsync(1, i % 2 == 0 ? "/searches" : null, default);
        var queued = new[] { limiter.AcquireAsync(1, "/deals", default).AsTask(), limiter.AcquireAsync(1, null, default).AsTask() };
        time.Advance(TimeSpan.FromSeconds(1));
        await queued[0];
        Assert.False(queued[1].IsCompleted);
        Assert.False(third.IsCompleted);

        // One that was not sent after all: the third came before the other that waits.
        limiter.Return(1, "/search", limiter.Now);
        Assert.True((await third.WaitAsync(TimeSpan.FromSeconds(20))).IsAcquired);
        Assert.False(queued[1].IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await queued[1].WaitAsync(TimeSpan.FromSeconds(20))).IsAcquired);
    }

    [Fact]
    public async Task Call_that_was_not_sent_leaves_its_permit()
    {
        var portal = Portal();
        using var fails = new HandWritten.Portal(
            Bitrix24Credentials.OAuth(portal.Address, new("id", "secret"), new NoTokens()), new() { HttpClient = new(portal), TimeProvider = portal.Time, RequestTimeout = Timeout.InfiniteTimeSpan, MaxRetries = 0 });
        using var client = portal.Client();
        var start = portal.Time.GetUtcNow();

        for (var i = 0; i < 60; i++)
            await portal.Run(Record.ExceptionAsync(() => fails.CallAsync("app.info")));
        await portal.Run(All(Enumerable.Range(0, 49).Select(_ => client.BiConnector.Dataset.GetAsync(1))));

        Assert.Equal((49, start), (portal.Executed.Count, portal.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Clock_of_the_wall_that_is_set_back_holds_no_method_back_for_longer()
    {
        var time = new SetBack();
        var budget = new OperatingTimeBudget(10, time);
        budget.Block("crm.deal.list", "caller", TimeSpan.FromSeconds(10));
        time.Wall = TimeSpan.FromHours(-1);

        var waits = budget.WaitAsync(new("crm.deal.list", static () => []), "caller", ["crm.deal.list"], default);
        Assert.False(waits.IsCompleted);
        time.Inner.Advance(TimeSpan.FromSeconds(11));
        await waits;
    }

    private sealed class SetBack : TimeProvider
    {
        public FakeTime Inner { get; } = new();

        public TimeSpan Wall { get; set; }

        public override DateTimeOffset GetUtcNow() => Inner.GetUtcNow() + Wall;

        public override long GetTimestamp() => Inner.GetTimestamp();

        public override long TimestampFrequency => Inner.TimestampFrequency;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Inner.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class NoTokens : ITokenStore
    {
        public ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default) => throw new InvalidDataException("none");

        public ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IAsyncDisposable> LockAsync(string portal, CancellationToken cancellationToken = default) => new(new MemoryStream());
    }

    [Fact]
    public async Task Full_queue_is_a_clear_error()
    {
        var portal = Portal();
        using var client = portal.Client(o => o with { MaxWaitingCalls = 5, RateLimit = new(2, 1) });
        var calls = Enumerable.Range(0, 8).Select(_ => client.BiConnector.Dataset.GetAsync(1)).ToList();

        await Assert.ThrowsAsync<Bitrix24LimitException>(() => Task.WhenAny(calls.Where(static c => c.IsFaulted)).Unwrap());
        await portal.Run(All(calls.Where(static c => !c.IsFaulted)));

        Assert.Equal(6, portal.Executed.Count);
    }

    [Fact]
    public async Task Refusal_for_the_bucket_waits_and_loses_nothing()
    {
        var refusals = 2;
        var portal = Portal((_, _) => refusals-- > 0 ? (503, """{"error":"QUERY_LIMIT_EXCEEDED"}""") : (200, """{"result":{"id":7}}"""));
        using var client = portal.Client();

        var added = await portal.Run(client.SendAsync(new DatasetAddRequest { Fields = Requests.Create }));

        Assert.Equal((7, 1), (added.Id, portal.Executed.Count));
    }

    [Fact]
    public async Task Refusal_for_operating_time_waits_and_loses_nothing()
    {
        // fast_bitrix24#187, #216: operating limits ended the enumeration.
        var refusals = 3;
        var portal = Portal((_, _) => refusals-- > 0 ? (429, """{"error":"OPERATION_TIME_LIMIT"}""") : (200, """{"result":{"id":7}}"""));
        using var client = portal.Client();
        var start = portal.Time.GetUtcNow();

        await portal.Run(client.SendAsync(new DatasetAddRequest { Fields = Requests.Create }));

        Assert.Single(portal.Executed);
        Assert.Equal(30, (portal.Time.GetUtcNow() - start).TotalSeconds, 1.0);
    }

    [Fact]
    public async Task Method_near_its_operating_limit_waits_for_the_reset_and_others_do_not()
    {
        var reset = new FakeTime().GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        var portal = Portal((method, _) => method.EndsWith("get", StringComparison.Ordinal)
            ? (200, $$$"""{"result":{"item":{"id":1}},"time":{"operating":478,"operating_reset_at":{{{reset}}} }}""")
            : (200, """{"result":true}"""));
        using var client = portal.Client();
        var start = portal.Time.GetUtcNow();

        await portal.Run(client.BiConnector.Dataset.GetAsync(1));
        await portal.Run(client.BiConnector.Dataset.UpdateAsync(1, new()));
        Assert.Equal(start, portal.Time.GetUtcNow());
        await portal.Run(client.BiConnector.Dataset.GetAsync(1));

        Assert.Equal(301, (portal.Time.GetUtcNow() - start).TotalSeconds, 1.0);
    }

    [Fact]
    public async Task Calls_held_back_for_operating_time_are_bounded_too()
    {
        var portal = Portal((_, _) => (200, """{"result":{"item":{"id":1}},"time":{"operating":478}}"""));
        using var client = portal.Client(static o => o with { MaxWaitingCalls = 2 });
        await portal.Run(client.BiConnector.Dataset.GetAsync(1));
        var (one, two) = (client.BiConnector.Dataset.GetAsync(1), client.BiConnector.Dataset.GetAsync(1));

        await Assert.ThrowsAsync<Bitrix24LimitException>(() => client.BiConnector.Dataset.GetAsync(1));
        await portal.Run(All([one, two]));

        Assert.Equal(3, portal.Executed.Count);
    }

    [Fact]
    public async Task Operating_time_of_a_batchs_commands_counts()
    {
        var reset = new FakeTime().GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        var portal = Portal((method, _) => method == "batch"
            ? (200, $$$$"""{"result":{"result":{"c0":{"item":{"id":1}}},"result_time":{"c0":{"operating":479,"operating_reset_at":{{{{reset}}}} } } } }""")
            : (200, Row));
        using var client = portal.Client();
        var start = portal.Time.GetUtcNow();
        var batch = client.CreateBatch();
        batch.Add(new DatasetGetRequest { Id = 1 });

        await batch.SendAsync();
        await portal.Run(client.BiConnector.Dataset.GetAsync(1));

        Assert.Equal(301, (portal.Time.GetUtcNow() - start).TotalSeconds, 1.0);
    }

    [Fact]
    public async Task Operating_time_that_a_portal_bills_to_the_batch_counts_too()
    {
        // b24jssdk#539: documented is that commands are billed; measured was that the batch is, and the commands are not.
        var reset = new FakeTime().GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        var portal = Portal((method, _) => method == "batch"
            ? (200, $$$$"""{"result":{"result":{"c0":{"item":{"id":1}}},"result_time":{"c0":{"operating":0}}},"time":{"operating":479,"operating_reset_at":{{{{reset}}}} } }""")
            : (200, Row));
        using var client = portal.Client();
        var start = portal.Time.GetUtcNow();

        await Batch(client).SendAsync();
        await portal.Run(client.BiConnector.Dataset.GetAsync(1));
        Assert.Equal(start, portal.Time.GetUtcNow());
        await portal.Run(Send(Batch(client)));

        Assert.Equal(301, (portal.Time.GetUtcNow() - start).TotalSeconds, 1.0);

        static Bitrix24Batch Batch(HandWritten.Portal client)
        {
            var batch = client.CreateBatch();
            batch.Add(new DatasetGetRequest { Id = 1 });
            return batch;
        }
    }

    [Fact]
    public async Task Methods_of_a_batch_that_says_nothing_of_them_are_taken_to_have_used_its_time()
    {
        // REST 3.0 tells the time of a batch as a whole; its methods may be the ones that are billed.
        var portal = Portal((method, _) => method == "batch"
            ? (200, """{"result":[{"item":{"id":1}}],"time":{"operating":0.5,"duration":160}}""")
            : (200, Row));
        using var client = portal.Client();
        var api = new Bitrix24.Infrastructure.ApiDescriptor { Envelope = Bitrix24.Infrastructure.EnvelopeKind.Bitrix24V3 };
        var get = new Bitrix24.Infrastructure.MethodDescriptor("tasks.task.get", static () => []) { Api = api, OpenParameters = true, Idempotency = Bitrix24.Infrastructure.Idempotency.Read };
        var request = new RawRequest(get, static writer => JsonDocument.Parse("{}").WriteTo(writer));
        var start = portal.Time.GetUtcNow();
        for (var i = 0; i < 3; i++)
        {
            var batch = client.CreateV3Batch();
            batch.Add(request);
            await portal.Run(Send(batch));
        }

        Assert.Equal(start, portal.Time.GetUtcNow());
        await portal.Run(client.SendAsync(request));

        Assert.InRange((portal.Time.GetUtcNow() - start).TotalMinutes, 9, 10.1);
    }

    private static async Task<bool> Send(CallBatch batch)
    {
        await batch.SendAsync();
        return true;
    }

    private static StubPortal Portal(Func<string, string, (int, string)>? answer = null) =>
        new() { Answer = answer ?? ((_, _) => (200, Row)), Bucket = (50, 2) };

    private static async Task<bool> All(IEnumerable<Task> tasks)
    {
        await Task.WhenAll(tasks);
        return true;
    }
}
