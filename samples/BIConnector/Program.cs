// A BI connector over SQLite. `dotnet run` starts it beside an emulated portal, registers it there, and asks it as BI
// Builder would.
using System.Text.Json;
using BIConnector;
using Bitrix24;
using Bitrix24.Gen.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

const string database = "Data Source=sales;Mode=Memory;Cache=Shared";
await using var keep = new SqliteConnection(database);
await keep.OpenAsync();
await using (var fill = keep.CreateCommand())
{
    fill.CommandText = """
        CREATE TABLE sales (id INTEGER, customer TEXT, total REAL, sold DATE);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
        INSERT INTO sales SELECT i, 'Customer ' || (i % 100), i * 0.5, '2026-01-' || substr('0' || (1 + i % 28), -2) FROM n;
        """;
    await fill.ExecuteNonQueryAsync();
}

await using var emulator = await PortalEmulator.StartAsync();
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Error);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSingleton(new SqliteConnector(database));
builder.Services.AddBitrix24Application<Portal>(o =>
{
    o.ClientId = emulator.ClientId;
    o.ClientSecret = emulator.ClientSecret;
    o.OAuthServer = new(emulator.PortalUrl);
});
await using var app = builder.Build();
var id = 0L;
app.MapBitrix24Application<Portal>("/b24", b24 =>
{
    var connector = b24.MapBIConnector<SqliteConnector>("/bi");
    b24.OnInstall(async (install, portal, ct) => id = await connector.RegisterAsync(portal, new SqliteConnector(database).Info, ct));
});
await app.StartAsync();

Console.WriteLine("1. The application is installed and registers its connector");
await emulator.InstallAsync(app.Urls.First() + "/b24");
Console.WriteLine($"   connector {id}");

Console.WriteLine("2. A source with a wrong password is refused: the portal calls the connector's check");
using var user = new Portal(Bitrix24Credentials.AccessToken(emulator.PortalUrl, emulator.AccessToken));
try
{
    await AddSourceAsync("guess");
    throw new InvalidOperationException("The portal took a wrong password.");
}
catch (Bitrix24ApiException e) when (e.Code == "SOURCE_CREATE_CONNECTION_ERROR")
{
    Console.WriteLine($"   {e.Code}");
}

Console.WriteLine("3. With the right one it is made; tables, columns and rows follow");
var source = await AddSourceAsync("open sesame");
Console.WriteLine("   " + await emulator.AskConnectorAsync(source, "urlTableList", """{"searchString":"sal"}"""));
Console.WriteLine("   " + await emulator.AskConnectorAsync(source, "urlTableDescription", """{"table":"sales"}"""));
Console.WriteLine("   " + await emulator.AskConnectorAsync(source, "urlData", """{"table":"sales","select":["id","total"],"limit":3}"""));
using var all = JsonDocument.Parse(await emulator.AskConnectorAsync(source, "urlData", """{"table":"sales"}"""));
if (all.RootElement.GetArrayLength() != 100_001)
    throw new InvalidOperationException($"Expected 100,000 rows and their names, got {all.RootElement.GetArrayLength()}.");
Console.WriteLine($"   {all.RootElement.GetArrayLength() - 1} rows, streamed");

async Task<int> AddSourceAsync(string password) => (await user.CallAsync(
    "biconnector.source.add", new { fields = new { title = "Sales", connectorId = id, settings = new { password } } })).GetProperty("id").GetInt32();
