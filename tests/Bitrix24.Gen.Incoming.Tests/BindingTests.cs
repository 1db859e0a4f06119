using Bitrix24.AspNetCore;
using Bitrix24.Gen.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Incoming.Tests;

using Crm;

/// <summary>An application binds what it handles, however often it is installed.</summary>
public sealed class BindingTests
{
    [Theory]
    [InlineData("event.bind", """{"event":"ONCRMDEALADD","handler":"https://app.example.com/b24"}""", "Unable to set event handler: Handler already binded")]
    [InlineData("event.bind", """{"event":"onCrmDealAdd","event_type":"offline"}""", "Unable to set event handler: Handler already binded")]
    [InlineData("placement.bind", """{"PLACEMENT":"CRM_DEAL_DETAIL_TAB","HANDLER":"https://app.example.com/b24","TITLE":"Tab"}""", "Unable to set placement handler: Handler already binded")]
    public async Task A_portal_refuses_what_is_bound_already(string method, string parameters, string text)
    {
        await using var portal = await PortalEmulator.StartAsync();
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        using var json = System.Text.Json.JsonDocument.Parse(parameters);
        var values = json.RootElement.EnumerateObject().ToDictionary(static p => p.Name, static p => (object?)p.Value.GetString());
        await user.CallAsync(method, values);
        var refused = await Assert.ThrowsAsync<Bitrix24ApiException>(() => user.CallAsync(method, values));
        Assert.Equal(("ERROR_CORE", text), (refused.Code, refused.Description));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_event_with_a_handler_is_bound_once_and_the_removal_too(bool offline)
    {
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(
            portal,
            b24 => b24
                .OnInstall((_, client, ct) => b24.BindEventsAsync(client, offline, ct))
                .OnUpdate(static (_, _, _) => Task.CompletedTask)
                .On<CrmDealAddEvent>(static (_, _, _) => Task.CompletedTask)
                .On("ONTASKADD", static (_, _, _) => Task.CompletedTask),
            services => services.Configure<Bitrix24ApplicationOptions>(o => o.OfflineEvents = offline ? new() { Interval = TimeSpan.FromHours(1) } : null));
        var address = app.Urls.First() + "/b24";
        await portal.InstallAsync(address);
        await portal.OpenInstallPageAsync(address + "/install");
        await portal.InstallAsync(address);

        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        var bound = (await user.CallAsync("event.get", new { })).EnumerateArray()
            .Select(static b => $"{b.GetProperty("event")} {b.GetProperty("offline")} {(b.TryGetProperty("handler", out var handler) && handler.ValueKind == System.Text.Json.JsonValueKind.String ? handler.GetString() : "")}".Trim());
        Assert.Equal(
            offline
                ? ["ONAPPUNINSTALL 0 " + address, "ONAPPUPDATE 0 " + address, "ONCRMDEALADD 1", "ONOFFLINEEVENT 0 " + address, "ONTASKADD 1"]
                : ["ONAPPUNINSTALL 0 " + address, "ONAPPUPDATE 0 " + address, "ONCRMDEALADD 0 " + address, "ONTASKADD 0 " + address],
            bound.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_placement_is_bound_once_and_gets_another_title()
    {
        var title = "Tab";
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 => b24
            .OnInstall((_, client, ct) => b24.BindPlacementAsync(client, CrmPlacements.CrmDealDetailTab, title, ct))
            .OnPlacement<CrmDealDetailTab>(static (tab, _, _) => Results.Text($"deal {tab.Options.Id}")));
        var address = app.Urls.First() + "/b24";
        await portal.InstallAsync(address);
        await portal.InstallAsync(address);
        title = "Another";
        await portal.InstallAsync(address);

        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        var bound = Assert.Single((await user.CallAsync("placement.get", new { })).EnumerateArray());
        Assert.Equal("Another", bound.GetProperty("title").GetString());
        Assert.Equal("deal 7", await portal.OpenPlacementAsync("CRM_DEAL_DETAIL_TAB", """{"ID":"7"}"""));
    }
}
