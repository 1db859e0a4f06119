using Bitrix24;
using Bitrix24.AspNetCore;
using Bitrix24.Gen.Emulator;
using System.Text.Json.Nodes;

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
Func<string>? address = null;
app.MapBitrix24Application<Portal>("/b24", b24 =>
{
    address = b24.MapVibeWidget("/widget", (request, ct) => Task.FromResult<JsonNode?>(new JsonObject
    {
        ["persons"] = new JsonArray(new JsonObject { ["name"] = request["filter"] == "new" ? "Bob" : "Ann" }),
    }));
    b24.OnInstall(async (install, portal, ct) => await new VibeWidget
    {
        Code = "vibewidget1",
        Name = "People",
        Preview = "https://example.com/preview.png",
        Sections = "widgets_company_life",
        RootNode = ".people",
        Content = """
            <div class="people">
              <h3>{{ $Bitrix.Loc.getMessage('TITLE') }}</h3>
              <p v-for="person in persons" :key="person.name">{{ person.name }}</p>
              <button @click="fetch({ filter: 'new' })">{{ $Bitrix.Loc.getMessage('NEW') }}</button>
            </div>
            """,
        Handler = address(),
        DemoData = new() { ["persons"] = new JsonArray(new JsonObject { ["name"] = "Ann" }) },
    }
    .WithLanguage("en", new Dictionary<string, string> { ["TITLE"] = "People", ["NEW"] = "New" })
    .RegisterAsync(portal, ct));
});

if (emulator is null)
{
    await app.RunAsync();
    return;
}

// What a portal and its users would do.
await app.StartAsync();
await emulator.OpenInstallPageAsync(app.Urls.First() + "/b24/install");
var shown = await emulator.InvokeCallbackAsync("landing.repowidget.handler");
var clicked = await emulator.InvokeCallbackAsync("landing.repowidget.handler", """{"filter":"new"}""");
Console.WriteLine(shown.Body);
Console.WriteLine(clicked.Body);
