namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>A token store that fails at one of its steps, for a moment or for longer.</summary>
public sealed class StoreFaultTests
{
    private int _exchanges;
    private int _executed;

    public static TheoryData<string, int> Steps => new() { { "lock", 1 }, { "lock", 2 }, { "load", 1 }, { "load", 2 }, { "save", 1 }, { "save", 2 }, { "unlock", 1 }, { "unlock", 9 } };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Step_that_fails_for_a_moment_neither_fails_the_call_nor_loses_its_tokens(string step, int failures)
    {
        await using var server = await StartAsync();
        var store = new FailingStore { Step = step, Failures = failures };
        await store.Inner.SaveAsync(server.Address.Authority, Tokens(1));
        using var client = server.Client(credentials: Bitrix24Credentials.OAuth(server.Address.ToString(), Application(server), store));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.CallAsync("app.info")));

        Assert.Equal((1, 20, "access-2"), (_exchanges, _executed, (await store.Inner.LoadAsync(server.Address.Authority))!.AccessToken));
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("load")]
    [InlineData("save")]
    public async Task Step_that_fails_for_longer_fails_the_calls_and_loses_no_tokens(string step)
    {
        await using var server = await StartAsync();
        var store = new FailingStore { Step = step, Failures = int.MaxValue };
        await store.Inner.SaveAsync(server.Address.Authority, Tokens(1));
        using var client = server.Client(credentials: Bitrix24Credentials.OAuth(server.Address.ToString(), Application(server), store));

        var errors = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Record.ExceptionAsync(() => client.CallAsync("app.info"))));
        Assert.All(errors, static e => Assert.Equal("The store is away.", Assert.IsType<IOException>(e).Message));
        Assert.Equal((step == "save" ? 1 : 0, 0), (_exchanges, _executed));
        store.Failures = 0;
        await client.CallAsync("app.info");

        Assert.Equal((1, 1, "access-2"), (_exchanges, _executed, (await store.Inner.LoadAsync(server.Address.Authority))!.AccessToken));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Code_that_was_exchanged_once_is_not_lost_with_a_step_that_fails(string step, int failures)
    {
        await using var server = await StartAsync();
        var store = new FailingStore { Step = step, Failures = failures };

        var credentials = await Bitrix24Credentials.ExchangeCodeAsync(server.Address.ToString(), Application(server), "c0de-of-user", store);

        using var client = server.Client(credentials: credentials);
        await client.CallAsync("app.info");
        Assert.Equal((1, 1), (_exchanges, _executed));
    }

    private static Bitrix24Application Application(LoopbackServer server) => new("app", "secret-of-app") { OAuthServer = server.Address };

    private static Bitrix24Token Tokens(int number) =>
        new() { AccessToken = $"access-{number}", RefreshToken = $"refresh-{number}", ExpiresAt = DateTimeOffset.MaxValue };

    private Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync((context, _) =>
    {
        if (context.Request.Path == "/oauth/token/")
        {
            var number = Interlocked.Increment(ref _exchanges) + 1;
            return LoopbackServer.Answer(context, $$"""{"access_token":"access-{{number}}","refresh_token":"refresh-{{number}}","expires_in":3600}""");
        }

        if (context.Request.Headers.Authorization == "Bearer access-1")
            return LoopbackServer.Answer(context, """{"error":"expired_token"}""", 401);
        Interlocked.Increment(ref _executed);
        return LoopbackServer.Answer(context, """{"result":1}""");
    });

    private sealed class FailingStore : ITokenStore
    {
        private int _failures;

        public MemoryTokenStore Inner { get; } = new();

        public required string Step { get; init; }

        public required int Failures
        {
            get => _failures;
            set => _failures = value;
        }

        public ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default)
        {
            Try("load");
            return Inner.LoadAsync(portal, cancellationToken);
        }

        public ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default)
        {
            Try("save");
            return Inner.SaveAsync(portal, token, cancellationToken);
        }

        public ValueTask<IAsyncDisposable> LockAsync(string portal, CancellationToken cancellationToken = default)
        {
            Try("lock");
            return new(new Lock(this));
        }

        private void Try(string step)
        {
            if (step == Step && Interlocked.Decrement(ref _failures) >= 0)
                throw new IOException("The store is away.");
        }

        private sealed class Lock(FailingStore store) : IAsyncDisposable
        {
            public ValueTask DisposeAsync()
            {
                store.Try("unlock");
                return default;
            }
        }
    }
}
