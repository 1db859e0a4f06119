using Bitrix24;
using Bitrix24.BiConnector;
using Bitrix24.Gen.Emulator;
using Quickstart;

await using var emulator = await PortalEmulator.StartAsync();
using var portal = new Portal(Bitrix24Credentials.AccessToken(emulator.PortalUrl, emulator.AccessToken));

Step("1. A portal on loopback");
Console.WriteLine($"   {emulator.PortalUrl} answers as Bitrix24 would; the client signs in as an application.");

Step("2. Create a connector, a source and a dataset");
var connector = await portal.BiConnector.Connector.AddAsync(new()
{
    Title = "Sales database",
    Logo = "https://example.com/logo.svg",
    UrlCheck = "https://example.com/check",
    UrlTableList = "https://example.com/tables",
    UrlTableDescription = "https://example.com/table",
    UrlData = "https://example.com/data",
    Settings = [new() { Code = "token", Name = "Token", Type = ConnectorSettingType.String }],
});
var source = await portal.BiConnector.Source.AddAsync(new()
{
    Title = "Sales 2026",
    ConnectorId = connector.Id,
    Settings = new() { ["token"] = "not-a-secret" },
});
var added = await portal.BiConnector.Dataset.AddAsync(new()
{
    SourceId = source.Id,
    Name = "sales_2026",
    ExternalName = "Sales",
    ExternalCode = "sales",
    Fields =
    [
        new() { Type = DatasetFieldType.Int, Name = "ID", ExternalCode = "ID" },
        new() { Type = DatasetFieldType.String, Name = "CUSTOMER", ExternalCode = "customer" },
    ],
});
Console.WriteLine($"   connector {connector.Id}, source {source.Id}, dataset {added.Id}");

Step("3. Change the dataset: only what is assigned is sent");
await portal.BiConnector.Dataset.UpdateAsync(added.Id, new() { Description = "Orders of 2026" });
var before = await portal.BiConnector.Dataset.GetAsync(added.Id);
await portal.SendAsync(new DatasetFieldsUpdateRequest
{
    Id = added.Id,
    Add = [new() { Type = DatasetFieldType.Double, Name = "AMOUNT", ExternalCode = "amount" }],
    Update = [new() { Id = before.Fields[1].Id, Visible = false }],
    Delete = [before.Fields[0].Id],
});
var after = await portal.BiConnector.Dataset.GetAsync(added.Id);
Console.WriteLine($"   description: {before.Description}");
Console.WriteLine($"   fields before: {Names(before)}");
Console.WriteLine($"   fields after:  {Names(after)}");

Step("4. List with a filter and an order, across pages");
var parts = portal.CreateBatch();
for (var i = 0; i < 119; i++)
{
    parts.Add(new DatasetAddRequest
    {
        Fields = new()
        {
            SourceId = source.Id,
            Name = $"sales_part_{i}",
            ExternalName = $"Part {i}",
            ExternalCode = $"part_{i}",
            Fields = [new() { Type = DatasetFieldType.Int, Name = "ID", ExternalCode = "ID" }],
        },
    });
}

var requestsBefore = emulator.RequestCount;
await parts.SendAsync();
Console.WriteLine($"   {parts.Items.Count} datasets created by batches in {emulator.RequestCount - requestsBefore} requests");

requestsBefore = emulator.RequestCount;
var listed = new List<Dataset>();
await foreach (var dataset in portal.BiConnector.Dataset.ListAsync(q => q
    .Where(d => d.Name.Like("sales_part%") & d.Id > added.Id)
    .OrderByDescending(d => d.Id)
    .Select(d => d.Id, d => d.Name)))
{
    listed.Add(dataset);
}

Console.WriteLine($"   {listed.Count} datasets in {emulator.RequestCount - requestsBefore} requests of at most 50 rows, from {listed[0].Name} to {listed[^1].Name}");

Step("5. A violation is caught before anything is sent");
// Values that only the running program knows: as constants, these two would be errors of the build (B24107).
string[] entered = ["Sales", "id"];
var invalid = new DatasetAddRequest
{
    Fields = new()
    {
        SourceId = source.Id,
        Name = entered[0],
        ExternalName = "Sales",
        ExternalCode = "sales",
        Fields = [new() { Type = DatasetFieldType.Int, Name = entered[1], ExternalCode = "ID" }],
    },
};
requestsBefore = emulator.RequestCount;
try
{
    await portal.SendAsync(invalid);
}
catch (Bitrix24ValidationException e)
{
    foreach (var violation in e.Violations)
        Console.WriteLine($"   {violation.Rule} at {violation.Path}: the server would answer {violation.Code}");
    Console.WriteLine($"   requests sent: {emulator.RequestCount - requestsBefore}");
}

Step("6. A documented error is a typed exception");
try
{
    await portal.BiConnector.Source.GetAsync(4711);
}
catch (Bitrix24ApiException e) when (e.Code == BiConnectorErrors.SourceNotFound)
{
    Console.WriteLine($"   {e.Method} answered {e.Code}: {e.Description}");
}

Step("7. A raw call, checked against the same spec");
var raw = await portal.CallAsync("biconnector.dataset.get", new { id = added.Id });
Console.WriteLine($"   result.item.name = {raw.GetProperty("item").GetProperty("name")}");

Step("8. Clean up: the server refuses to delete a source that datasets use");
try
{
    await portal.BiConnector.Source.DeleteAsync(source.Id);
}
catch (Bitrix24ApiException e)
{
    Console.WriteLine($"   {e.Code}: {e.Description}");
}

var deletions = portal.CreateBatch();
foreach (var dataset in listed)
    deletions.Add(new DatasetDeleteRequest { Id = dataset.Id });
deletions.Add(new DatasetDeleteRequest { Id = added.Id });
await deletions.SendAsync();
await portal.BiConnector.Source.DeleteAsync(source.Id);
await portal.BiConnector.Connector.DeleteAsync(connector.Id);
Console.WriteLine($"   deleted {deletions.Items.Count(d => d.Error is null)} datasets, the source and the connector");

static void Step(string title)
{
    Console.WriteLine();
    Console.WriteLine(title);
}

static string Names(Dataset dataset) =>
    string.Join(", ", dataset.Fields.Select(f => f.Visible == false ? $"{f.Name} (hidden)" : f.Name));
