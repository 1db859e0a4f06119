using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Importer.Output;

namespace Bitrix24.Gen.Importer.Tests;

public sealed class SpecFolderTests : IDisposable
{
    private const string Spec = """{ "api": "bitrix24", "types": { "Box": { "fields": { "id": { "type": "int" } } } }, "methods": { "shop.box.get": { "result": { "type": "Box" } } } }""";

    private readonly string _folder = Directory.CreateTempSubdirectory("b24-spec").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private (int Code, string Output) Lint()
    {
        var output = new StringWriter { NewLine = "\n" };
        return (LintCommand.Run(SpecFolder.Load(_folder), output), output.ToString());
    }

    [Fact]
    public void Lint_SaysFileLineAndRule()
    {
        Write("bitrix24/shop.box.b24.json", "{ \"api\": \"bitrix24\",\n \"types\": { \"Box\": { \"fields\": { \"id\": { \"type\": \"int\", \"readonly\": true } } } } }");

        var (code, output) = Lint();

        Assert.Equal(1, code);
        Assert.Contains("bitrix24/shop.box.b24.json(2,", output, StringComparison.Ordinal);
        Assert.Contains("error B24002: ", output, StringComparison.Ordinal);
        Assert.EndsWith("1 file, 0 methods, 1 type, 1 finding\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_AreALineEach_WhateverFilesAndTheirTextsAreCalled()
    {
        Write("bitrix24/a\nother.cs(1,1): error CS9999: forged\u001b[2J.b24.json", "{ \"api\": \"bitrix24\", \"typs\": {} }");
        Write("bitrix24/shop.box.b24.json", $$"""{ "api": "bitrix24", "types": { "Box": { "fields": { "id": { "type": "int", "{{HostileText.Json}}": true }, "x": { "type": "{{HostileText.Json}}" } } } } }""");

        var (code, output) = Lint();

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1, code);
        Assert.InRange(lines.Length, 4, int.MaxValue);
        Assert.EndsWith($" {lines.Length - 1} findings", lines[^1], StringComparison.Ordinal);
        Assert.All(lines, static line => Assert.True(HostileText.IsClean(line), line));
        Assert.All(lines[..^1], static line => Assert.StartsWith("bitrix24/", line, StringComparison.Ordinal));
    }

    [Fact]
    public void AProjectsFiles_ChangeThePackagedOnes()
    {
        Write("biconnector.dataset.b24.json", """{ "api": "bitrix24", "types": { "Dataset": { "fields": { "ufOwner": { "type": "string", "maxLength": 50 } } } } }""");

        Assert.Equal((0, "1 file, 0 methods, 1 type, 0 findings\n"), Lint());
        var type = SpecFolder.Specs(new DirectoryInfo(_folder)).FindFile("biconnector.dataset")!.Types[0];
        Assert.Contains(type.Fields, static f => f.Name == "ufOwner");
        Assert.Contains(type.Fields, static f => f.Name == "sourceId");
    }

    [Fact]
    public void AProjectsMistakes_AreFoundOnlyTogetherWithThePackagedOnes()
    {
        Write("own/biconnector.dataset.b24.json", """{ "api": "bitrix24", "types": { "Dataset": { "fields": { "name": { "minLength": 300 } } } } }""");

        var (code, output) = Lint();

        Assert.Equal(1, code);
        Assert.Contains("own/biconnector.dataset.b24.json(1,", output, StringComparison.Ordinal);
        Assert.Contains("B24005", output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderWithAProfile_StandsForItself()
    {
        Write("bitrix24/shop.box.b24.json", Spec);
        Write("bitrix24/api.b24.json", PackagedSpecs.Profile("bitrix24")!.Value.Text);

        Assert.Equal(["shop.box.get"], SpecFolder.Specs(new DirectoryInfo(_folder)).MethodNames());
        Assert.Equal(["shop.box.get"], SpecFolder.Specs(new DirectoryInfo(Path.Combine(_folder, "bitrix24"))).MethodNames());
    }

    [Fact]
    public void WithoutAFolder_ThePackagedSpecsCount()
    {
        var set = SpecFolder.Specs(null);

        Assert.NotNull(set.FindMethod("biconnector.dataset.add"));
        Assert.NotNull(set.FindMethod("tasks.task.add", "bitrix24-v3"));
        Assert.Contains(set.Profile("bitrix24").FilterOperators, static o => o.Prefix == ">=");
    }

    [Fact]
    public void WhatHoldsNoSpecs_IsRefused()
    {
        Assert.Contains("no spec file", Assert.Throws<CommandFailure>(() => SpecFolder.Load(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains("no such folder", Assert.Throws<CommandFailure>(() => SpecFolder.Load(Path.Combine(_folder, "none"))).Message, StringComparison.Ordinal);
        Write("a.b24.json", "{");
        Assert.Contains("a file", Assert.Throws<CommandFailure>(() => SpecFolder.Load(Path.Combine(_folder, "a.b24.json"))).Message, StringComparison.Ordinal);
        Assert.Contains("a.b24.json(1,", Assert.Throws<CommandFailure>(() => SpecFolder.Specs(new DirectoryInfo(_folder))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BytesThatAreNoText_AreFound_AndLinksInACircleEnd()
    {
        Write("shop.box.b24.json", Spec);
        File.WriteAllBytes(Path.Combine(_folder, "shop.crate.b24.json"), [.. "{ \"api\":\n \"bitrix24\", \"scope\": \""u8, 0xff, .. "\" }"u8]);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "again"), _folder);

        var (code, output) = Lint();

        Assert.Equal(1, code);
        Assert.Contains("shop.crate.b24.json(2,1): error: not UTF-8", output, StringComparison.Ordinal);
        Assert.Contains("2 files", output, StringComparison.Ordinal);
    }
}
