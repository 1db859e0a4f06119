using Bitrix24.Gen.Importer.Commands;

namespace Bitrix24.Gen.Tool.Tests;

/// <summary>What <c>b24-spec</c> answers to the shell: findings and a command that was not understood have codes of their own. Those of <c>pull</c> with a portal are in <see cref="PullTests"/>.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("b24-exit").FullName;

    public static TheoryData<string, int> Lines => new()
    {
        { "--help", 0 },
        { "--version", 0 },
        { "check --help", 0 },
        { "pull --help", 0 },
        { "", 2 },
        { "nonsense", 2 },
        { "check", 2 },
        { "check {good} --wrong", 2 },
        { "check {good} --format xml", 2 },
        { "check {good}", 0 },
        { "check {good} --format text", 0 },
        { "check {broken}", 1 },
        { "check {misnamed}", 2 },
        { "check {text}", 2 },
        { "check {missing}", 2 },
        { "check {folder}", 2 },
        { "check {good} --specs {missing}", 2 },
        { "lint {specs}", 0 },
        { "lint {wrong}", 1 },
        { "lint {missing}", 2 },
        { "lint {good}", 2 },
        { "lint", 2 },
        { "diff {specs} {specs}", 0 },
        { "diff {specs} {less}", 1 },
        { "diff {specs} {missing}", 2 },
        { "diff {specs}", 2 },
        { "diff {specs} {specs} --format xml", 2 },
        { "fields {fields} --entity crm.deal", 0 },
        { "fields {text} --entity crm.deal", 2 },
        { "fields {missing} --entity crm.deal", 2 },
        { "fields {fields}", 2 },
        { "import {missing} --out {out}", 2 },
        { "import {folder} --out {out}", 2 },
        { "import {folder}", 2 },
        { "pull", 2 },
        { "pull --out {out} --name contract", 2 },
        { "pull --out {out} --check --wrong", 2 },
        { "mcp --specs {missing}", 2 },
        { "mcp --wrong", 2 },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Command_answers(string line, int expected)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Placed).ToArray();
        using var errors = new StringWriter();

        Assert.Equal(expected, await SpecCommands.RunAsync(words, errors));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Placed(string word) => word switch
    {
        "{good}" => File("good.jsonl", """{"method": "crm.item.get", "params": {"entityTypeId": 2, "id": 1}}"""),
        "{broken}" => File("broken.jsonl", """{"method": "crm.item.get", "params": {"entityTypeId": 2}}"""),
        "{misnamed}" => File("misnamed.jsonl", """{"method": "crm.item.get", "parameters": {"entityTypeId": 2, "id": 1}}"""),
        "{text}" => File("text.jsonl", "no JSON"),
        "{fields}" => File("fields.json", """{"result": {"UF_CRM_BUDGET": {"type": "double", "title": "Budget"}}}"""),
        "{specs}" => Specs("specs", """{ "api": "bitrix24", "types": { "Box": { "fields": { "id": { "type": "int" }, "title": { "type": "string" } } } }, "methods": { "shop.box.add": { "operation": "add", "params": { "fields": { "type": "Box", "as": "create" } } } } }"""),
        "{less}" => Specs("less", """{ "api": "bitrix24", "types": { "Box": { "fields": { "id": { "type": "int" } } } } }"""),
        "{wrong}" => Specs("wrong", """{ "api": "bitrix24", "tipes": { } }"""),
        "{folder}" => _folder,
        "{missing}" => Path.Combine(_folder, "missing"),
        "{out}" => Path.Combine(_folder, "out"),
        _ => word,
    };

    private string Specs(string folder, string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder, folder));
        File(Path.Combine(folder, "shop.box.b24.json"), text);
        return Path.Combine(_folder, folder);
    }

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
