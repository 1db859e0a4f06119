using System.Net;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Webhooks and tokens of several users, with the scopes that each was granted.</summary>
public sealed class CallerTests : IAsyncLifetime
{
    private PortalEmulator _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync(new()
    {
        WebhookSecret = "first",
        AccessToken = "token",
        Webhooks = [new(2, "second"), new(3, "third") { Scopes = ["crm"] }],
        Tokens = [new("old") { Expired = true }, new("narrow") { Scopes = ["landing"], UserId = 3 }],
        Users = [new(2), new(3) { Rights = ["crm"] }],
    });

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData("1/first", "landing.repowidget.getlist", null)]
    [InlineData("2/second", "landing.repowidget.getlist", null)]
    [InlineData("3/third", "landing.repowidget.getlist", "insufficient_scope")]
    [InlineData("3/third", "crm.deal.list", null)]
    [InlineData("1/second", "crm.deal.list", "INVALID_CREDENTIALS")]
    [InlineData("2/first", "crm.deal.list", "INVALID_CREDENTIALS")]
    public async Task Webhook_ActsForItsUser_WithinItsScopes(string webhook, string method, string? error) =>
        Assert.Equal(error, (await PortalCalls.SendAsync(PortalCalls.Post($"{_portal.RestUrl}{webhook}/{method}", """{"params":{}}""", null))).Error);

    [Theory]
    [InlineData("catalog.vat.add", "200040300020", "Access Denied")]
    [InlineData("sale.status.list", "200040300010", "Insufficient permissions to read statuses")]
    [InlineData("timeman.networkrange.get", "ACCESS_ERROR", "You don't have access to use this method")]
    [InlineData("crm.deal.list", "", "Access denied")]
    [InlineData("ai.engine.list", "ACCESS_DENIED", "Access denied!")]
    public async Task CallerWithoutRights_IsRefusedInTheWordsOfThePage(string method, string code, string text)
    {
        var reply = await PortalCalls.SendAsync(PortalCalls.Post($"{_portal.RestUrl}2/second/{method}", "{}", null));
        Assert.Equal(code, reply.Error);
        Assert.StartsWith(text, reply.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token", "biconnector.connector.list", null)]
    [InlineData("old", "biconnector.connector.list", "expired_token")]
    [InlineData("narrow", "biconnector.connector.list", "insufficient_scope")]
    [InlineData("narrow", "landing.repowidget.getlist", null)]
    [InlineData("unknown", "landing.repowidget.getlist", "invalid_token")]
    public async Task Token_ActsForItsUser_WithinItsScopes(string token, string method, string? error) =>
        Assert.Equal(error, (await PortalCalls.SendAsync(PortalCalls.Post($"{_portal.RestUrl}{method}", """{"params":{}}""", token))).Error);

    [Fact]
    public async Task Caller_IsToldWhoItIsAndWhatItMayUse()
    {
        Assert.True(await IsAdministratorAsync("1/first"));
        Assert.False(await IsAdministratorAsync("2/second"));
        var scopes = await PortalCalls.SendAsync(PortalCalls.Post($"{_portal.RestUrl}3/third/scope", "{}", null));
        Assert.Equal("""["crm"]""", scopes.Result!.ToJsonString());

        async Task<bool> IsAdministratorAsync(string webhook) =>
            (await PortalCalls.SendAsync(PortalCalls.Post($"{_portal.RestUrl}{webhook}/profile", "{}", null))).Result!["ADMIN"]!.GetValue<bool>();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(99999)]
    public async Task Port_ThatThereIsNot_IsRefusedBeforeTheStart(int port)
    {
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => PortalEmulator.StartAsync(new() { Port = port }));
        Assert.Contains("65535", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_InUse_IsAnIOErrorThatNamesIt()
    {
        var error = await Assert.ThrowsAnyAsync<IOException>(() => PortalEmulator.StartAsync(new() { Port = new Uri(_portal.PortalUrl).Port }));
        Assert.Contains(new Uri(_portal.PortalUrl).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }
}
