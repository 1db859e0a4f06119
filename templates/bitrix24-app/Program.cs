using Bitrix24;
using Bitrix24.AspNetCore;
using Bitrix24.Gen.Emulator;
using Bitrix24.Crm;
using System.Net;

var play = args.Contains("--emulator");
await using var emulator = play ? await PortalEmulator.StartAsync() : null;

var builder = WebApplication.CreateBuilder(args);
if (play)
    builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddBitrix24Application<Portal>(o =>
{
    o.ClientId = emulator?.ClientId ?? builder.Configuration["Bitrix24:ClientId"]!;
    o.ClientSecret = emulator?.ClientSecret ?? builder.Configuration["Bitrix24:ClientSecret"]!;
    if (emulator is not null)
        o.OAuthServer = new(emulator.PortalUrl);
    else if (builder.Configuration["Bitrix24:PublicUrl"] is { Length: > 0 } address)
        o.PublicUrl = new(address);
}).AddPortalStore(new FilePortalStore(play ? Directory.CreateTempSubdirectory().FullName : "portals"));

await using var app = builder.Build();
app.MapBitrix24Application<Portal>("/b24", b24 => b24
    .OnInstall(async (install, portal, ct) =>
    {
        await b24.BindEventsAsync(portal, cancellationToken: ct);
        await b24.BindPlacementAsync(portal, CrmPlacements.CrmDealDetailTab, "PortalApplication1", ct);
    })
    .On<CrmDealAddEvent>(async (e, portal, ct) =>
    {
        var deal = await portal.Crm.Deal.GetAsync(e.Data.Fields.Id, cancellationToken: ct);
        app.Logger.LogInformation("New deal: {Title}", deal.Title);
    })
    .OnPlacement<CrmDealDetailTab>(async (tab, portal, ct) =>
    {
        var deal = await portal.Crm.Deal.GetAsync(tab.Options.Id, cancellationToken: ct);
        return Results.Content($"<h1>{WebUtility.HtmlEncode(deal.Title)}</h1>", "text/html");
    })
    .OnUninstall((uninstall, ct) =>
    {
        app.Logger.LogInformation("Removed from {Portal}", uninstall.Portal.Url);
        return Task.CompletedTask;
    }));

if (emulator is null)
{
    await app.RunAsync();
    return;
}

// What a portal and its users would do.
await app.StartAsync();
await emulator.OpenInstallPageAsync(app.Urls.First() + "/b24/install");
using var user = new Portal(Bitrix24Credentials.AccessToken(emulator.PortalUrl, emulator.AccessToken));
var id = await user.Crm.Deal.AddAsync(new() { Title = "Ten chairs" });
await emulator.SettleAsync();
Console.WriteLine(await emulator.OpenPlacementAsync(CrmPlacements.CrmDealDetailTab, $$"""{"ID":"{{id}}"}"""));
await emulator.UninstallAsync(app.Urls.First() + "/b24");
