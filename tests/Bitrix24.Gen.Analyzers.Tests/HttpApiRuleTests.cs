using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>What the documents of VibeCode and amoCRM forbid is found where it is written, in every form of a raw call.</summary>
public class HttpApiRuleTests
{
    [Theory]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, "/v1/calendar-events?type=user&ownerId=1");""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24103:"/v1/calendar-events?type=user"|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24109:"/v1/calendar-events?type=team&ownerId=1"|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Post, {|B24103:"/v1/calendar-events/search"|}, new JsonObject { ["type"] = "user" });""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24103:"/v1/files"|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24117:"/v1/files?folderId=14&limit=5001"|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, $"/v1/files?folderId={id}&limit=5000");""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24108:"/v1/deals?include=company,contact&limit=0"|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24111:"/v1/deals?filter[>=amount]=5&filter[stageID]=NEW"|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24112:{|B24113:"/v1/deals?order[createdAt]=down&select=id,titel"|}|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24113:"/v1/deals?order=-createdOn"|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24116:"/v1/items/2"|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24106:"/v1/deals/eleven"|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Put, {|B24101:"/v1/deals/11"|}, new JsonObject());""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Post, "/v1/deals", new JsonObject { [{|B24102:"titel"|}] = "Roof" });""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Post, "/v1/deals", new JsonObject { ["title"] = "Roof", ["amount"] = {|B24106:"much"|}, ["UF_CRM_1"] = 5 });""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Patch, $"/v1/deals/{id}", new JsonObject { [{|B24104:"createdAt"|}] = "2026-01-01" });""")]
    [InlineData("""await vibe.CallAsync("deals.search", new { filter = new { amount = new Dictionary<string, object> { ["$gte"] = 5, [{|B24111:"from"|}] = 1 } } });""")]
    [InlineData("""await vibe.CallAsync("deals.search", new Dictionary<string, object?> { ["filter"] = new Dictionary<string, object?> { [">=amount"] = 5, [{|B24111:"?title"|}] = "a" } });""")]
    [InlineData("""await vibe.CallAsync("deals.search", new { sort = new[] { "id", {|B24113:"-amuont"|} } });""")]
    [InlineData("""await vibe.CallAsync("deals.search", new { sort = "id,-amount", limit = {|B24117:5001|} });""")]
    [InlineData("""await vibe.CallAsync("deals.search", new { sort = {|B24106:5|} });""")]
    [InlineData("""await vibe.CallAsync("deals.search", new { sort = new { id = 1, amount = -1 } });""")]
    [InlineData("""await vibe.CallAsync("deals.aggregate", new { aggregate = new[] { new { field = "amount", function = {|B24109:"median"|} } } });""")]
    [InlineData("""await vibe.CallAsync("deals.aggregate", new { aggregate = new[] { new { field = {|B24106:"title"|}, function = "sum" } } });""")]
    [InlineData("""await vibe.CallAsync("deals.aggregate", new { aggregate = new[] { {|B24103:new|} { function = "sum" } } });""")]
    [InlineData("""await vibe.CallAsync("deals.aggregate", new { groupBy = {|B24117:new[] { "title", "amount", "closed", "stageId", "currency", "categoryId" }|} });""")]
    [InlineData("""await vibe.CallAsync("deals.batch", new { action = {|B24109:"archive"|}, ids = new[] { 1 } });""")]
    [InlineData("""await vibe.CallAsync("deals.batch", {|B24103:new|} { action = "delete" });""")]
    [InlineData("""await vibe.CallAsync("deals.batch", new { action = "delete", ids = {|B24108:new int[0]|} });""")]
    [InlineData("""await vibe.CallAsync("batch.send", new { calls = new[] { {|B24103:new|} { entity = "deals", action = "get" } } });""")]
    [InlineData("""await vibe.CallAsync("batch.send", new { calls = new object[] { new { id = "a", entity = "deals", action = "list" }, new { id = {|B24110:"a"|}, entity = "leads", action = "list" } } });""")]
    [InlineData("""await amo.CallAsync(HttpMethod.Get, {|B24117:"/api/v4/widgets?limit=251"|});""")]
    [InlineData("""await amo.CallAsync(HttpMethod.Post, {|B24109:"/api/v4/chatbot/12/continue/345"|}, new JsonObject());""")]
    [InlineData("""await amo.CallAsync(HttpMethod.Post, "/api/v4/widgets/sip_bridge", new JsonObject { ["login"] = {|B24106:5|} });""")]
    [InlineData("""await amo.CallAsync(HttpMethod.Post, "/api/v4/widgets/sip_bridge", new JsonObject { ["login"] = "ada", ["phones"] = new JsonObject { ["504141"] = "1039" }, ["accounts"] = new JsonObject { ["504141"] = {|B24103:new JsonObject|} { ["login"] = "a" } } });""")]
    [InlineData("""await amo.CallAsync(HttpMethod.Delete, {|B24101:"/api/v4/widgetz/sip_bridge"|});""")]
    public Task Mistake_is_found_where_it_stands(string statement) => Verify.SourceWithoutAsync("B24303", $$"""
        using System.Net.Http;
        [VibeCodeClient("deals", "items", "calendar-events", "files", "batch")] public sealed partial class Vibe(Bitrix24Credentials c) : Bitrix24Client(c);
        [AmoCrmClient("widgets")] public sealed partial class Amo(Bitrix24Credentials c) : Bitrix24Client(c);
        static class Program
        {
            static async Task RunAsync(Vibe vibe, Amo amo, int id)
            {
                {{statement}}
            }
        }
        """);

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
