using Bitrix24;
using Bitrix24.AspNetCore;
using Bitrix24.Gen.Emulator;
using BIConnector1;

var play = args.Contains("--emulator");
await using var emulator = play ? await PortalEmulator.StartAsync() : null;

var builder = WebApplication.CreateBuilder(args);
if (play)
    builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSingleton<Connector>();
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
var connectorId = 0L;
app.MapBitrix24Application<Portal>("/b24", b24 =>
{
    var connector = b24.MapBIConnector<Connector>("/bi");
    b24.OnInstall(async (install, portal, ct) => connectorId = await connector.RegisterAsync(portal, Connector.Presentation, ct));
});

if (emulator is null)
{
    await app.RunAsync();
    return;
}

// What a portal and its users would do.
await app.StartAsync();
await emulator.OpenInstallPageAsync(app.Urls.First() + "/b24/install");
using var user = new Portal(Bitrix24Credentials.AccessToken(emulator.PortalUrl, emulator.AccessToken));
var source = await user.CallAsync("biconnector.source.add", new { fields = new { title = "Demo", connectorId, settings = new { login = "demo" } } });
var sourceId = source.GetProperty("id").GetInt32();
Console.WriteLine(await emulator.AskConnectorAsync(sourceId, "urlTableList", """{"searchString":""}"""));
Console.WriteLine(await emulator.AskConnectorAsync(sourceId, "urlData", """{"table":"orders","limit":3}"""));
