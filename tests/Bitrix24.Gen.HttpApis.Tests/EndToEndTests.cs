using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Specs;

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
            "Deal": { "fields": { "UF_CRM_PRIORITY": { "type": "string" }, "UF_CRM_SCORES": { "type": "int", "multiple": true } } },
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

                    return $"{found} {sums.Count} {sums.Aggregates["area"]["sum"]} {string.Join(',', fields.Keys)}";
                }
            }
            """,
            [("warehouses.b24.json", Warehouses)], SpecSets.Documents("vibecode"), portal.PortalUrl, portal.ApiKey);
        Assert.Equal("1 North 150.5; 2 South; ENTITY_NOT_FOUND 3 230.5 id,title,area", answer);
    }

    [Fact]
    public async Task Fields_that_a_portal_describes_become_typed_properties_that_are_sent()
    {
        await using var portal = await PortalEmulator.StartAsync(new() { Specs = [.. new[] { "deals", "contacts" }.Select(static e => new PortalSpec($"vibecode/{e}.b24.json", Own(e)))] });
        var deals = await OverlayAsync(portal, "deals");
        // The list of custom fields alone says the same of them.
        Assert.Equal(deals, await OverlayAsync(portal, "deals", "/v1/userfields/deals"));
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
                    int[] scores = [1, 2];
                    var deal = await vibe.Deals.CreateAsync(new() { Title = "Roof", UfCrmPriority = "high", UfCrmScores = scores });
                    var found = "";
                    await foreach (var one in vibe.Deals.SearchAsync(q => q.Where(d => d.UfCrmPriority == "high").Select(d => d.Id, d => d.UfCrmScores)))
                        found += $"{one.Id} {one.UfCrmScores[0] + one.UfCrmScores[1]}";
                    var contact = await vibe.Contacts.CreateAsync(new() { Name = "Ada", Birthdate = new DateOnly(1815, 12, 10) });
                    return $"{found} {contact.Name} {contact.Birthdate:yyyy}";
                }
            }
            """,
            [("deals.b24.json", deals), ("contacts.b24.json", contacts)], SpecSets.Documents("vibecode"), portal.PortalUrl, portal.ApiKey);
        Assert.Equal("1 3 Ada 1815", answer);
        var record = Assert.Single(portal.Records("deals/Deal"));
        Assert.Equal(("high", "[1,2]"), (record["UF_CRM_PRIORITY"]!.GetValue<string>(), record["UF_CRM_SCORES"]!.ToJsonString()));
    }

    [Fact]
    public async Task Custom_fields_of_a_bitrix24_portal_become_typed_properties_that_are_sent()
    {
        const string own = """{ "api": "bitrix24", "types": { "Deal": { "fields": { "UF_CRM_PRIORITY": { "type": "string" }, "UF_CRM_DONE": { "type": "date", "multiple": true } } } } }""";
        await using var portal = await PortalEmulator.StartAsync(new() { Specs = [new("bitrix24/crm.deal.b24.json", own)] });
        var specs = SpecSets.Documents("bitrix24").Where(static d => Path.GetFileName(d.Path) is "api.b24.json" or "crm.deal.b24.json").ToArray();
        using var http = new HttpClient();
        var overlay = Overlay(await http.GetStringAsync(portal.WebhookUrl + "crm.deal.fields"), new("bitrix24", "crm.deal"), specs);
        var answer = await GeneratedProject.RunAsync(
            """
            #pragma warning disable CS0618 // crm.deal.* are deprecated.
            using System;
            using System.Threading.Tasks;
            using Bitrix24;

            [Bitrix24Client("crm.deal")]
            public partial class Portal;

            public static class Program
            {
                public static async Task<string> Run(string url, string key)
                {
                    using var portal = new Portal(Bitrix24Credentials.Webhook(url));
                    DateOnly[] done = [new(2026, 1, 2)];
                    var id = await portal.Crm.Deal.AddAsync(new() { Title = "Roof", UfCrmPriority = "high", UfCrmDone = done });
                    var deal = await portal.Crm.Deal.GetAsync(id);
                    return $"{deal.UfCrmPriority} {deal.UfCrmDone[0]:yyyy-MM-dd}";
                }
            }
            """,
            [("crm.deal.b24.json", overlay)], specs, portal.WebhookUrl, "");
        Assert.Equal("high 2026-01-02", answer);
    }

    /// <summary>What the portal has beyond the packaged specs.</summary>
    private static string Own(string entity)
    {
        var own = System.Text.Json.Nodes.JsonNode.Parse(Portal)!.AsObject();
        own["types"]!.AsObject().Remove(entity == "deals" ? "Contact" : "Deal");
        return own.ToJsonString();
    }

    private static async Task<string> OverlayAsync(PortalEmulator portal, string entity, string? path = null)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { { "X-Api-Key", portal.ApiKey } } };
        var answer = await http.GetStringAsync(portal.PortalUrl + (path ?? $"/v1/{entity}/fields"));
        return Overlay(answer, new("vibecode", entity), SpecSets.Documents("vibecode"));
    }

    private static string Overlay(string answer, FieldsRequest request, IReadOnlyList<SpecDocument> specs)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.True(FieldsCommand.Run("answer.json", answer, request, specs, output, errors) == 0, errors.ToString());
        return output.ToString();
    }
}
