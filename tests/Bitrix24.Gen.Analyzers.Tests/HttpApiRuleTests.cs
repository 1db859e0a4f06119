using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>What the documents of VibeCode and amoCRM forbid is found where it is written, in every form of a raw call.</summary>
public class HttpApiRuleTests
{
    [Theory]
    [InlineData("", """await vibe.CallAsync(HttpMethod.Get, "/v1/calendar-events?type=user&ownerId=1");""")]
    [InlineData("B24103 \"/v1/calendar-events?type=user\"", """await vibe.CallAsync(HttpMethod.Get, "/v1/calendar-events?type=user");""")]
    [InlineData("B24109 \"/v1/calendar-events?type=team&ownerId=1\"", """await vibe.CallAsync(HttpMethod.Get, "/v1/calendar-events?type=team&ownerId=1");""")]
    [InlineData("B24103 \"/v1/calendar-events/search\"", """await vibe.CallAsync(HttpMethod.Post, "/v1/calendar-events/search", new JsonObject { ["type"] = "user" });""")]
    [InlineData("B24103 \"/v1/files\"", """await vibe.CallAsync(HttpMethod.Get, "/v1/files");""")]
    [InlineData("B24117 \"/v1/files?folderId=14&limit=5001\"", """await vibe.CallAsync(HttpMethod.Get, "/v1/files?folderId=14&limit=5001");""")]
    [InlineData("", """await vibe.CallAsync(HttpMethod.Get, $"/v1/files?folderId={id}&limit=5000");""")]
    [InlineData("B24108 \"/v1/deals?include=company,contact&limit=0\"", """await vibe.CallAsync(HttpMethod.Get, "/v1/deals?include=company,contact&limit=0");""")]
    [InlineData("B24111 \"/v1/deals?filter[>=amount]=5&filter[stageID]=NEW\"", """await vibe.CallAsync(HttpMethod.Get, "/v1/deals?filter[>=amount]=5&filter[stageID]=NEW");""")]
    [InlineData("B24112 \"/v1/deals?order[createdAt]=down&select=id,titel\"; B24113 \"/v1/deals?order[createdAt]=down&select=id,titel\"", """await vibe.CallAsync(HttpMethod.Get, "/v1/deals?order[createdAt]=down&select=id,titel");""")]
    [InlineData("B24113 \"/v1/deals?order=-createdOn\"", """await vibe.CallAsync(HttpMethod.Get, "/v1/deals?order=-createdOn");""")]
    [InlineData("B24116 \"/v1/items/2\"", """await vibe.CallAsync(HttpMethod.Get, "/v1/items/2");""")]
    [InlineData("B24106 \"/v1/deals/eleven\"", """await vibe.CallAsync(HttpMethod.Get, "/v1/deals/eleven");""")]
    [InlineData("B24101 \"/v1/deals/11\"", """await vibe.CallAsync(HttpMethod.Put, "/v1/deals/11", new JsonObject());""")]
    [InlineData("B24102 \"titel\"", """await vibe.CallAsync(HttpMethod.Post, "/v1/deals", new JsonObject { ["titel"] = "Roof" });""")]
    [InlineData("B24106 \"much\"", """await vibe.CallAsync(HttpMethod.Post, "/v1/deals", new JsonObject { ["title"] = "Roof", ["amount"] = "much", ["UF_CRM_1"] = 5 });""")]
    [InlineData("B24104 \"createdAt\"", """await vibe.CallAsync(HttpMethod.Patch, $"/v1/deals/{id}", new JsonObject { ["createdAt"] = "2026-01-01" });""")]
    [InlineData("B24111 \"from\"", """await vibe.CallAsync("deals.search", new { filter = new { amount = new Dictionary<string, object> { ["$gte"] = 5, ["from"] = 1 } } });""")]
    [InlineData("B24111 \"?title\"", """await vibe.CallAsync("deals.search", new Dictionary<string, object?> { ["filter"] = new Dictionary<string, object?> { [">=amount"] = 5, ["?title"] = "a" } });""")]
    [InlineData("B24113 \"-amuont\"", """await vibe.CallAsync("deals.search", new { sort = new[] { "id", "-amuont" } });""")]
    [InlineData("B24117 5001", """await vibe.CallAsync("deals.search", new { sort = "id,-amount", limit = 5001 });""")]
    [InlineData("B24106 5", """await vibe.CallAsync("deals.search", new { sort = 5 });""")]
    [InlineData("", """await vibe.CallAsync("deals.search", new { sort = new { id = 1, amount = -1 } });""")]
    [InlineData("B24109 \"median\"", """await vibe.CallAsync("deals.aggregate", new { aggregate = new[] { new { field = "amount", function = "median" } } });""")]
    [InlineData("B24106 \"title\"", """await vibe.CallAsync("deals.aggregate", new { aggregate = new[] { new { field = "title", function = "sum" } } });""")]
    [InlineData("B24103 new", """await vibe.CallAsync("deals.aggregate", new { aggregate = new[] { new { function = "sum" } } });""")]
    [InlineData("B24117 new[] { \"title\", \"amount\", \"closed\", \"stageId\", \"currency\", \"categoryId\" }", """await vibe.CallAsync("deals.aggregate", new { groupBy = new[] { "title", "amount", "closed", "stageId", "currency", "categoryId" } });""")]
    [InlineData("B24109 \"archive\"", """await vibe.CallAsync("deals.batch", new { action = "archive", ids = new[] { 1 } });""")]
    [InlineData("B24103 new", """await vibe.CallAsync("deals.batch", new { action = "delete" });""")]
    [InlineData("B24108 new int[0]", """await vibe.CallAsync("deals.batch", new { action = "delete", ids = new int[0] });""")]
    [InlineData("B24103 new", """await vibe.CallAsync("batch.send", new { calls = new[] { new { entity = "deals", action = "get" } } });""")]
    [InlineData("B24110 \"a\"", """await vibe.CallAsync("batch.send", new { calls = new object[] { new { id = "a", entity = "deals", action = "list" }, new { id = "a", entity = "leads", action = "list" } } });""")]
    [InlineData("B24117 \"/api/v4/widgets?limit=251\"", """await amo.CallAsync(HttpMethod.Get, "/api/v4/widgets?limit=251");""")]
    [InlineData("B24109 \"/api/v4/chatbot/12/continue/345\"", """await amo.CallAsync(HttpMethod.Post, "/api/v4/chatbot/12/continue/345", new JsonObject());""")]
    [InlineData("B24106 5", """await amo.CallAsync(HttpMethod.Post, "/api/v4/widgets/sip_bridge", new JsonObject { ["login"] = 5 });""")]
    [InlineData("B24103 new JsonObject", """await amo.CallAsync(HttpMethod.Post, "/api/v4/widgets/sip_bridge", new JsonObject { ["login"] = "ada", ["phones"] = new JsonObject { ["504141"] = "1039" }, ["accounts"] = new JsonObject { ["504141"] = new JsonObject { ["login"] = "a" } } });""")]
    [InlineData("B24101 \"/api/v4/widgetz/sip_bridge\"", """await amo.CallAsync(HttpMethod.Delete, "/api/v4/widgetz/sip_bridge");""")]
    public async Task Mistake_is_found_where_it_stands(string expected, string statement)
    {
        var compilation = Analysis.CompileTyped([("Sample.cs", $$"""
            using System.Collections.Generic;
            using System.Net.Http;
            using System.Text.Json.Nodes;
            [VibeCodeClient("deals", "items", "calendar-events", "files", "batch")] public sealed partial class Vibe(Bitrix24Credentials c) : Bitrix24Client(c);
            [AmoCrmClient("widgets")] public sealed partial class Amo(Bitrix24Credentials c) : Bitrix24Client(c);
            static class Program
            {
                static async Task RunAsync(Vibe vibe, Amo amo, int id)
                {
                    {{statement}}
                }
            }
            """)]);
        Verify.AssertCompiles(compilation, "Sample.cs");
        var found = await Analysis.RunAsync(compilation, SpecText.OfRepository);
        // That only a page is read is not what these are about.
        Assert.Equal(expected, string.Join("; ", found.Where(static d => d.Id != "B24303")
            .Select(static d => $"{d.Id} {d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan)}")));
    }

    [Theory]
    [InlineData("B24108 new()", """await vibe.Deals.UpdateAsync(5, new());""")]
    [InlineData("", """var update = new DealUpdate(); update.Title = "Roof"; await vibe.Deals.UpdateAsync(5, update);""")]
    [InlineData("B24103 new()", """await vibe.Batch.SendAsync([new() { Id = "a", Entity = "deals", Action = BatchCallAction.Get }]);""")]
    [InlineData("", """await vibe.Batch.SendAsync([new() { Id = "a", Entity = "deals", Action = BatchCallAction.Get, EntityId = id }]);""")]
    [InlineData("B24116 31", """await vibe.Items.GetAsync(31, 5);""")]
    public async Task Typed_misuse_is_found_where_it_stands(string expected, string statement)
    {
        var compilation = Analysis.Generate(
            Analysis.Compile([("Usings.cs", Sample.TypedUsings), ("Sample.cs", $$"""
                using VibeCode.Batch;
                using VibeCode.Deals;
                [VibeCodeClient("deals", "items", "batch")] public sealed partial class Vibe;
                [Bitrix24Client("biconnector", "landing.repowidget")] public sealed partial class Portal;
                static class Program
                {
                    static async Task RunAsync(Vibe vibe, int id)
                    {
                        {{statement}}
                    }
                }
                """)]),
            SpecText.OfRepository);
        Verify.AssertCompiles(compilation, "Sample.cs");
        var found = await Analysis.RunAsync(compilation, SpecText.OfRepository);
        Assert.Equal(expected, string.Join("; ", found.Select(static d => $"{d.Id} {d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan)}")));
    }
}
