// An application that a portal installs: it receives new deals and shows a tab in them. `dotnet run` starts it beside an
// emulated portal, installs it there, and plays what users would do.
using System.Net;
using Bitrix24;
using Bitrix24.AspNetCore;
using Bitrix24.Crm;
using Bitrix24.Gen.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OAuthApplication;

await using var emulator = await PortalEmulator.StartAsync();
var heard = new List<string>();

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddBitrix24Application<Portal>(o =>
{
    o.ClientId = emulator.ClientId;
    o.ClientSecret = emulator.ClientSecret;
    o.OAuthServer = new(emulator.PortalUrl);
});
await using var app = builder.Build();
app.MapBitrix24Application<Portal>("/b24", b24 => b24
    .OnInstall(async (install, portal, ct) =>
    {
        await b24.BindEventsAsync(portal, cancellationToken: ct);
        await b24.BindPlacementAsync(portal, CrmPlacements.CrmDealDetailTab, "History", ct);
    })
    .On<CrmDealAddEvent>(async (e, portal, ct) =>
    {
        var deal = await portal.Crm.Deal.GetAsync(e.Data.Fields.Id, cancellationToken: ct);
        heard.Add(deal.Title!);
    })
    .OnPlacement<CrmDealDetailTab>(async (tab, portal, ct) =>
    {
        var deal = await portal.Crm.Deal.GetAsync(tab.Options.Id, cancellationToken: ct);
        return Results.Content($"<h1>{WebUtility.HtmlEncode(deal.Title)}</h1>", "text/html");
    })
    .OnUninstall((uninstall, ct) =>
    {
        heard.Add($"removed from {uninstall.Portal.Url.Authority}");
        return Task.CompletedTask;
    }));
await app.StartAsync();
var address = app.Urls.First() + "/b24";

Console.WriteLine($"1. An administrator opens the installation page of {address}");
await emulator.OpenInstallPageAsync(address + "/install");

Console.WriteLine("2. A user adds a deal; the portal tells the application, which reads it");
using var user = new Portal(Bitrix24Credentials.AccessToken(emulator.PortalUrl, emulator.AccessToken));
var id = await user.Crm.Deal.AddAsync(new() { Title = "Ten chairs" });
await emulator.SettleAsync();
Expect("Ten chairs", heard.Single());

Console.WriteLine("3. The user opens the application's tab in the deal");
Expect("<h1>Ten chairs</h1>", await emulator.OpenPlacementAsync(CrmPlacements.CrmDealDetailTab, $$"""{"ID":"{{id}}"}"""));

Console.WriteLine("4. Somebody who is not the portal sends an event");
using var http = new HttpClient();
var forged = await http.PostAsync(address, new FormUrlEncodedContent([new("event", "ONCRMDEALADD"), new("auth[member_id]", emulator.MemberId), new("auth[application_token]", "guess")]));
Expect("Forbidden", forged.StatusCode.ToString());

Console.WriteLine("5. The administrator removes the application");
await emulator.UninstallAsync(address);
Expect($"removed from {new Uri(emulator.PortalUrl).Authority}", heard[^1]);

static void Expect(string expected, string actual)
{
    if (actual != expected)
        throw new InvalidOperationException($"Expected \"{expected}\", got \"{actual}\".");
    Console.WriteLine($"   {actual}");
}
