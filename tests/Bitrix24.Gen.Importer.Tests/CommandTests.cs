using System.Text;
using Bitrix24.Gen.Importer.Commands;
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

    private static (int Code, string[] Lines, string Errors) Check(string input, bool responses = false, bool text = false) => Check(Encoding.UTF8.GetBytes(input), responses, text);

    private static (int Code, string[] Lines, string Errors) Check(byte[] input, bool responses = false, bool text = false)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = new CallCheck(Set(), responses, text).Run(new MemoryStream(input), "calls.jsonl:", output, errors);
        return (code, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), errors.ToString());
    }

    [Fact]
    public void Check_CleanCall_AnswersZero()
    {
        var (code, lines, _) = Check("""{"id": 7, "method": "shop.box.add", "params": {"fields": {"title": "A"}}}""");

        Assert.Equal(0, code);
        Assert.Equal("""{"id":7,"violations":[]}""", Assert.Single(lines));
    }

    [Fact]
    public void Check_Violation_AnswersOne()
    {
        var (code, lines, _) = Check("""{"id": "a", "method": "shop.box.add", "params": {"fields": {"title": "A", "id": 5}}}""");

        Assert.Equal(1, code);
        Assert.StartsWith("""{"id":"a","violations":[{"rule":"B24104","path":"fields.id",""", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_AsText_IsALineAFinding_WhateverTheCallsHold()
    {
        var (code, lines, errors) = Check(
            $$$$"""
            {"id": "{{{{HostileText.Json}}}}", "method": "shop.box.add", "params": {"fields": {"title": "A", "{{{{HostileText.Json}}}}": 5}}}
            {"id": 2, "method": "{{{{HostileText.Json}}}}", "params": {}}
            {"id": 3, "{{{{HostileText.Json}}}}": "shop.box.add"}
            """,
            text: true);

        Assert.NotEqual(0, code);
        Assert.InRange(lines.Length, 2, 5);
        Assert.All([.. lines, .. errors.Split('\n')], static line => Assert.True(HostileText.IsClean(line), line));
        Assert.DoesNotContain("\n::error", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Responses()
    {
        Assert.Equal(0, Check("""{"id": 1, "method": "shop.box.get", "response": {"result": {"id": "5", "title": "A"}}}""", responses: true).Code);
        Assert.Equal(1, Check("""{"id": 1, "method": "shop.box.get", "response": {"result": {"id": 5, "title": "A", "color": 1}}}""", responses: true).Code);
    }

    [Fact]
    public void Check_AWarningAlone_AnswersOne()
    {
        var (code, lines, _) = Check("""{"id": 1, "method": "shop.box.add", "params": {"fields": {"title": "A", "colour": 1}}}""");

        Assert.Equal(1, code);
        Assert.Contains("\"severity\":\"warning\"", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "column 1")]
    [InlineData("[1]", "\"method\"")]
    [InlineData("""{"id": 1}""", "\"method\" is missing")]
    [InlineData("""{"id": 1, "method": 5}""", "\"method\" is missing, or not a text")]
    [InlineData("""{"method": "shop.box.get", "api": "bitrix25"}""", "\"bitrix25\"; there are bitrix24")]
    [InlineData("""{"method": "shop.box.get", "api": 3}""", "\"api\" is not a text")]
    [InlineData("""{"method": "shop.box.get", "response": {}}""", "add --responses")]
    [InlineData("""{"method": "shop.box.get", "params": {}}""", "leave --responses out", true)]
    public void Check_BadLines_AreNamed_AndTheRestIsChecked(string line, string problem, bool responses = false)
    {
        var good = responses ? """{"id": 9, "method": "shop.box.get", "response": {"result": {"id": 5, "title": "A"}}}""" : """{"id": 9, "method": "shop.box.get"}""";
        var (code, lines, errors) = Check($"\n{line}\r\n{good}", responses);

        Assert.Equal(2, code);
        Assert.Equal("""{"id":9,"violations":[]}""", Assert.Single(lines));
        Assert.StartsWith("calls.jsonl:2: ", errors, StringComparison.Ordinal);
        Assert.Contains(problem, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_BytesThatAreNoText_AreABadLine()
    {
        var (code, lines, errors) = Check([.. Encoding.UTF8.Preamble, .. """{"id": 1, "method": "shop.box.get"}"""u8, (byte)'\n', (byte)'"', 0xff, (byte)'\n', .. """{"id": 2, "method": "shop.box.get"}"""u8]);

        Assert.Equal((2, 2), (code, lines.Length));
        Assert.Contains("calls.jsonl:2: not UTF-8", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Text_NamesLineAndCall_AndCounts()
    {
        var (code, lines, _) = Check("{\"method\": \"shop.box.add\", \"params\": {}}\n{\"id\": \"b\", \"method\": \"shop.box.gte\"}", text: true);

        Assert.Equal(1, code);
        Assert.StartsWith("1: shop.box.add: error B24103: fields: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("2: b: error B24101: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("2 checked, 2 with violations, 0 unreadable", lines[2]);
    }

    [Fact]
    public void Check_ReadsLinesOfAnyLengthInPieces()
    {
        var long1 = new string('a', 200_000);
        var lines = JsonLines.Read(new MemoryStream(Encoding.UTF8.GetBytes($"{long1}\n\n{long1}{long1}\nlast")), longest: 300_000).ToArray();

        Assert.Equal([1, 3, 4], lines.Select(static l => l.Number));
        Assert.Equal([long1, null, "last"], lines.Select(static l => l.Text));
        Assert.Equal("the line is too long.", lines[1].Problem);
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
        var overlays = OverlayReport.Of(SpecOutput.Load(RepositoryRoot.PathTo("specs")));

        Assert.NotEmpty(overlays);
        Assert.All(overlays, static o => Assert.Contains("", o.Comments.Keys));
    }

    [Theory]
    [InlineData("\"$result[box][id]\"")]
    [InlineData("\"$result[list][0][ID]\"")]
    [InlineData("{\"$ref\": \"box.id\"}")]
    [InlineData("{\"$refArray\": \"list.items.id\"}")]
    public void Values_that_a_batch_puts_in_later_are_not_checked(string reference)
    {
        var (code, lines, _) = Check($$$"""{"id": 1, "method": "shop.box.get", "params": {"id": {{{reference}}}}}""");

        Assert.Equal((ExitCode.Clean, """{"id":1,"violations":[]}"""), (code, lines[0]));
    }
}
