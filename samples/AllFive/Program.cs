using AllFive;
using Bitrix24;
using Bitrix24.BiConnector;
using Bitrix24.Gen.Emulator;
using VibeCode.Api;
using VibeCode.Batch;
using VibeCode.Deals;

// One portal speaks all three APIs, with the limits that the cloud has.
await using var emulator = await PortalEmulator.StartAsync(new() { Limits = Bitrix24.Gen.Emulator.PortalLimits.Standard });
emulator.Seed("landing.landing/Page", """{ "ID": 351, "TITLE": "Company" }""");
emulator.Seed("landing.landing/Block", """{ "ID": 6058, "LID": 351 }""");
emulator.Seed("widgets/Widget", """
    { "code": "sms_gate", "version": "1.0.0", "settings_template": [{ "key": "login", "name": "Login", "type": "text", "is_required": true }] }
    """);

using var portal = new Portal(Bitrix24Credentials.AccessToken(emulator.PortalUrl, emulator.AccessToken));
using var crm = new Crm(Bitrix24Credentials.VibeCode(emulator.ApiKey, url: emulator.PortalUrl));
using var account = new Account(Bitrix24Credentials.AmoCrm(emulator.PortalUrl, emulator.AccessToken));

Console.WriteLine("1. Register a connector of BI Builder");
var connector = await portal.BiConnector.Connector.AddAsync(new()
{
    Title = "Deals of VibeCode",
    Logo = "https://example.com/logo.svg",
    UrlCheck = "https://example.com/check",
    UrlTableList = "https://example.com/tables",
    UrlTableDescription = "https://example.com/table",
    UrlData = "https://example.com/data",
    Settings = [new() { Code = "key", Name = "Key", Type = ConnectorSettingType.String }],
});
Console.WriteLine($"   connector {connector.Id}");

Console.WriteLine("2. Register a Vibe widget");
var widget = await portal.CallAsync("landing.repowidget.register", new
{
    code = "acme_deals",
    fields = new
    {
        NAME = "Deals",
        PREVIEW = "https://example.com/preview.png",
        DESCRIPTION = "The sum of all deals that were won",
        SECTIONS = "widgets_sales",
        CONTENT = "<div class=\"acme-deals\">{{sum}}</div>",
        WIDGET_PARAMS = new { rootNode = ".acme-deals", handler = "https://example.com/vibe", demoData = new { sum = 0 } },
    },
});
Console.WriteLine($"   widget {widget}");

Console.WriteLine("3. Save a block of a page as a favourite");
var copy = await portal.CallAsync("landing.landing.favoriteBlock", new { lid = 351, block = 6058, meta = new { name = "Header" } });
Console.WriteLine($"   block {copy}");

Console.WriteLine("4. Write deals in a batch; read them by aggregate and in one request with others");
var deals = Enumerable.Range(1, 120).Select(static i => new Dictionary<string, System.Text.Json.Nodes.JsonNode?>
{
    ["title"] = $"Phase {i}", ["amount"] = i * 100, ["stageId"] = i % 4 == 0 ? "WON" : "NEW",
});
await crm.Deals.BatchAsync(DealsBatchAction.Create, items: [.. deals]);
var sums = await crm.Deals.AggregateAsync([new() { Function = AggregationFunction.Sum, Field = "amount" }], groupBy: [new("stageId")]);
foreach (var group in sums.Groups)
    Console.WriteLine($"   {group.Extra["stageId"]}: {group.Count} deals, {group.Aggregates["amount"]["sum"]}");
var batch = await crm.Batch.SendAsync(
[
    new() { Id = "won", Entity = "deals", Action = BatchCallAction.List, Params = new() { ["limit"] = 5 } },
    new() { Id = "gone", Entity = "deals", Action = BatchCallAction.Get, EntityId = 9999 },
]);
Console.WriteLine($"   won: {batch.Results["won"].GetArrayLength()}, gone: {batch.Errors["gone"].Code}");

Console.WriteLine("5. Install a widget of amoCRM");
var installed = await account.Widgets.InstallAsync("sms_gate", new() { ["login"] = "ada" });
Console.WriteLine($"   {installed.Code} is {(installed.IsActiveInAccount ? "installed" : "not installed")}");

Console.WriteLine("6. Thirty more calls stay within the limits of each API");
await Task.WhenAll(Enumerable.Range(1, 20).Select(i => crm.Deals.GetAsync(i)));
for (var i = 0; i < 10; i++)
    await account.Widgets.GetAsync("sms_gate");
Console.WriteLine($"   {emulator.RequestCount} requests; executed: {emulator.Requests.Executions("deals.get")} and {emulator.Requests.Executions("widgets.get")}");
