using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Two applications on one token store: neither uses nor replaces the tokens of the other.</summary>
public sealed class SharedStoreTests : IAsyncLifetime
{
    private readonly MemoryTokenStore _store = new();
    private int _exchanges;
    private LoopbackServer _server = null!;

    private string Key => _server.Address.Authority;

    public async Task InitializeAsync() => _server = await LoopbackServer.StartAsync((context, _) =>
    {
        if (!context.Request.Path.StartsWithSegments("/oauth", StringComparison.Ordinal))
            return LoopbackServer.Answer(context, """{"result":1}""");
        Interlocked.Increment(ref _exchanges);
        return LoopbackServer.Answer(context, """{"access_token":"access-of-one","refresh_token":"refresh-of-one","expires_in":3600,"member_id":"m"}""");
    });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Tokens_of_another_application_are_not_used()
    {
        await Bitrix24Credentials.ExchangeCodeAsync(_server.Address.ToString(), Application("app.one"), "c0de", _store);
        using var two = _server.Client(credentials: Bitrix24Credentials.OAuth(_server.Address.ToString(), Application("app.two"), _store));

        AssertNamesBoth(await Assert.ThrowsAsync<InvalidOperationException>(() => two.CallAsync("app.info")));
        Assert.DoesNotContain(_server.Requests, static r => r.Path.EndsWith("app.info", StringComparison.Ordinal));

        using var one = _server.Client(credentials: Bitrix24Credentials.OAuth(_server.Address.ToString(), Application("app.one"), _store));
        Assert.Equal(1, (await one.CallAsync("app.info")).GetInt32());
    }

    [Fact]
    public async Task Tokens_of_another_application_are_not_replaced_and_no_code_is_used_up()
    {
        await Bitrix24Credentials.ExchangeCodeAsync(_server.Address.ToString(), Application("app.one"), "c0de", _store);

        AssertNamesBoth(await Assert.ThrowsAsync<InvalidOperationException>(
            () => Bitrix24Credentials.ExchangeCodeAsync(_server.Address.ToString(), Application("app.two"), "c0de", _store)));

        Assert.Equal((1, "app.one"), (_exchanges, (await _store.LoadAsync(Key))!.ClientId));
    }

    [Fact]
    public async Task Clients_of_two_applications_on_the_store_of_one_host_are_refused()
    {
        await Bitrix24Credentials.ExchangeCodeAsync(_server.Address.ToString(), Application("app.one"), "c0de", _store);
        await using var services = new ServiceCollection()
            .AddSingleton<ITokenStore>(_store)
            .AddBitrix24Clients<HandWritten.Portal>(s => s.Application = Application("app.one"))
            .AddBitrix24Clients<Other>(s => s.Application = Application("app.two"))
            .BuildServiceProvider();

        await services.GetRequiredService<IBitrix24Clients<HandWritten.Portal>>().Get(_server.Address.ToString()).CallAsync("app.info");
        AssertNamesBoth(await Assert.ThrowsAsync<InvalidOperationException>(
            () => services.GetRequiredService<IBitrix24Clients<Other>>().Get(_server.Address.ToString()).CallAsync("app.info")));
    }

    [Fact]
    public async Task Tokens_that_name_no_application_are_taken_and_get_its_name_with_the_next_refresh()
    {
        // As version 0.1 saved them, and as a store saves them that keeps columns of its own.
        await _store.SaveAsync(Key, Bitrix24Token.FromJson(
            """{"accessToken":"a","refreshToken":"r","expiresAt":"2020-01-01T00:00:00+00:00","memberId":"m","scope":null,"userId":null}"""));
        using var client = _server.Client(credentials: Bitrix24Credentials.OAuth(_server.Address.ToString(), Application("app.one"), _store));

        await client.CallAsync("app.info");

        var saved = await _store.LoadAsync(Key);
        Assert.Equal("app.one", saved!.ClientId);
        Assert.Equal(saved, Bitrix24Token.FromJson(saved.ToJson()));
    }

    private Bitrix24Application Application(string id) => new(id, "secret-of-app") { OAuthServer = _server.Address };

    private static void AssertNamesBoth(InvalidOperationException e)
    {
        Assert.Contains("app.one", e.Message, StringComparison.Ordinal);
        Assert.Contains("app.two", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-app", e.ToString(), StringComparison.Ordinal);
    }

    public sealed class Other(Bitrix24Credentials credentials, Bitrix24ClientOptions options) : Bitrix24Client(credentials, options);
}
