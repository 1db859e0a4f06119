using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Importer.Commands;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>From a spec file alone to typed calls that a portal answers.</summary>
public class EndToEndTests
{
    private const string Warehouses = """
        {
          "api": "vibecode",
          "entities": { "warehouses": { "template": "entity", "type": "Warehouse" } },
          "types": {
            "Warehouse": {
              "open": true,
              "fields": {
                "id": { "type": "int", "readOnly": true, "server": "autoIncrement" },
                "title": { "type": "string", "required": true },
                "area": { "type": "decimal" }
              }
            }
          }
        }
        """;

    private const string Portal = """
        {
          "api": "vibecode",
          "types": {
            "Deal": { "fields": { "UF_CRM_PRIORITY": { "type": "string" }, "UF_CRM_SCORES": { "type": "int[]" } } },
            "Contact": { "fields": { "name": { "type": "string", "required": true }, "birthdate": { "type": "date" } } }
          }
        }
        """;

    [Fact]
    public async Task One_more_entity_is_one_more_spec_file_and_no_code()
    {
        await using var portal = await PortalEmulator.StartAsync(new() { Specs = [new("vibecode/warehouses.b24.json", Warehouses)] });
        var answer = await GeneratedProject.RunAsync(
            """
            using System.Linq;
            using System.Threading.Tasks;
            using Bitrix24;
            using VibeCode.Warehouses;

            [VibeCodeClient("warehouses")]
            public partial class Vibe;

            public static class Program
            {
                public static async Task<string> Run(string url, string key)
                {
                    using var vibe = new Vibe(Bitrix24Credentials.VibeCode(key, url: url));
                    var north = await vibe.Warehouses.CreateAsync(new() { Title = "North", Area = 120 });
                    await vibe.Warehouses.CreateAsync(new() { Title = "South", Area = 80 });
                    await vibe.Warehouses.UpdateAsync(north.Id, new() { Area = 150.5m });
                    await vibe.Warehouses.BatchAsync(WarehousesBatchAction.Create, items: [new() { ["title"] = "East" }]);
                    var found = "";
                    await foreach (var one in vibe.Warehouses.SearchAsync(q => q.Where(w => w.Area > 100).OrderByDescending(w => w.Id)))
                        found += $"{one.Id} {one.Title} {one.Area}; ";
                    await foreach (var one in vibe.Warehouses.ListAsync(q => q.Where(w => w.Title == "South")))
                        found += $"{one.Id} {one.Title}; ";
                    var sums = await vibe.Warehouses.AggregateAsync([new() { Function = VibeCode.Api.AggregationFunction.Sum, Field = "area" }]);
                    await vibe.Warehouses.DeleteAsync(north.Id);
                    var fields = await vibe.Warehouses.FieldsAsync();
                    try
                    {
                        await vibe.Warehouses.GetAsync(north.Id);
                    }
                    catch (Bitrix24ApiException e) when (e.Code == WarehousesErrors.EntityNotFound)
                    {
                        found += e.Code;
                    }

                    return $"{found} {sums.Count} {sums.Aggregates["area"]["sum"]} {string.Join(',', fields.EnumerateObject().Select(f => f.Name))}";
                }
            }
            """,
            [("warehouses.b24.json", Warehouses)], "vibecode", portal.PortalUrl, portal.ApiKey);
        Assert.Equal("1 North 150.5; 2 South; ENTITY_NOT_FOUND 3 230.5 id,title,area", answer);
    }

    [Fact]
    public async Task Fields_that_a_portal_describes_become_typed_properties_that_are_sent()
    {
        await using var portal = await PortalEmulator.StartAsync(new() { Specs = [.. new[] { "deals", "contacts" }.Select(static e => new PortalSpec($"vibecode/{e}.b24.json", Own(e)))] });
        var deals = await OverlayAsync(portal, "deals");
        var contacts = await OverlayAsync(portal, "contacts");
        var answer = await GeneratedProject.RunAsync(
            """
            using System;
            using System.Threading.Tasks;
            using Bitrix24;

            [VibeCodeClient("deals", "contacts")]
            public partial class Vibe;

            public static class Program
            {
                public static async Task<string> Run(string url, string key)
                {
                    using var vibe = new Vibe(Bitrix24Credentials.VibeCode(key, url: url));
                    var deal = await vibe.Deals.CreateAsync(new() { Title = "Roof", UfCrmPriority = "high", UfCrmScores = [1, 2] });
                    var found = "";
                    await foreach (var one in vibe.Deals.SearchAsync(q => q.Where(d => d.UfCrmPriority == "high").Select(d => d.Id, d => d.UfCrmScores)))
                        found += $"{one.Id} {string.Join('+', one.UfCrmScores)}";
                    var contact = await vibe.Contacts.CreateAsync(new() { Name = "Ada", Birthdate = new DateOnly(1815, 12, 10) });
                    return $"{found} {contact.Name} {contact.Birthdate:yyyy}";
                }
            }
            """,
            [("deals.b24.json", deals), ("contacts.b24.json", contacts)], "vibecode", portal.PortalUrl, portal.ApiKey);
        Assert.Equal("1 1+2 Ada 1815", answer);
        var record = Assert.Single(portal.Records("deals/Deal"));
        Assert.Equal(("high", "[1,2]"), (record["UF_CRM_PRIORITY"]!.GetValue<string>(), record["UF_CRM_SCORES"]!.ToJsonString()));
    }

    /// <summary>What the portal has beyond the packaged specs.</summary>
    private static string Own(string entity)
    {
        var own = JsonNode.Parse(Portal)!.AsObject();
        own["types"]!.AsObject().Remove(entity == "deals" ? "Contact" : "Deal");
        return own.ToJsonString();
    }

    private static async Task<string> OverlayAsync(PortalEmulator portal, string entity)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { { "X-Api-Key", portal.ApiKey } } };
        var answer = await http.GetStringAsync($"{portal.PortalUrl}/v1/{entity}/fields");
        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.True(FieldsCommand.Run("answer.json", answer, new("vibecode", entity), Repository.Documents("vibecode"), output, errors) == 0, errors.ToString());
        return output.ToString();
    }
}
