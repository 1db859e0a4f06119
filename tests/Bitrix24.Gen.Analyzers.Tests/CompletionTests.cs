using Bitrix24.Gen.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis.Completion;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Completion within strings, asked for as an editor does: the caret is at <c>$$</c>.</summary>
public class CompletionTests
{
    [Theory]
    [InlineData("""await portal.CallAsync("$$");""", "biconnector.dataset.add", "v3/main.eventlog.get")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.$$", new { });""", "biconnector.dataset.list", "biconnector.source.add")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", new Dictionary<string, object?> { ["$$"] = 5 });""", "fields")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", new { fields = new Dictionary<string, object?> { ["$$"] = 5 } });""", "sourceId", "externalName")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { filter = new Dictionary<string, object?> { ["$$"] = 5 } });""", "id", "name")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { select = new[] { "id", "$$" } });""", "name", "dateCreate")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { order = new { id = "$$" } });""", "ASC", "DESC")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", new { fields = new { fields = new[] { new { type = "$$" } } } });""", "int", "datetime")]
    [InlineData("""await foreach (var d in portal.BiConnector.Dataset.ListAsync(q => q.Where(d => Filter.Raw("$$", 5)))) { }""", "id", "name")]
    [InlineData("""await foreach (var d in portal.BiConnector.Dataset.ListAsync(q => q.Select(d => new SelectField("$$")))) { }""", "id", "name")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", new { fields = new { fields = new[] { new Dictionary<string, object?> { ["$$"] = 5 } } } });""", "name", "externalCode")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", new Dictionary<string, object?> { ["fields"] = new Dictionary<string, object?> { ["sou$$"] = 5 } });""", "sourceId")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", new Dictionary<string, object?> { { "$$", 5 } });""", "fields")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", new JsonObject { ["fields"] = new JsonObject { ["$$"] = 5 } });""", "sourceId")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { filter = new Dictionary<string, object?> { [">=$$"] = 5 } });""", "id", "dateCreate")]
    [InlineData(""""await portal.CallAsync("""biconnector.$$""", new { });"""", "biconnector.dataset.list")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { order = new Dictionary<string, object?> { ["$$"] = "ASC" } });""", "id", "name")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { select = new[] { "$$" } });""", "name")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { select = new List<string> { "id", "na$$" } });""", "name")]
    [InlineData("""await portal.CallAsync(@"biconnector.dataset.$$", new { });""", "biconnector.dataset.list")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new Dictionary<string, object?> { ["a"] = "biconnector.dataset.$$" } });""", "biconnector.dataset.list")]
    [InlineData("""await portal.CallAsync("v3/$$", new { });""", "v3/main.eventlog.get")]
    public async Task A_string_completes_what_may_stand_in_it(string statement, params string[] expected)
    {
        var offered = await OfferedAsync(Sample.Statements(statement));

        Assert.All(expected, name => Assert.Contains(name, offered));
    }

    [Theory]
    [InlineData("""await portal.CallAsync("biconnector.da$$taset.add", new { });""", "biconnector.dataset.list")]
    [InlineData("""await portal.CallAsync(parameters: new { }, method: "biconnector.$$");""", "biconnector.dataset.list")]
    [InlineData("""await portal.CallAsync(id > 5 ? "biconnector.$$" : "biconnector.dataset.get", new { id });""", "biconnector.dataset.list")]
    [InlineData("""const string method = "biconnector.$$"; await portal.CallAsync(method, new { id });""", "biconnector.dataset.list")]
    [InlineData("""var given = new Dictionary<string, object?> { ["$$"] = 5 }; await portal.CallAsync("biconnector.dataset.add", given);""", "fields")]
    [InlineData("""Dictionary<string, object?> given = new() { ["$$"] = 5 }; await portal.CallAsync("biconnector.dataset.add", new { fields = given });""", "sourceId")]
    [InlineData("""var given = new Dictionary<string, object?>(); given["$$"] = 5; await portal.CallAsync("biconnector.dataset.add", new { fields = given });""", "sourceId")]
    [InlineData("""var given = new Dictionary<string, object?>(); given.Add("$$", 5); await portal.CallAsync("biconnector.dataset.add", new { fields = given });""", "sourceId")]
    [InlineData("""string[] names = ["id", "$$"]; await portal.CallAsync("biconnector.dataset.list", new { select = names });""", "name")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { select = (string[])["id", "$$"] });""", "name")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { select = (List<string>)["id", "$$"] });""", "name")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", new JsonObject { ["fields"] = new JsonObject { ["fields"] = new JsonArray(new JsonObject { ["$$"] = 5 }) } });""", "externalCode")]
    [InlineData("""await portal.CallAsync("batch", new { cmd = new[] { "biconnector.dataset.$$?id=1" } });""", "biconnector.dataset.list")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { filter = new Dictionary<string, object?> { [@"na$$"] = 5 } });""", "name")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { order = (object?)new { id = "$$" } });""", "DESC")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", id > 5 ? new { fields = new { fields = new[] { new { type = "$$" } } } } : null);""", "int")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { filter = id > 5 ? new Dictionary<string, object?> { ["$$"] = 5 } : null });""", "id")]
    [InlineData("""var fields = new Dictionary<string, object?>(); fields["$$"] = 5; Console.WriteLine(fields); await portal.CallAsync("biconnector.dataset.add", new { fields });""", "sourceId")]
    [InlineData("""var names = new List<string>(); names.Add("$$"); await portal.CallAsync("biconnector.dataset.list", new { select = names });""", "name")]
    [InlineData("""var order = new Dictionary<string, object?>(); order["id"] = "$$"; await portal.CallAsync("biconnector.dataset.list", new { order });""", "DESC")]
    public async Task A_string_completes_wherever_the_call_gets_it_from(string statement, params string[] expected)
    {
        var offered = await OfferedAsync(Sample.Statements(statement));

        Assert.All(expected, name => Assert.Contains(name, offered));
    }

    [Fact]
    public async Task A_client_attribute_completes_areas()
    {
        var offered = await OfferedAsync("[Bitrix24Client(\"$$\")] public partial class Client;");

        Assert.Contains("biconnector", offered);
        Assert.Contains("landing.repowidget", offered);
    }

    [Theory]
    [InlineData("""await portal.CallAsync("hooks.bind", new { @event = "$$" });""", "ONNOTEADD", "ONTABLEADD")]
    [InlineData("""await portal.CallAsync("hooks.place", new Dictionary<string, object?> { ["PLACEMENT"] = "$$" });""", "NOTE_DETAIL_TAB")]
    public async Task Codes_of_events_and_placements_are_completed(string statement, params string[] expected)
    {
        var offered = await OfferedAsync(Sample.Statements(statement), CodeTests.Spec);

        Assert.All(expected, name => Assert.Contains(name, offered));
    }

    [Theory]
    [InlineData("""Console.WriteLine("$$");""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.get", new { id = "$$" });""")]
    [InlineData("""await portal.CallAsync(text, new Dictionary<string, object?> { ["$$"] = 5 });""")]
    [InlineData("""var given = new Dictionary<string, object?> { ["$$"] = 5 }; Console.WriteLine(given);""")]
    [InlineData("""string given = text, other = given; given = "$$"; other = given;""")]
    public async Task Other_strings_complete_nothing_of_ours(string statement) => Assert.Empty(await OfferedAsync(Sample.Statements(statement)));

    [Theory]
    [InlineData("""await portal.CallAsync("biconnector.dataset.ge$$", new { id });""", "biconnector.dataset.get", """CallAsync("biconnector.dataset.get", new { id });""")]
    [InlineData("""await portal.CallAsync(@"biconnector.dataset.ge$$", new { id });""", "biconnector.dataset.get", """CallAsync(@"biconnector.dataset.get", new { id });""")]
    [InlineData(""""await portal.CallAsync("""biconnector.dataset.ge$$""", new { id });"""", "biconnector.dataset.get", """"CallAsync("""biconnector.dataset.get""", new { id });"""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { filter = new Dictionary<string, object?> { [">=da$$"] = 5 } });""", "dateCreate", """[">=dateCreate"] = 5""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { filter = new Dictionary<string, object?> { ["$$"] = 5 } });""", "dateCreate", """["dateCreate"] = 5""")]
    public async Task The_name_replaces_what_stands_between_the_quotes_but_not_an_operator(string statement, string name, string expected)
    {
        var (document, position) = EditorDocument.Of(Sample.Statements(statement));
        var service = CompletionService.GetService(document)!;
        var item = (await service.GetCompletionsAsync(document, position))!.ItemsList.Single(i => i.DisplayText == name);

        var change = await service.GetChangeAsync(document, item);

        var text = (await document.GetTextAsync()).WithChanges(change.TextChange).ToString();
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> OfferedAsync(string source, params SpecText[] own)
    {
        var (document, position) = EditorDocument.Of(source, own);
        var list = await CompletionService.GetService(document)!.GetCompletionsAsync(document, position);
        return [.. (list?.ItemsList ?? []).Where(static i => i.Tags.Contains("Constant") && i.DisplayText.Length > 0).Select(static i => i.DisplayText)];
    }
}
