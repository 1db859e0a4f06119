namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Where an application's secret may go.</summary>
public class TokenHostTests
{
    private static readonly AmoCrmApplication Application = new("id", "secret-of-app", new("https://app.example/back"));

    [Theory]
    [InlineData("https://attacker.example")]
    [InlineData("https://amocrm.ru.attacker.example")]
    [InlineData("https://attackeramocrm.ru")]
    [InlineData("https://amocrm.ru")]
    [InlineData("https://a.b.amocrm.ru")]
    [InlineData("https://example.amocrm.ru@attacker.example")]
    [InlineData("https://аmocrm.ru")]
    [InlineData("https://x.аmocrm.ru")]
    [InlineData("http://x.amocrm.ru")]
    [InlineData("https://user@x.amocrm.ru")]
    [InlineData("https://x.amocrm.ru%2eattacker.example")]
    [InlineData("https://x.amocrm.ru\\.attacker.example")]
    [InlineData("https://attacker.example\\x.amocrm.ru")]
    [InlineData("https://attacker.example#.amocrm.ru")]
    [InlineData("https://attacker.example?.amocrm.ru")]
    [InlineData("https://attacker.example／x.amocrm.ru")]
    [InlineData("https://attacker.example。amocrm.ru")]
    [InlineData("https://attacker.example\u200b.amocrm.ru")]
    [InlineData("https://\u05d0a.amocrm.ru")]
    [InlineData("https://127.0.0.1.attacker.example")]
    [InlineData("https://localhost.attacker.example")]
    [InlineData("https:x.amocrm.ru")]
    public async Task Secret_goes_to_no_host_that_comes_from_outside(string account)
    {
        var sent = 0;
        using var http = new HttpClient(new Watch(() => sent++));

        var e = await Assert.ThrowsAsync<ArgumentException>(
            () => Bitrix24Credentials.ExchangeCodeAsync(account, Application, "c0de", new MemoryTokenStore(), new() { HttpClient = http }));

        Assert.Equal(0, sent);
        Assert.DoesNotContain("secret-of-app", e.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Bitrix24Credentials.AmoCrm(account, Application, new MemoryTokenStore()));
    }

    [Theory]
    [InlineData("https://example.amocrm.ru")]
    [InlineData("https://EXAMPLE.AmoCRM.com")]
    [InlineData("https://example.kommo.com")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("https://crm.company.example")]
    [InlineData("https://example.amocrm.ru.")]
    [InlineData("https://ｅxample。amocrm。ru")]
    [InlineData("https://crm.пример.рф")]
    [InlineData("https://crm.xn--e1afmkfd.xn--p1ai")]
    public void Accounts_of_the_api_this_machine_and_trusted_hosts_get_it(string account)
    {
        var application = new AmoCrmApplication("id", "secret-of-app", new("https://app.example/back")) { TrustedHosts = ["crm.company.example", "*.Пример.рф"] };

        Assert.NotNull(Bitrix24Credentials.AmoCrm(account, application, new MemoryTokenStore()));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*.com")]
    [InlineData("*.")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("https://crm.example.com")]
    [InlineData("crm.example.com:8443")]
    [InlineData("crm.example.com/path")]
    [InlineData("user@crm.example.com")]
    [InlineData("crm.*.com")]
    [InlineData("*.127.0.0.1")]
    public void Trusted_host_that_is_none_is_refused(string? host)
    {
        var e = Assert.Throws<ArgumentException>(() => new AmoCrmApplication("id", "secret-of-app", new("https://app.example/back")) { TrustedHosts = [host!] });

        Assert.Equal("TrustedHosts", e.ParamName);
    }

    [Fact]
    public async Task Tokens_of_a_portal_without_a_valid_name_are_not_taken()
    {
        await using var server = await LoopbackServer.StartAsync("""{"access_token":"a","refresh_token":"r","expires_in":3600,"client_endpoint":"https://\u05d0a.example/rest/"}""");

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => Bitrix24Credentials.ExchangeCodeAsync(
            "https://example.bitrix24.com", new Bitrix24Application("id", "secret-of-app") { OAuthServer = server.Address }, "c0de", new MemoryTokenStore()));
    }

    [Fact]
    public async Task Tokens_of_another_portal_than_the_one_that_was_named_are_not_taken()
    {
        await using var server = await LoopbackServer.StartAsync(
            """{"access_token":"a","refresh_token":"r","expires_in":3600,"client_endpoint":"https://victim.bitrix24.com/rest/"}""");
        var store = new MemoryTokenStore();

        var e = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => Bitrix24Credentials.ExchangeCodeAsync(
            "https://attacker.example", new Bitrix24Application("id", "secret-of-app") { OAuthServer = server.Address }, "c0de", store));

        Assert.Contains("another portal", e.Message, StringComparison.Ordinal);
        Assert.Null(await store.LoadAsync("attacker.example"));
    }

    private sealed class Watch(Action seen) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen();
            throw new HttpRequestException();
        }
    }
}
