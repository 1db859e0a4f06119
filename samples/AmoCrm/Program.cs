using AmoCrm.Widgets;
using AmoCrmSample;
using Bitrix24;
using Bitrix24.Gen.Emulator;

await using var emulator = await PortalEmulator.StartAsync();
emulator.Seed("widgets/WaitingBot", """{ "id": 345, "bot": "salesbot", "bot_id": 12 }""");
foreach (var code in new[] { "route_planner", "sip_bridge", "sms_gate" })
{
    emulator.Seed("widgets/Widget", $$"""
        {
          "code": "{{code}}", "version": "1.0.0", "rating": "4,2", "is_active_in_account": false,
          "settings_template": [
            { "key": "login", "name": "Login", "type": "text", "is_required": true },
            { "key": "phones", "name": "Phones", "type": "users", "is_required": false }
          ]
        }
        """);
}

using var account = new Account(Bitrix24Credentials.AmoCrm(emulator.PortalUrl, emulator.AccessToken));

Console.WriteLine("1. List the widgets; links lead from page to page");
await foreach (var widget in account.Widgets.ListAsync(limit: 2))
    Console.WriteLine($"   {widget.Code} {widget.Version}: {string.Join(", ", widget.SettingsTemplate.Select(static s => $"{s.Key} ({s.Type})"))}");

Console.WriteLine("2. Install one with its settings");
try
{
    await account.Widgets.InstallAsync("sip_bridge", []);
}
catch (Bitrix24ApiException e) when (e.Code == WidgetsErrors.BadRequest)
{
    Console.WriteLine($"   without: {e.Details[0].Path} {e.Details[0].Code}");
}

var installed = await account.Widgets.InstallAsync("sip_bridge", new()
{
    ["login"] = "ada",
    ["phones"] = new System.Text.Json.Nodes.JsonObject { ["504141"] = "1039" },
});
Console.WriteLine($"   with: {installed.Code} is {(installed.IsActiveInAccount ? "installed" : "not installed")}");

Console.WriteLine("3. Let a bot that waits for the widget go on");
await account.Widgets.ContinueAsync(WidgetsContinueBot.Salesbot, botId: 12, continueId: 345, data: new() { ["status"] = "success" });

Console.WriteLine("4. Take it out again");
await account.Widgets.UninstallAsync("sip_bridge");
var after = await account.Widgets.GetAsync("sip_bridge");
Console.WriteLine($"   {after.Code} is {(after.IsActiveInAccount ? "installed" : "not installed")}");

Console.WriteLine("5. What is not there is an exception with code and status");
try
{
    await account.Widgets.GetAsync("nowhere");
}
catch (Bitrix24ApiException e) when (e.Code == WidgetsErrors.NotFound)
{
    Console.WriteLine($"   {e.Message}");
}
