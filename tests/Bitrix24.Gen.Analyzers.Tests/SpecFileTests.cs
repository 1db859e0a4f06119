using Bitrix24.Gen.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Tests;

public class SpecFileTests
{
    private const string Path = "/project/specs/notes.b24.json";

    [Theory]
    [InlineData("""{ "api": "bitrix24", "types": { "Note": { "fields": { "id": { "type": "int" } } } } }""")]
    [InlineData("""{ "api": "bitrix24", {|B24001:t|}ypes: {} }""")]
    [InlineData("""{ "api": "bitrix24", {|B24002:"tpyes"|}: {} }""")]
    [InlineData("""{ "api": "bitrix24", "types": { "Note": { "fields": { "id": { "type": "int", "required": {|B24002:"yes"|} } } } } }""")]
    [InlineData("""{ "api": "bitrix24", "types": { "Note": { "fields": { "owner": { {|B24003:"type"|}: "Usr" } } } } }""")]
    [InlineData("""{ "api": "bitrix24", "types": { "Note": { "fields": { "id": { "type": "int" }, {|B24004:"id"|}: { "type": "int" } } } } }""")]
    [InlineData("""{ "api": "bitrix24", "types": { "Note": { "fields": { "title": { "type": "string", "pattern": {|B24005:"["|} } } } } }""")]
    [InlineData("""{ "api": "bitrix24", "types": { "Note": { "fields": { "id": { "type": "int", "required": true, "default": {|B24006:5|} } } } } }""")]
    [InlineData("""{ "api": "bitrix24", "types": { "Note": { "fields": { "user_id": { "type": "int" }, {|B24007:"userId"|}: { "type": "int" } } } } }""")]
    public Task A_spec_file_is_checked_at_its_position_in_the_file(string source) => Verify.SpecAsync(Path, source);

    [Theory]
    [InlineData("biconnector.dataset.b24.json", """{ "api": "bitrix24", "types": { {|B24003:"Datset"|}: { "fields": { "ufOwner": { "type": "int" } } } } }""", "Dataset")]
    [InlineData("biconnector.dataset.overlay.b24.json", """{ "api": "bitrix24", "types": { {|B24003:"DatasetFeild"|}: { "fields": { "note": { "type": "string" } } } } }""", "DatasetField")]
    [InlineData("biconnector.dataset.b24.json", """{ "api": {|B24003:"bitrx24"|}, "types": { "Dataset": { "fields": { "ufOwner": { "type": "int" } } } } }""", "bitrix24")]
    [InlineData("deals.b24.json", """{ "api": {|B24003:"vibcode"|}, "types": { } }""", "vibecode")]
    [InlineData("biconnector.dataset.b24.json", """{ "api": "bitrix24", "types": { "Datasets": { "fields": { "n": { "type": "int" } } }, "Dataset": { "fields": { "ufAll": { "type": "Datasets[]" } } } } }""", "")]
    [InlineData("biconnector.dataset.b24.json", """{ "api": "bitrix24", "types": { "Owner": { "fields": { "id": { "type": "int" } } } } }""", "")]
    public Task A_misspelt_name_in_an_overlay_is_reported(string file, string source, string meant) =>
        Verify.SpecAsync("/project/" + file, source, $"did you mean '{meant}'?");

    [Fact]
    public async Task A_finding_has_the_line_and_column_of_the_file()
    {
        var own = SpecText.Own(Path, "{\n  \"api\": \"bitrix24\",\n  \"tpyes\": {}\n}\n");

        var found = Assert.Single(await Analysis.RunAsync(Analysis.Compile([]), [own]));

        Assert.Equal("(3,3)-(3,10)", Show(found.Location.GetLineSpan()));
        Assert.EndsWith("/docs/rules/B24002.md", found.Descriptor.HelpLinkUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overlay_adds_methods_and_fields_that_calls_are_checked_by()
    {
        var overlay = SpecText.Own("/project/biconnector.dataset.b24.json", """
            {
              "api": "bitrix24",
              "types": { "Dataset": { "fields": { "ufOwner": { "type": "int" } } } },
              "methods": { "biconnector.dataset.copy": { "params": { "id": { "type": "int", "required": true } } } }
            }
            """);

        await Verify.StatementsAsync("""
            await portal.CallAsync("biconnector.dataset.copy", {|B24103:new|} { });
            await portal.CallAsync("biconnector.dataset.update", new { id, fields = new { ufOwner = 5 } });
            await portal.CallAsync("biconnector.dataset.update", new { id, fields = new { {|B24102:ufOther|} = 5 } });
            """, overlay);
    }

    [Fact]
    public async Task Packaged_files_are_read_only_when_a_call_asks_for_them()
    {
        var specs = SpecText.OfRepository.Select(static s => new SpecText(s.Path, s.GetText().ToString(), packaged: true)).ToList();

        await Analysis.RunAsync(Analysis.CompileTyped([("Sample.cs", Sample.Statements("Console.WriteLine(id);"))]), specs);
        Assert.All(specs, static s => Assert.Equal(0, s.Reads));

        await Analysis.RunAsync(
            Analysis.CompileTyped([("Sample.cs", Sample.Statements("""await portal.CallAsync("biconnector.connector.get", new { id });"""))]), specs);
        Assert.Equal(
            ["api", "biconnector.connector", "biconnector.connector.overlay"],
            specs.Where(static s => s.Reads > 0).Select(static s => System.IO.Path.GetFileName(s.Path).Replace(".b24.json", "", StringComparison.Ordinal)));
    }

    private static string Show(FileLinePositionSpan span) =>
        $"({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1})-({span.EndLinePosition.Line + 1},{span.EndLinePosition.Character + 1})";
}
