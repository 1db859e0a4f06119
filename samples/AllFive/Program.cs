// One program that uses five systems: BI Builder, Vibe widgets, favourite blocks, VibeCode and amoCRM, through typed calls
// and against an emulated portal that keeps the limits of the cloud. A step that does not come out as said ends it with an exception.
using System.Text.Json.Nodes;
using AllFive;
using AmoCrm.Widgets;
using Bitrix24;
using Bitrix24.BiConnector;
using Bitrix24.Gen.Emulator;
using Bitrix24.Landing;
using VibeCode.Batch;
using VibeCode.Deals;

// One portal speaks all three APIs, with the limits that the cloud has.
await using var emulator = await PortalEmulator.StartAsync(new() { Limits = Bitrix24.Gen.Emulator.PortalLimits.Standard });
emulator.Seed("landing.landing/Page", """{ "ID": 351, "TITLE": "Company" }""");
emulator.Seed("landing.landing/Block", """{ "ID": 6058, "LID": 351 }""");
emulator.Seed("widgets/Widget", """
    {
      "code": "sms_gate", "version": "1.0.0",
      "settings_template": [
        { "key": "login", "name": "Login", "type": "text", "is_required": true },
        { "key": "phones", "name": "Phones", "type": "users", "is_required": false }
      ]
    }
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

Console.WriteLine("2. Register a Vibe widget, and find it in the list");
var widget = await portal.Landing.RepoWidget.RegisterAsync("acme_deals", new()
{
    Name = "Deals",
    Preview = "https://example.com/preview.png",
    Description = "The sum of all deals that were won",
    Sections = RepoWidgetSections.WidgetsSales,
    Content = "<div class=\"acme-deals\">{{sum}}</div>",
    WidgetParams = new()
    {
        RootNode = ".acme-deals",
        Handler = "https://example.com/vibe",
        DemoData = new JsonObject { ["sum"] = 0 },
    },
});
var listed = await portal.Landing.RepoWidget.GetListAsync(new() { Filter = default(RepoWidgetFilter).XmlId == "acme_deals" });
Expect(listed is [{ Id: var listedId }] && listedId == widget, "the widget is in the list");
Console.WriteLine($"   widget {widget}: {listed[0].Name}");

Console.WriteLine("3. Save a block of a page as a favourite");
var copy = await portal.Landing.Landing.FavoriteBlockAsync(351, 6058, meta: new() { Name = "Header" });
Expect(copy != 6058, "the copy has an id of its own");
Console.WriteLine($"   block {copy}");

Console.WriteLine("4. Write deals in a typed batch; read them by typed aggregate, and in one request with others");
var made = await crm.Deals.CreateManyAsync(Enumerable.Range(1, 120).Select(static i => new DealCreate
{
    Title = $"Phase {i}",
    Amount = i * 100,
    StageId = i % 4 == 0 ? "WON" : "NEW",
}));
Expect(made.Count == 120 && made.All(static d => d.IsSuccess), "all deals are made");
var sums = await crm.Deals.AggregateAsync(static q => q.Sum(d => d.Amount).Where(d => d.Amount > 1_000).GroupBy(d => d.StageId));
Expect(sums.Groups.Count == 2 && sums.Meta?.Truncated == false, "there are two stages, and every deal was read");
foreach (var group in sums.Groups)
    Console.WriteLine($"   {group.Extra["stageId"]}: {group.Count} deals, {group.Aggregates["amount"]["sum"]}");
var changed = await crm.Deals.UpdateManyAsync(new Dictionary<long, DealUpdate>
{
    [made[0].Record!.Id] = new() { StageId = "WON" },
    [9999] = new() { StageId = "WON" },
});
Expect(changed[0].IsSuccess && changed[1].Error?.Code == DealsErrors.EntityNotFound, "each change has an outcome of its own");
var batch = await crm.Batch.SendAsync(
[
    new() { Id = "won", Entity = "deals", Action = BatchCallAction.List, Params = new() { ["limit"] = 5 } },
    new() { Id = "gone", Entity = "deals", Action = BatchCallAction.Get, EntityId = 9999 },
]);
Console.WriteLine($"   won: {batch.Results["won"].GetArrayLength()}, gone: {batch.Errors["gone"].Code}");

Console.WriteLine("5. Install a widget of amoCRM with settings in the form of their types");
var settings = new AmoCrmWidgetSettings().Text("login", "ada").Users("phones", new Dictionary<int, string> { [504141] = "1039" });
var template = (await account.Widgets.GetAsync("sms_gate")).SettingsTemplate;
Expect(settings.Validate(template.Select(static t => (t.Key, t.Type.Value, t.IsRequired))).Count == 0, "the settings fit the template");
var installed = await account.Widgets.InstallAsync("sms_gate", settings);
Expect(installed.IsActiveInAccount, "the widget is installed");
Console.WriteLine($"   {installed.Code} is installed");

Console.WriteLine("6. Thirty more calls stay within the limits of each API");
await Task.WhenAll(Enumerable.Range(1, 20).Select(i => crm.Deals.GetAsync(i)));
await Task.WhenAll(Enumerable.Range(1, 10).Select(_ => account.Widgets.GetAsync("sms_gate")));
var refused = emulator.Requests.Count(static r => r.Status is 429 or 503);
Expect(refused == 0, "no call was refused");
Console.WriteLine($"   {emulator.RequestCount} requests, {refused} refused; executed: {emulator.Requests.Executions("deals.get")} and {emulator.Requests.Executions("widgets.get")}");

static void Expect(bool holds, string what)
{
    if (!holds)
        throw new InvalidOperationException($"Not so: {what}.");
}
