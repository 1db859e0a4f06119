using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Importer.Diff;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

public class CommandTests
{
    private const string Spec = """
        {
          "api": "bitrix24",
          "types": { "Box": { "fields": { "id": { "type": "int", "readOnly": true }, "title": { "type": "string", "required": true } } } },
          "methods": {
            "shop.box.add": { "operation": "add", "params": { "fields": { "type": "Box", "as": "create", "required": true } }, "result": { "type": "int" } },
            "shop.box.get": { "operation": "get", "params": { "id": { "type": "int" } }, "result": { "type": "Box" }, "errors": { "GONE": "Gone" } }
          }
        }
        """;

    private static SpecSet Set(string text = Spec) => SpecSet.Create([SpecReader.Read("bitrix24/shop.box.b24.json", text)]);

    private static (int Code, string[] Lines) Check(string input, bool responses = false)
    {
        var output = new StringWriter { NewLine = "\n" };
        var code = CheckCommand.Run(new StringReader(input), output, TextWriter.Null, Set(), responses, text: false);
        return (code, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Check_CleanCall_AnswersZero()
    {
        var (code, lines) = Check("""{"id": 7, "method": "shop.box.add", "params": {"fields": {"title": "A"}}}""");

        Assert.Equal(0, code);
        Assert.Equal("""{"id":7,"violations":[]}""", Assert.Single(lines));
    }

    [Fact]
    public void Check_Violation_AnswersOne()
    {
        var (code, lines) = Check("""{"id": "a", "method": "shop.box.add", "params": {"fields": {"title": "A", "id": 5}}}""");

        Assert.Equal(1, code);
        Assert.StartsWith("""{"id":"a","violations":[{"rule":"B24104","path":"fields.id",""", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Responses()
    {
        Assert.Equal(0, Check("""{"id": 1, "method": "shop.box.get", "response": {"result": {"id": "5", "title": "A"}}}""", responses: true).Code);
        Assert.Equal(1, Check("""{"id": 1, "method": "shop.box.get", "response": {"result": {"id": 5, "title": "A", "color": 1}}}""", responses: true).Code);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"id": 1}""")]
    public void Check_BadInput_AnswersTwo(string line) => Assert.Equal(2, Check(line).Code);

    [Fact]
    public void Diff_BreakingChangesFirst()
    {
        var later = Spec
            .Replace("""{ "type": "int", "readOnly": true }""", """{ "type": "string", "readOnly": true }""", StringComparison.Ordinal)
            .Replace(""""title": { "type": "string", "required": true }"""", """"title": { "type": "string", "required": true }, "color": { "type": "string", "required": true }"""", StringComparison.Ordinal)
            .Replace("\"GONE\": \"Gone\"", "\"LOST\": \"Lost\"", StringComparison.Ordinal);

        var changes = SpecDiff.Compare(Set(), Set(later));

        Assert.Equal(changes.OrderByDescending(static c => c.Breaking).Select(static c => c.Breaking), changes.Select(static c => c.Breaking));
        Assert.Contains(changes, static c => c is { Breaking: true, Kind: "requiredAdded" } && c.Place.EndsWith("fields.color", StringComparison.Ordinal));
        Assert.Contains(changes, static c => c is { Breaking: true, Kind: "typeChanged" });
        Assert.Contains(changes, static c => c is { Breaking: false, Kind: "errorAdded" });
        Assert.Contains(changes, static c => c is { Breaking: false, Kind: "errorRemoved" });
    }

    [Fact]
    public void Diff_OfEqualSets_IsEmpty() => Assert.Empty(SpecDiff.Compare(Set(), Set()));

    [Fact]
    public void Lint_SaysFileLineAndRule()
    {
        var output = new StringWriter { NewLine = "\n" };

        var code = LintCommand.Run([SpecReader.Read("bitrix24/shop.box.b24.json", Spec.Replace("\"readOnly\"", "\"readonly\"", StringComparison.Ordinal))], output);

        Assert.Equal(1, code);
        Assert.Contains("bitrix24/shop.box.b24.json(3,", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("B24002", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Overlays_AreListedWithTheirReasons()
    {
        var overlay = SpecReader.Read("bitrix24/shop.box.overlay.b24.json", """
            { "api": "bitrix24", "comment": "Codes.", "types": { "Box": { "comment": "Limits.", "fields": { "title": { "maxLength": 5 } } }, "Old": null }, "methods": { "shop.box.get": {} } }
            """);

        var report = Assert.Single(OverlayReport.Of([SpecReader.Read("bitrix24/shop.box.b24.json", Spec), overlay]));

        Assert.Equal("bitrix24/shop.box.overlay.b24.json", report.File);
        Assert.Equal(["shop.box.get"], report.Methods);
        Assert.Equal(["Box", "Old"], report.Types);
        Assert.Equal([("", "Codes."), ("/types/Box", "Limits.")], report.Comments.Select(static c => (c.Key, c.Value)));
    }

    [Fact]
    public void Overlays_OfTheRepository_SayWhy()
    {
        var overlays = OverlayReport.Of(SpecOutput.Load(Path.Combine(Repository(), "specs")));

        Assert.NotEmpty(overlays);
        Assert.All(overlays, static o => Assert.Contains("", o.Comments.Keys));
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Bitrix24.Gen.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository is not around the tests.");
        return folder;
    }
}
