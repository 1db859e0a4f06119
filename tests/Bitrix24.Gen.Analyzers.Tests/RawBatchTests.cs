using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>A batch that is given as a raw call is looked into, call by call.</summary>
public class RawBatchTests
{
    [Theory]
    [InlineData("""await portal.CallAsync("batch", new { halt = 0, cmd = new { a = "biconnector.dataset.get?id=5" } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = "{|B24101:biconnector.dataset.gte|}?id=5" } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = "{|B24103:biconnector.dataset.get|}" } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = "biconnector.dataset.get?id={|B24106:five|}" } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = "biconnector.dataset.get?id={|B24108:0|}&{|B24102:Id|}=5" } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = "biconnector.dataset.list?page=1&{|B24111:filter[^id]|}=5&select[]=id&select[]={|B24112:nam|}" } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = "biconnector.dataset.list?page=1&{|B24111:filter%5B%3E%3DdateCreat%5D|}=2026-01-01" } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new[] { "biconnector.source.list?page=1", "biconnector.dataset.update?id=5&{|B24104:fields[dateCreate]|}=2026-01-01" } });""")]
    [InlineData("""await portal.CallAsync("batch", new Dictionary<string, object?> { ["cmd"] = new Dictionary<string, string> { ["a"] = "{|B24101:biconnector.dataset.gte|}" } });""")]
    [InlineData("""await portal.CallAsync("batch", "{\"cmd\":{\"a\":{|B24101:\"biconnector.dataset.gte\"|}}}");""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = "biconnector.source.list?page=1", b = "biconnector.dataset.get?id=$result[a][0][id]" } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = $"biconnector.dataset.get?id={id}" } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = $"biconnector.dataset.update?id={id}&{|B24105:fields[name]|}={text}" } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = "{|B24101:biconnector.dataset.gte|}?id=" + id } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = text, b = $"{text}?id=5", c = 5 } });""")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new { a = "{|B24101:crm.notindexed.add|}?x=1" } });""")]
    [InlineData("""await portal.CallAsync({|B24103:"batch"|});""")]
    [InlineData("""await portal.CallAsync("v3/batch", new[] { new { method = "main.eventlog.get", query = new { id = 5 } } });""")]
    [InlineData("""await portal.CallAsync("v3/batch", new[] { new { method = {|B24101:"main.eventlog.gte"|}, query = new { id = 5 } } });""")]
    [InlineData("""await portal.CallAsync("v3/batch", new object[] { new Dictionary<string, object?> { ["method"] = "main.eventlog.get", ["query"] = new Dictionary<string, object?> { ["id"] = new Dictionary<string, object?> { ["$ref"] = "a.item.id" } } } });""")]
    public Task A_command_is_checked_as_the_call_that_it_is(string statement) => Verify.StatementsAsync(statement);

    [Theory]
    [InlineData("""batch.Add(new DatasetGetRequest { Id = 5 });""")]
    [InlineData("""batch.Add(new DatasetGetRequest { Id = {|B24108:0|} });""")]
    [InlineData("""var first = batch.Add(new SourceGetRequest { Id = 3 }); batch.Add(new DatasetGetRequest { Id = 0 }, b => b.Set("id", first.Reference("id")));""")]
    [InlineData("""var first = batch.Add(new SourceGetRequest { Id = 3 }); batch.Add(new DatasetUpdateRequest { Id = {|B24108:0|}, Fields = new() { Description = "" } }, b => b.Set("fields.description", first.Reference("id")));""")]
    [InlineData("""batch.Add(new DatasetGetRequest { Id = 0 }, Bind);""")]
    public Task What_an_earlier_call_answers_is_no_literal(string statement) => Verify.SourceAsync($$"""
        static class Program
        {
            static void Run(Portal portal, int id)
            {
                var batch = portal.CreateBatch();
                {{statement}}
            }

            static void Bind(BatchBindings bindings) { }
        }
        """);
}
