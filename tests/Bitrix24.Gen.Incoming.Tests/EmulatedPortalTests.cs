using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Bitrix24.AspNetCore;
using Bitrix24.Gen.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Incoming.Tests;

using Crm;

/// <summary>An application and the emulated portal, both on loopback, send each other real requests.</summary>
public sealed class EmulatedPortalTests
{
    [Fact]
    public async Task From_installation_to_removal()
    {
        var (seen, removed) = (new ConcurrentQueue<string?>(), 0);
        await using var portal = await PortalEmulator.StartAsync(new() { Deliveries = new() { RetryDelay = TimeSpan.FromMilliseconds(1) } });
        var fail = true;
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            b24.OnInstall(async (install, client, ct) =>
            {
                await client.CallAsync("event.bind", new { @event = CrmEvents.CrmDealAdd, handler = install.EventsUrl }, ct);
                await client.CallAsync("placement.bind", new { PLACEMENT = CrmPlacements.CrmDealDetailTab, HANDLER = install.EventsUrl, TITLE = "Our tab" }, ct);
            });
            b24.OnUninstall((_, _) => Task.FromResult(Interlocked.Increment(ref removed)));
            b24.On<CrmDealAddEvent>(async (e, client, ct) =>
            {
                // The first attempt fails; the portal makes a second.
                if (Interlocked.Exchange(ref fail, false))
                    throw new InvalidOperationException("not yet");
                var deal = await client.CallAsync("crm.deal.get", new { id = e.Data.Fields.Id }, ct);
                seen.Enqueue(deal.GetProperty("TITLE").GetString());
            });
            b24.OnPlacement<CrmDealDetailTab>(async (tab, client, ct) =>
            {
                var deal = await client.CallAsync("crm.deal.get", new { id = tab.Options.Id }, ct);
                return Results.Content($"<p>{deal.GetProperty("TITLE").GetString()}</p>", "text/html");
            });
        });
        var address = app.Urls.First() + "/b24";

        Assert.Contains("BX24.installFinish()", await portal.OpenInstallPageAsync(address + "/install"), StringComparison.Ordinal);
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        var id = (await user.CallAsync("crm.deal.add", new { fields = new { TITLE = "A new deal" } })).GetInt64();
        await portal.SettleAsync();
        Assert.Equal(["A new deal"], seen);
        Assert.Equal([500, 200], portal.Deliveries.Where(static d => d.Code == "ONCRMDEALADD").Select(static d => d.Status));

        Assert.Equal("<p>A new deal</p>", await portal.OpenPlacementAsync("CRM_DEAL_DETAIL_TAB", $$"""{"ID":"{{id}}"}"""));
        using var http = new HttpClient();
        Assert.Equal("<p>A new deal</p>", await http.GetStringAsync($"{portal.PortalUrl}/_emulator/open/CRM_DEAL_DETAIL_TAB?id={id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"{portal.PortalUrl}/_emulator/open/CRM_LEAD_DETAIL_TAB?id=1")).StatusCode);

        await portal.UninstallAsync(address);
        Assert.Equal(1, removed);
        await Assert.ThrowsAsync<HttpRequestException>(() => portal.UninstallAsync(address));
    }

    [Fact]
    public async Task Offline_events_are_read_handled_and_cleared()
    {
        var seen = new ConcurrentQueue<long?>();
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(
            portal,
            b24 =>
            {
                b24.OnInstall(async (install, client, ct) => await client.CallAsync("event.bind", new { @event = "ONCRMDEALADD", event_type = "offline", handler = install.EventsUrl }, ct));
                b24.On<CrmDealAddEvent>((e, _, _) =>
                {
                    seen.Enqueue(e.Data.Fields.Id);
                    return Task.CompletedTask;
                });
            },
            services => services.Configure<Bitrix24ApplicationOptions>(static o => o.OfflineEvents = new() { Interval = TimeSpan.FromMilliseconds(50), BatchSize = 10 }));
        await portal.InstallAsync(app.Urls.First() + "/b24");
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        for (var i = 0; i < 25; i++)
            await user.CallAsync("crm.deal.add", new { fields = new { TITLE = $"Deal {i}" } });
        for (var i = 0; i < 2400 && (seen.Count < 25 || portal.OfflineEventCount > 0); i++)
            await Task.Delay(25);
        Assert.Equal(25, seen.Distinct().Count());
        Assert.Equal(0, portal.OfflineEventCount);
    }

    [Fact]
    public async Task A_connector_lives_from_its_registration_to_its_rows()
    {
        BIConnectorRegistration<IBIConnector>? registration = null;
        var connector = new Numbers();
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(
            portal,
            b24 =>
            {
                registration = b24.MapBIConnector<IBIConnector>("/bi");
                b24.OnInstall(async (_, client, ct) => connector.Id = await registration.RegisterAsync(client, connector.Info, ct));
            },
            services => services.AddSingleton<IBIConnector>(connector));
        await portal.InstallAsync(app.Urls.First() + "/b24");
        await portal.InstallAsync(app.Urls.First() + "/b24");
        Assert.Single(portal.Records("biconnector.connector/Connector"));

        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        var refused = await Assert.ThrowsAsync<Bitrix24ApiException>(() => user.CallAsync(
            "biconnector.source.add", new { fields = new { title = "Numbers", connectorId = connector.Id, settings = new { login = "wrong" } } }));
        Assert.Equal("SOURCE_CREATE_CONNECTION_ERROR", refused.Code);
        var source = (await user.CallAsync("biconnector.source.add", new { fields = new { title = "Numbers", connectorId = connector.Id, settings = new { login = "user" } } })).GetProperty("id").GetInt32();
        Assert.Equal("""[{"code":"numbers","title":"Numbers"}]""", await portal.AskConnectorAsync(source, "urlTableList", """{"searchString":""}"""));
        Assert.Equal("""[{"code":"n","name":"N","type":"int"}]""", await portal.AskConnectorAsync(source, "urlTableDescription", """{"table":"numbers"}"""));
        await user.CallAsync("biconnector.dataset.add", new
        {
            fields = new { sourceId = source, name = "numbers", externalName = "Numbers", externalCode = "numbers", fields = new[] { new { type = "int", name = "N", externalCode = "n" } } },
        });
        using var rows = JsonDocument.Parse(await portal.AskConnectorAsync(source, "urlData", """{"table":"numbers","limit":100000,"select":["n"]}"""));
        Assert.Equal(100_001, rows.RootElement.GetArrayLength());
    }

    private sealed class Numbers : IBIConnector
    {
        public long Id { get; set; }

        public BIConnectorInfo Info => new("Numbers", "https://example.com/logo.png") { Settings = [new("login", "Login")] };

        public ValueTask CheckAsync(BIConnection connection, CancellationToken cancellationToken) =>
            connection["login"] == "user" ? default : throw new BIConnectorException("The login is wrong.");

        public ValueTask<IReadOnlyList<BITable>> ListTablesAsync(BIConnection connection, string search, CancellationToken cancellationToken) => new([new BITable("numbers", "Numbers")]);

        public ValueTask<IReadOnlyList<BIColumn>?> DescribeAsync(BIConnection connection, string table, CancellationToken cancellationToken) => new([new BIColumn("n", "N", BIColumnType.Int)]);

        public async IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(BIConnection connection, BIQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            for (var i = 0; ; i++)
                yield return [i];
        }
    }
}
