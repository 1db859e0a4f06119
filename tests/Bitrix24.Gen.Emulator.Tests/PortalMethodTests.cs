namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Methods about the portal itself, which clients ask before anything else.</summary>
public sealed class PortalMethodTests
{
    [Fact]
    public async Task UserOfTheCallIsKnown()
    {
        await using var portal = await PortalEmulator.StartAsync(new PortalOptions { UserId = 7 });

        Assert.Equal("7", (await portal.CallAsync("user.current")).Result!["ID"]!.ToString());
        var profile = (await portal.CallAsWebhookAsync("profile")).Result!;
        Assert.Equal("7", profile["ID"]!.ToString());
        Assert.True(profile["ADMIN"]!.GetValue<bool>());
        Assert.False(profile.AsObject().ContainsKey("ACTIVE"));
    }

    [Fact]
    public async Task SeededUserIsTheUserOfTheCall()
    {
        await using var portal = await PortalEmulator.StartAsync();
        portal.Seed("user/User", """{ "ID": 1, "NAME": "Anna", "LAST_NAME": "Berg" }""");

        Assert.Equal("Anna", (await portal.CallAsync("user.current")).Result!["NAME"]!.GetValue<string>());
        Assert.Equal("Berg", (await portal.CallAsync("profile")).Result!["LAST_NAME"]!.GetValue<string>());
    }

    [Fact]
    public async Task ScopesAreThoseGranted()
    {
        await using var portal = await PortalEmulator.StartAsync(new PortalOptions { Scopes = ["crm", "basic"] });

        Assert.Equal(["basic", "crm"], Texts(await portal.CallAsync("scope")));
        Assert.Contains("disk", Texts(await portal.CallAsync("scope", """{ "full": true }""")));
    }

    [Fact]
    public async Task MethodsAreThoseOfTheSpecs()
    {
        await using var portal = await PortalEmulator.StartAsync(new PortalOptions { Scopes = ["basic", "biconnector"] });

        var methods = Texts(await portal.CallAsync("methods", """{ "scope": "biconnector" }"""));
        Assert.Contains("biconnector.dataset.add", methods);
        Assert.All(methods, method => Assert.StartsWith("biconnector.", method, StringComparison.Ordinal));
        Assert.Equal("""{"isExisting":true,"isAvailable":true}""", (await portal.CallAsync("method.get", """{ "name": "biconnector.dataset.add" }""")).Result!.ToJsonString());
        Assert.Equal("""{"isExisting":true,"isAvailable":false}""", (await portal.CallAsync("method.get", """{ "name": "crm.deal.add" }""")).Result!.ToJsonString());
        Assert.Equal("""{"isExisting":false,"isAvailable":false}""", (await portal.CallAsync("method.get", """{ "name": "crm.deal.nothing" }""")).Result!.ToJsonString());
    }

    [Fact]
    public async Task TimeIsThePortalsClock()
    {
        var clock = new ManualClock();
        await using var portal = await PortalEmulator.StartAsync(new PortalOptions { TimeProvider = clock });

        Assert.Equal(clock.GetUtcNow().ToUnixTimeSeconds(), DateTimeOffset.Parse((await portal.CallAsync("server.time")).Result!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task ApplicationIsTheOneThatCalls()
    {
        await using var portal = await PortalEmulator.StartAsync(new PortalOptions { ClientId = "app.mine" });

        var application = (await portal.CallAsync("app.info")).Result!;
        Assert.Equal("app.mine", application["CODE"]!.GetValue<string>());
        Assert.True(application["INSTALLED"]!.GetValue<bool>());
    }

    private static List<string> Texts(Reply reply) => [.. reply.Result!.AsArray().Select(item => item!.GetValue<string>())];
}
