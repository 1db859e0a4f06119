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
    public void Accounts_of_the_api_this_machine_and_trusted_hosts_get_it(string account)
    {
        var application = new AmoCrmApplication("id", "secret-of-app", new("https://app.example/back")) { TrustedHosts = ["crm.company.example"] };

        Assert.NotNull(Bitrix24Credentials.AmoCrm(account, application, new MemoryTokenStore()));
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
