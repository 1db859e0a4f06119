using System.Text;
using System.Text.Json;
using Bitrix24.Gen.Importer.Commands;
using Spectre.Console;

namespace Bitrix24.Gen.Importer.Tests;

public sealed class ImportRunTests : IDisposable
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("b24-spec").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Docs => Path.Combine(_folder, "docs");

    private string Out => Path.Combine(_folder, "out");

    private void Page(string name, string parameters, string request = "{}") => Write("docs/" + Importer.Tests.Docs.FileOf(name), Encoding.UTF8.GetBytes(Importer.Tests.Docs.Text(name, parameters, request)));

    private void Write(string path, byte[] text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, text);
    }

    private (int Code, string Output, string Errors) Run(bool interactive = false, string? output = null)
    {
        var (said, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = interactive ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(said),
        });
        console.Profile.Width = 120;
        var code = CommandFailure.Guard(() => new ImportRun(Docs, output ?? Out, Path.Combine(_folder, "report.json"), null, Descriptions: false, console, interactive, errors).Run(), errors);
        return (code, said.ToString(), errors.ToString());
    }

    private JsonElement Report() => JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "report.json"))).RootElement;

    [Fact]
    public void WithoutATerminal_EachStepIsALine_AndATableEndsIt()
    {
        Page("shop.box.add", Header + "|| **title***\n[`string`](t.md) | Up to 5 characters ||\n|#", """{"title": "x"}""");

        var (code, output, errors) = Run();

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("Reading pages …\nReading methods …\nWriting specs …\n", output, StringComparison.Ordinal);
        Assert.Contains("│ Methods ", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', output);
        Assert.True(File.Exists(Path.Combine(Out, "bitrix24", "shop.box.b24.json")));
        Assert.True(File.Exists(Path.Combine(Out, "bitrix24", "api.b24.json")));
    }

    [Fact]
    public void OnATerminal_BarsAreDrawn()
    {
        Page("shop.box.add", Header + "|| **title***\n[`string`](t.md) | It ||\n|#");

        var (code, output, _) = Run(interactive: true);

        Assert.Equal(0, code);
        Assert.Contains('\x1b', output);
        Assert.Contains("Reading pages", output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheReport_CountsWhatThePageHas()
    {
        Page(
            "shop.box.add",
            Header + "|| **fields***\n[`object`](t.md) | Fields ||\n|| **odd**\n | It ||\n|#\n\n### Parameter fields {#fields}\n\n" + Header
            + "|| **title***\n[`string`](t.md) | Up to 5 characters ||\n|| **size**\n[`parsec`](t.md) | It ||\n|| **code**\n[`string`](t.md) | Read-only ||\n|#\n\n## Colours\n\n#|\n|| **Colour** | **Meaning** ||\n|| red | Stop ||\n|#",
            """{"fields": {"title": "x"}}""");

        Run();

        var report = Report();
        var page = Assert.Single(report.GetProperty("methodPages").EnumerateArray());
        Assert.Equal("""{"typed":4,"untyped":1,"unknownTypes":1,"starred":2,"nestedResolved":1,"nestedUnresolved":2}""", Compact(page.GetProperty("parameters")));
        Assert.Equal("""{"maxLength":1,"readOnly":1,"required":2}""", Compact(page.GetProperty("rules")));
        Assert.Equal("""{"readOnly":{"prose":1},"required":{"star":2}}""", Compact(page.GetProperty("flags")));
        Assert.Equal("""{"found":1,"parsed":1,"strict":1,"satisfied":1,"placeholders":0,"violations":0}""", Compact(page.GetProperty("requests")));
        Assert.Contains(page.GetProperty("notes").EnumerateArray(), static n => n.GetProperty("message").GetString() == "Table under 'Colours' left unread: Colour; red.");
        Assert.Contains(page.GetProperty("notes").EnumerateArray(), static n => n.GetProperty("message").GetString()!.Contains("'parsec'", StringComparison.Ordinal));
        var rules = report.GetProperty("mutations").GetProperty("rules");
        Assert.Equal("""{"made":2,"caught":2}""", Compact(rules.GetProperty("required")));
        Assert.Equal("""{"made":1,"caught":1}""", Compact(rules.GetProperty("length")));
        Assert.Equal(0, report.GetProperty("mutations").GetProperty("missed").GetArrayLength());
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    [Fact]
    public void WhatCannotBeReadAsItStands_IsNamed_AndTheRestIsImported()
    {
        Page("shop.box.add", Header + "|| **title***\n[`string`](t.md) | It ||\n|#");
        Write("docs/bad.md", [.. "# A\n\n"u8, 0xff]);
        Write("docs/large.md", new byte[DocFolder.LargestPage + 1]);
        Directory.CreateSymbolicLink(Path.Combine(Docs, "again"), Docs);
        File.CreateSymbolicLink(Path.Combine(Docs, "gone.md"), Path.Combine(_folder, "nowhere.md"));

        var (code, _, errors) = Run();

        Assert.Equal(1, code);
        Assert.Contains("bad.md: error: line 3 is not UTF-8", errors, StringComparison.Ordinal);
        Assert.Contains("large.md: error: ", errors, StringComparison.Ordinal);
        Assert.Contains("gone.md: error: ", errors, StringComparison.Ordinal);
        Assert.Equal(3, Report().GetProperty("skipped").EnumerateArray().Count(static s => s.GetProperty("kind").GetString() == "Unreadable"));
        Assert.Equal(1, Report().GetProperty("methods").GetInt32());
    }

    [Fact]
    public void SpecialFilesAndLinksOutOfTheFolder_AreNamed_NotRead()
    {
        if (OperatingSystem.IsWindows())
            return;
        Page("shop.box.add", Header + "|| **title***\n[`string`](t.md) | It ||\n|#");
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(Docs, "pipe.md")]))
            pipe.WaitForExit();
        File.CreateSymbolicLink(Path.Combine(Docs, "device.md"), "/dev/zero");
        Write("elsewhere/page.md", "# A"u8.ToArray());
        Directory.CreateSymbolicLink(Path.Combine(Docs, "outside"), Path.Combine(_folder, "elsewhere"));
        var before = GC.GetTotalAllocatedBytes();

        var (code, _, errors) = Run();

        Assert.Equal(1, code);
        Assert.Contains("pipe.md: error: no ordinary file", errors, StringComparison.Ordinal);
        Assert.Contains("device.md: error: a link out of the folder", errors, StringComparison.Ordinal);
        Assert.Contains("outside: error: a link out of the folder", errors, StringComparison.Ordinal);
        Assert.Equal(1, Report().GetProperty("methods").GetInt32());
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 500_000_000);
    }

    [Fact]
    public void FilesOfAnEarlierImport_AreNamed()
    {
        Page("shop.box.add", Header + "|| **title***\n[`string`](t.md) | It ||\n|#");
        Write("out/bitrix24/shop.crate.b24.json", """{ "api": "bitrix24", "methods": { "shop.crate.get": {} } }"""u8.ToArray());
        Write("out/bitrix24/shop.box.overlay.b24.json", """{ "api": "bitrix24", "comment": "Why.", "methods": { "shop.box.add": { "batchable": false } } }"""u8.ToArray());

        var (code, _, errors) = Run();

        Assert.Equal((0, "bitrix24/shop.crate.b24.json: warning: not of this import; it stays as it is.\n"), (code, errors));
        Assert.Equal("bitrix24/shop.box.overlay.b24.json", Report().GetProperty("overlays")[0].GetProperty("file").GetString());
    }

    [Fact]
    public void WhatCannotBeImported_IsRefused()
    {
        Assert.Equal((2, "", $"{Docs}: no such folder.\n"), Refused());
        Directory.CreateDirectory(Docs);
        Assert.Contains("no page (*.md)", Refused().Errors, StringComparison.Ordinal);
        Write("docs/a.md", "# Nothing\n\nText."u8.ToArray());
        Assert.Contains("1 page, none of which describes a method", Refused().Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
        Page("shop.box.add", Header + "|| **title***\n[`string`](t.md) | It ||\n|#");
        Write("file", []);
        Assert.Equal(2, Run(output: Path.Combine(_folder, "file")).Code);

        (int, string Output, string Errors) Refused()
        {
            var (code, output, errors) = Run();
            return (code, output.Contains("Methods", StringComparison.Ordinal) ? output : "", errors);
        }
    }
}
