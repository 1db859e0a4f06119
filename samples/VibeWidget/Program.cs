// A widget for the Vibe. `dotnet run` starts its handler beside an emulated portal, registers the widget there, and calls
// fetch() as the portal's page would.
using System.Text.Json.Nodes;
using Bitrix24;
using Bitrix24.Gen.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VibeWidget;

string[] people = ["Ann", "Bea", "Carl"];
await using var emulator = await PortalEmulator.StartAsync();
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
var (handler, id) = ("", 0L);
app.MapBitrix24Application<Portal>("/b24", b24 =>
{
    var address = b24.MapVibeWidget("/people", (request, ct) => Task.FromResult<JsonNode?>(Data(request["letter"])));
    b24.OnInstall(async (install, portal, ct) => id = await Widget(handler = address()).RegisterAsync(portal, ct));
});
await app.StartAsync();

Console.WriteLine("1. The application is installed and registers its widget");
await emulator.InstallAsync(app.Urls.First() + "/b24");
Console.WriteLine($"   widget {id}");

Console.WriteLine("2. The widget is shown: the portal calls the handler without parameters");
await FetchAsync([], """{"people":[{"name":"Ann"},{"name":"Bea"},{"name":"Carl"}]}""");

Console.WriteLine("3. A user clicks: fetch({ letter: 'B' })");
await FetchAsync([new("letter", "B")], """{"people":[{"name":"Bea"}]}""");

Console.WriteLine("4. Markup that the Vibe does not support is found before it is sent");
foreach (var problem in Widget(handler, """<div class="acme-people" v-show="people" @click="alert(1)"></div>""").Validate())
    Console.WriteLine($"   B24119: {problem.Message}");

JsonObject Data(string? letter) => new()
{
    ["people"] = new JsonArray([.. people.Where(p => letter is null || p.StartsWith(letter, StringComparison.Ordinal)).Select(static p => (JsonNode)new JsonObject { ["name"] = p })]),
};

Bitrix24.VibeWidget Widget(string address, string? content = null) => new Bitrix24.VibeWidget
{
    Code = "acme_people",
    Name = "People",
    Preview = "https://example.com/preview.png",
    Sections = "widgets_company_life",
    RootNode = ".acme-people",
    Content = content ?? """
        <div class="acme-people">
          <h3>{{ $Bitrix.Loc.getMessage('TITLE') }}</h3>
          <p v-for="person in people" :key="person.name">{{ person.name }}</p>
          <button @click="fetch({ letter: 'B' })">B</button>
        </div>
        """,
    Handler = address,
    DemoData = Data(null),
}
.WithLanguage("en", new Dictionary<string, string> { ["TITLE"] = "People" })
.WithLanguage("de", new Dictionary<string, string> { ["TITLE"] = "Menschen" });

async Task FetchAsync(IEnumerable<KeyValuePair<string, string>> parameters, string expected)
{
    using var http = new HttpClient();
    var answer = await (await http.PostAsync(handler, new FormUrlEncodedContent(parameters))).Content.ReadAsStringAsync();
    if (answer != expected)
        throw new InvalidOperationException($"Expected {expected}, got {answer}.");
    Console.WriteLine("   " + answer);
}
