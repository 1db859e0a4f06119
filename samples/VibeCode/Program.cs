using Bitrix24;
using Bitrix24.Gen.Emulator;
using VibeCode.Api;
using VibeCode.Batch;
using VibeCode.Deals;
using VibeCodeSample;

await using var emulator = await PortalEmulator.StartAsync();
using var crm = new Crm(Bitrix24Credentials.VibeCode(emulator.ApiKey, url: emulator.PortalUrl));

Console.WriteLine("1. Create deals, one by one and many in a batch");
var roof = await crm.Deals.CreateAsync(new() { Title = "Roof garden", Amount = 150_000, StageId = "NEW" });
Console.WriteLine($"   deal {roof.Id} \"{roof.Title}\", created {roof.CreatedAt:yyyy-MM-dd}");
var more = Enumerable.Range(1, 200).Select(static i => new Dictionary<string, System.Text.Json.Nodes.JsonNode?>
{
    ["title"] = $"Phase {i}",
    ["amount"] = i * 100,
    ["stageId"] = i % 4 == 0 ? "WON" : "NEW",
});
await crm.Deals.BatchAsync(DealsBatchAction.Create, items: [.. more]);

Console.WriteLine("2. Change only what was assigned");
await crm.Deals.UpdateAsync(roof.Id, new() { StageId = "WON" });

Console.WriteLine("3. List: typed filter, order and fields; pages are fetched as they are needed");
var listed = 0;
await foreach (var deal in crm.Deals.ListAsync(q => q
    .Where(d => d.StageId == "WON" & d.Amount >= 1_000)
    .OrderByDescending(d => d.Amount)
    .Select(d => d.Id, d => d.Title, d => d.Amount)))
{
    if (listed++ < 3)
        Console.WriteLine($"   {deal.Id,4} {deal.Amount,10} {deal.Title}");
}

Console.WriteLine($"   {listed} deals");

Console.WriteLine("4. Aggregate on the server");
var sums = await crm.Deals.AggregateAsync(
    [new() { Function = AggregationFunction.Sum, Field = "amount" }, new() { Function = AggregationFunction.Avg, Field = "amount" }],
    groupBy: [new("stageId")]);
foreach (var group in sums.Groups)
    Console.WriteLine($"   {group.Extra["stageId"]}: {group.Count} deals, {group.Aggregates["amount"]["sum"]}");

Console.WriteLine("5. Several entities in one request");
var batch = await crm.Batch.SendAsync(
[
    new() { Id = "site", Entity = "items", Action = BatchCallAction.Create, Params = new() { ["entityTypeId"] = 1058, ["title"] = "Site" } },
    new() { Id = "gone", Entity = "deals", Action = BatchCallAction.Get, EntityId = 9999 },
]);
Console.WriteLine($"   site: {batch.Results["site"].GetProperty("title")}, gone: {batch.Errors["gone"].Code}");

Console.WriteLine("6. A refusal is an exception with the server's code");
try
{
    await crm.Deals.GetAsync(9999);
}
catch (Bitrix24ApiException e) when (e.Code == DealsErrors.EntityNotFound)
{
    Console.WriteLine($"   {e.Message}");
}
