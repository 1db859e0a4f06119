using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

public class RawCallTests
{
    [Theory]
    [InlineData("""await portal.CallAsync("biconnector.dataset.get", new { id = 5 });""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.get", new { id });""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.fields");""")]
    [InlineData("""await portal.CallAsync({|B24101:"biconnector.dataset.ad"|}, new { id = 5 });""")]
    [InlineData("""await portal.CallAsync({|B24101:"biconector.dataset.add"|}, new { id = 5 });""")]
    [InlineData("""await portal.CallAsync({|B24101:"crm.lead.list"|}, new { id = 5 });""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.get", {|B24103:new|} { });""")]
    [InlineData("""await portal.CallAsync({|B24103:"biconnector.dataset.get"|});""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.get", new { {|B24102:Id|} = 5, id = 5 });""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.update", new { id = 5, fields = new { {|B24104:dateCreate|} = "2026-01-01", description = text } });""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.update", new { id = 5, fields = new { {|B24105:name|} = "sales" } });""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.get", new { id = {|B24106:"five"|} });""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.get", new { id = {|B24108:0|} });""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { page = 1, filter = new Dictionary<string, object?> { [{|B24111:"^id"|}] = 5 } });""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { page = 1, select = new[] { "id", {|B24112:"nam"|} } });""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { page = 1, order = new { id = {|B24113:"UP"|}, {|B24113:nam|} = "ASC" } });""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.update", new { id = 5, fields = new { {|B24116:fields|} = new[] { text } } });""")]
    [InlineData("""await portal.CallAsync("v3/main.eventlog.get", new { id = 5 });""")]
    [InlineData("""await portal.CallAsync({|B24101:"v3/main.eventlog.gte"|}, new { id = 5 });""")]
    [InlineData("""await portal.CallAsync("v3/main.eventlog.list", new { pagination = new { page = id }, filter = new object[] { new object[] { "id", ">", id }, new object[] { "userId", "in", new[] { 1, 2 } } } });""")]
    [InlineData("""await portal.CallAsync("v3/main.eventlog.list", new { pagination = new { page = id }, filter = new object[] { new object[] { {|B24111:"user"|}, "=", 1 }, new object[] { "id", {|B24111:"=="|}, 1 } } });""")]
    [InlineData("""await portal.CallAsync("v3/main.eventlog.list", new { pagination = new { page = id }, filter = {|B24111:new { id }|} });""")]
    [InlineData("""await portal.CallAsync("v3/main.eventlog.list", new { pagination = new { page = id }, filter = new object[] { new { {|B24111:logik|} = "or", conditions = new object[] { new object[] { "id", {|B24106:"x"|} } } } } });""")]
    public Task A_call_is_checked_where_it_breaks_the_rule(string statement) => Verify.StatementsAsync(statement);
}
