using System.Text.Json;
using Bitrix24;
using Bitrix24.BiConnector;

// Arguments: the portal's address and an application's access token, as the emulator prints them.
using var portal = new Portal(Bitrix24Credentials.AccessToken(args[0], args[1]));

var connector = await portal.BiConnector.Connector.AddAsync(new()
{
    Title = "REST",
    Logo = "https://example.com/logo.svg",
    UrlCheck = "https://example.com/check",
    UrlTableList = "https://example.com/tables",
    UrlTableDescription = "https://example.com/table",
    UrlData = "https://example.com/data",
    Settings = [new() { Code = "token", Name = "Token", Type = ConnectorSettingType.String }],
});
var created = await portal.BiConnector.Source.AddAsync(new()
{
    Title = "Source",
    ConnectorId = connector.Id,
    Settings = new() { ["token"] = "not-a-secret" },
});

var added = await portal.BiConnector.Dataset.AddAsync(new()
{
    SourceId = created.Id, Name = "sales_2026", ExternalName = "Sales", ExternalCode = "sales",
    Fields = [new() { Type = DatasetFieldType.Int, Name = "ID", ExternalCode = "ID" }],
});

await portal.BiConnector.Dataset.UpdateAsync(added.Id, new() { Description = "2026" });

var names = new List<string>();
await foreach (var dataset in portal.BiConnector.Dataset.ListAsync(q => q
    .Where(d => d.Name.Like("sales%") & d.Id >= added.Id)
    .OrderByDescending(d => d.Id)
    .Select(d => d.Id, d => d.Name)))
    names.Add(dataset.Name);

var batch = portal.CreateBatch();
var source = batch.Add(new SourceGetRequest { Id = created.Id });
var sets = batch.Add(new DatasetListRequest { Page = 1 });
await batch.SendAsync();

var code = "";
try
{
    await portal.BiConnector.Source.GetAsync(4711);
}
catch (Bitrix24ApiException e) when (e.Code == BiConnectorErrors.SourceNotFound)
{
    code = e.Code;
}

JsonElement raw = await portal.CallAsync("biconnector.dataset.get", new { id = added.Id });

Console.WriteLine($"{string.Join(',', names)} {source.Result?.ConnectorId == connector.Id} {sets.Result?.Count} {code} {raw.GetProperty("item").GetProperty("description")}");
