using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Clients of portals that nobody knew when the host started.</summary>
public class ClientsTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task Client_of_a_portal_is_made_on_demand_and_shared()
    {
        await using var services = Services();
        var clients = services.GetRequiredService<IBitrix24Clients<HandWritten.Portal>>();

        var one = clients.Get("one.bitrix24.com");

        Assert.Same(one, clients.Get("https://ONE.bitrix24.com/some/path"));
        Assert.NotSame(one, clients.Get("two.bitrix24.com"));
        Assert.Contains("one.bitrix24.com", one.ToString(), StringComparison.Ordinal);
        Assert.Same(clients.Get("почта.рф"), clients.Get("xn--80a1acny.xn--p1ai"));
    }

    [Fact]
    public async Task Calls_take_the_portals_tokens_from_the_store()
    {
        await using var server = await LoopbackServer.StartAsync("""{"result":1}""");
        await using var services = Services();
        await services.GetRequiredService<ITokenStore>().SaveAsync(server.Address.Authority, new() { AccessToken = "access-7", RefreshToken = "r", ExpiresAt = DateTimeOffset.MaxValue });

        await services.GetRequiredService<IBitrix24Clients<HandWritten.Portal>>().Get(server.Address.ToString()).CallAsync("app.info");

        Assert.Equal("Bearer access-7", Assert.Single(server.Requests).Authorization);
    }

    [Fact]
    public async Task Idle_client_is_dropped_and_works_for_those_who_hold_it()
    {
        await using var server = await LoopbackServer.StartAsync("""{"result":1}""");
        await using var services = Services(server.Address);
        var clients = (Bitrix24Clients<HandWritten.Portal>)services.GetRequiredService<IBitrix24Clients<HandWritten.Portal>>();
        var held = clients.Get(server.Address.ToString());
        for (var i = 0; i < 1_000; i++)
            clients.Get($"p{i}.bitrix24.com");
        Assert.Equal(1_001, clients.Count);

        _time.Advance(TimeSpan.FromMinutes(29));
        clients.Get("p7.bitrix24.com");
        _time.Advance(TimeSpan.FromMinutes(2));
        clients.Sweep();

        Assert.Equal(1, clients.Count);
        Assert.Equal(1, (await held.CallAsync("app.info")).GetInt32());
        Assert.NotSame(held, clients.Get(server.Address.ToString()));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Client_that_is_held_through_a_rename_finds_its_tokens_at_the_new_address(bool hasPortals, bool isAddressTaken)
    {
        var renamed = false;
        await using var server = await LoopbackServer.StartAsync((context, _) =>
            renamed && context.Request.Headers.Authorization != "Bearer access-2"
                ? LoopbackServer.Answer(context, """{"error":"expired_token"}""", 401)
                : LoopbackServer.Answer(context, $$"""{"result":"{{context.Request.Host.Host}}"}"""));
        var (now, before) = (server.Address, new Uri(server.Address.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));
        var (portals, tokens) = (new MemoryPortalStore(), new MemoryTokenStore());
        var token = new Bitrix24Token { AccessToken = "access-1", RefreshToken = "refresh-1", ExpiresAt = DateTimeOffset.MaxValue, MemberId = "m" };
        await tokens.SaveAsync(before.Authority, token);
        await portals.SaveAsync(new() { MemberId = "m", Url = before });
        await using var services = Services(hasPortals ? portals : null, tokens);
        var clients = services.GetRequiredService<IBitrix24Clients<HandWritten.Portal>>();
        var held = clients.Get(before.ToString());
        Assert.Equal("localhost", (await held.CallAsync("app.info")).GetString());

        renamed = true;
        await tokens.SaveAsync(now.Authority, token with { AccessToken = "access-2", RefreshToken = "refresh-2" });
        await portals.SaveAsync(new() { MemberId = "m", Url = now });
        await tokens.ForgetAsync(before.Authority);
        if (isAddressTaken)
            await tokens.SaveAsync(before.Authority, token with { AccessToken = "access-of-another", RefreshToken = "refresh-of-another", MemberId = "another" });

        if (hasPortals)
        {
            Assert.Equal("127.0.0.1", (await held.CallAsync("app.info")).GetString());
            // Whoever asks by the old address now does not get the client of the portal that left it.
            Assert.NotSame(held, clients.Get(before.ToString()));
            Assert.Same(clients.Get(now.ToString()), clients.Get(now.ToString()));
        }
        else
        {
            // Nothing tells where the portal is: its refresh token is asked about, and refused.
            await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => held.CallAsync("app.info"));
        }

        Assert.DoesNotContain(server.Requests, static r => r.Authorization == "Bearer access-of-another");
        Assert.Equal(isAddressTaken ? "refresh-of-another" : null, (await tokens.LoadAsync(before.Authority))?.RefreshToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://one.bitrix24.com")]
    [InlineData("https://user:password@one.bitrix24.com")]
    [InlineData("https://")]
    [InlineData("one bitrix24 com")]
    public async Task Text_that_is_no_portal_is_refused(string portal)
    {
        await using var services = Services();

        Assert.Throws<ArgumentException>(() => services.GetRequiredService<IBitrix24Clients<HandWritten.Portal>>().Get(portal));
    }

    [Fact]
    public async Task Wrong_settings_are_said_when_the_host_starts()
    {
        await using var services = new ServiceCollection().AddBitrix24Clients<HandWritten.Portal>(static _ => { }).BuildServiceProvider();

        Assert.Contains("Application", Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate).Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(IPortalStore? portals, ITokenStore tokens)
    {
        var services = new ServiceCollection().AddSingleton(tokens).AddBitrix24Clients<HandWritten.Portal>(static s =>
        {
            s.Application = new Bitrix24Application("id", "secret-of-app") { OAuthServer = new("http://127.0.0.1:1") };
            s.Client = new() { MaxRetries = 0, RateLimit = Bitrix24RateLimit.None };
        });
        if (portals is not null)
            services.AddSingleton(portals);
        return services.BuildServiceProvider();
    }

    private ServiceProvider Services(Uri? webhook = null) => new ServiceCollection()
        .AddSingleton<ITokenStore, MemoryTokenStore>()
        .AddBitrix24Clients<HandWritten.Portal>(s =>
        {
            if (webhook is null)
                s.Application = new Bitrix24Application("id", "secret-of-app");
            else
                s.CredentialsFactory = static (_, portal) => Bitrix24Credentials.AccessToken(portal.ToString(), "t");
            s.Client = new() { TimeProvider = _time, RateLimit = Bitrix24RateLimit.None };
        })
        .BuildServiceProvider();
}
