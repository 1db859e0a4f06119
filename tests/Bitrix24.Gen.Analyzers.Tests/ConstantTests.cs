using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Where a value comes from, and when the analyzers know it.</summary>
public class ConstantTests
{
    private const string Members = """
        static class Names
        {
            public const string Get = "biconnector.dataset.gte";
            public static readonly string Prefix = "biconnector.";
            public static string Changing = "biconnector.dataset.gte";
            public static readonly string Computed = Environment.NewLine;
        }
        """;

    [Theory]
    [InlineData("await portal.CallAsync({|B24101:Names.Get|}, new { id });")]
    [InlineData("await portal.CallAsync({|B24101:Names.Prefix + \"dataset.gte\"|}, new { id });")]
    [InlineData("await portal.CallAsync({|B24101:$\"{Names.Prefix}dataset.gte\"|}, new { id });")]
    [InlineData("await portal.CallAsync({|B24101:$\"biconnector.{\"dataset\"}.gte\"|}, new { id });")]
    [InlineData("var method = \"biconnector.dataset.gte\"; await portal.CallAsync({|B24101:method|}, new { id });")]
    [InlineData("const string method = \"biconnector.dataset.\" + nameof(Gte); await portal.CallAsync({|B24101:method.ToLowerInvariant()|}, new { id });", false)]
    [InlineData("var method = \"biconnector.dataset.gte\"; method = text; await portal.CallAsync(method, new { id });")]
    [InlineData("var method = \"biconnector.dataset.gte\"; Change(ref method); await portal.CallAsync(method, new { id });")]
    [InlineData("var method = \"biconnector.dataset.gte\"; (method, _) = (text, id); await portal.CallAsync(method, new { id });")]
    [InlineData("await portal.CallAsync(Names.Changing, new { id });")]
    [InlineData("await portal.CallAsync(Names.Computed, new { id });")]
    [InlineData("var parameters = new { {|B24102:Id|} = 5, id }; await portal.CallAsync(\"biconnector.dataset.get\", parameters);")]
    [InlineData("var parameters = new Dictionary<string, object?> { [{|B24102:\"Id\"|}] = 5, [\"id\"] = id }; await portal.CallAsync(\"biconnector.dataset.get\", parameters);")]
    [InlineData("var parameters = new Dictionary<string, object?> { [\"Id\"] = 5 }; parameters.Remove(\"Id\"); await portal.CallAsync(\"biconnector.dataset.get\", parameters);")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", new Dictionary<string, object?>(Given()));")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", new Dictionary<string, object?>(Given()) { [{|B24102:\"Id\"|}] = 5 });")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", new Dictionary<string, object?> { [text] = 5 });")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", Given());")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", new Typed(id));")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", text);")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", $\"{{\\\"id\\\":{id}}}\");")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", $\"{{{|B24102:\\\"Id\\\"|}:5,\\\"id\\\":5}}\");")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", \"{\\\"id\\\":5,\" + \"{|B24102:\\\"Id\\\"|}:5}\");")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", JsonNode.Parse(\"{\\\"id\\\":5,{|B24102:\\\"Id\\\"|}:5}\")!);")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", \"{\\\"id\\\":5{|B24106:]|}\");")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.list\", new { page = 1, select = new[] { text, {|B24112:\"nam\"|} } });")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.list\", new { page = 1, select = new List<string> { \"id\", {|B24112:\"nam\"|} } });")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.list\", new { page = 1, select = (string[])[\"id\", .. Array.Empty<string>(), {|B24112:\"nam\"|}] });")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.list\", new JsonObject { [\"page\"] = 1, [\"select\"] = new JsonArray(\"id\", {|B24112:\"nam\"|}) });")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", cancellationToken: default, parameters: new { {|B24102:Id|} = 5, id });")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.get\", id > 5 ? new { id } : null);")]
    public Task A_value_is_checked_where_it_is_certain(string statements, bool marked = true) => Verify.SourceAsync($$"""
        {{Members}}
        sealed record Typed(int Id);
        static class Program
        {
            static async Task RunAsync(Portal portal, int id, string text)
            {
                {{(marked ? statements : statements.Replace("{|B24101:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal))}}
            }

            static void Gte() { }
            static void Change(ref string value) => value = "";
            static Dictionary<string, object?> Given() => [];
        }
        """);

    [Fact]
    public Task A_raw_literal_is_checked_at_the_line_within_it() => Verify.StatementsAsync(""""
                await portal.CallAsync("biconnector.dataset.update", """
                    {
                      "id": 5,
                      "fields": {
                        {|B24104:"dateCreate"|}: "2026-01-01",
                        "description": {|B24106:5|}
                      }
                    }
                    """);
        """");

    [Fact]
    public Task A_constant_of_another_file_is_known() => Verify.SourcesAsync(
        ("Names.cs", """static class Names { public static readonly string Prefix = "biconnector."; public static readonly int Page = 0; }"""),
        ("Sample.cs", Sample.Statements("""
            await portal.CallAsync({|B24101:Names.Prefix + "dataset.gte"|}, new { id });
            await portal.CallAsync("biconnector.dataset.list", new { page = {|B24108:Names.Page|} });
            """)));
}
