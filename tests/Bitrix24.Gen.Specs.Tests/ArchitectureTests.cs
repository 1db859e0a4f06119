using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Bitrix24.Gen.Specs.Tests;

/// <summary>What docs/architecture.md says of folders, references and places is so in the tree.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.PathTo("docs", "architecture.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Every_path_that_the_page_names_exists()
    {
        var paths = CodeSpan().Matches(Page).Select(static m => m.Groups["path"].Value).Where(IsPath).Distinct().ToList();
        Assert.True(paths.Count > 30);
        Assert.Equal([], paths.Where(static p => !Exists(p)).ToList());
    }

    [Fact]
    public void Rooms_reference_what_the_table_allows()
    {
        var rows = Rows("## Rooms").Where(static r => r[0].StartsWith('`') && r[3] != "everything").ToList();
        Assert.True(rows.Count >= 10);
        foreach (var row in rows)
        {
            var room = row[0].Trim('`', '/');
            if (room == "specs/Contract")
                continue;
            var allowed = row[3].Split(", ", StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
            var used = RepositoryRoot.Files(room, "*.csproj").SelectMany(References).Where(r => r != room).ToHashSet(StringComparer.Ordinal);
            if (used.Contains("specs/Contract"))
            {
                used.Remove("specs/Contract");
                used.Add("contract");
            }
            allowed.Remove("nothing");
            Assert.True(used.SetEquals(allowed), $"{room} references {string.Join(", ", used.Order())}; the page says {row[3]}.");
        }
    }

    [Fact]
    public void Specs_generator_and_analyzers_name_no_api() =>
        Assert.Equal([], Sources("specs", "generator", "analyzers").Where(static f => OtherApi().IsMatch(f.Text)).Select(static f => f.Path));

    [Fact]
    public void The_generator_knows_no_http_and_the_runtime_no_spec_file()
    {
        Assert.Equal([], Sources("generator", "specs", "analyzers").Where(static f => f.Text.Contains("System.Net.Http", StringComparison.Ordinal)).Select(static f => f.Path));
        Assert.Equal([], Sources("runtime").Where(static f => Code(f.Text).Contains(".b24.json", StringComparison.Ordinal)).Select(static f => f.Path));
    }

    [Fact]
    public void The_rule_engine_is_one_over_the_values_that_the_page_lists()
    {
        var values = Sources("specs", "runtime", "analyzers", "emulator", "importer")
            .SelectMany(static f => RuleValue().Matches(f.Text)).Select(static m => m.Groups["name"].Value).Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(values);
        Assert.All(values, static v => Assert.Contains($"`{v}`", Page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("RequestValidator")]
    [InlineData("QueryValidator")]
    [InlineData("Wording")]
    [InlineData("NotationReader")]
    [InlineData("NotationWriter")]
    [InlineData("SpecCatalog")]
    [InlineData("Suggestion")]
    public void One_class_does_it(string name) => Assert.Single(
        Sources("specs", "generator", "analyzers", "runtime", "emulator", "importer", "server", "redis"),
        f => Regex.IsMatch(f.Text, $@"\b(class|struct|record) {name}\b", RegexOptions.NonBacktracking));

    [Theory]
    [InlineData("emulator")]
    [InlineData("importer")]
    [InlineData("server")]
    [InlineData("generator")]
    public void Folders_of_a_room_stand_on_the_page(string room)
    {
        var folders = Directory.EnumerateDirectories(RepositoryRoot.PathTo(room)).Select(static f => Path.GetFileName(f)!)
            .Where(f => f is not ("bin" or "obj") && Sources(room + "/" + f).Any()).ToList();
        Assert.Equal([], folders.Where(f => !Page.Contains($"`{room}/{f}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Keys_that_the_page_names_are_keys_of_the_schema()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.PathTo("specs", "b24.schema.json")));
        var text = schema.RootElement.GetRawText();
        var keys = ProfileKey().Matches(Page).SelectMany(static m => Word().Matches(m.Value)).Select(static m => m.Groups[1].Value).ToList();
        Assert.True(keys.Count >= 4);
        Assert.All(keys, k => Assert.Contains($"\"{k}\": {{", text, StringComparison.Ordinal));
    }

    private static List<string[]> Rows(string heading) => [.. Page[Page.IndexOf(heading, StringComparison.Ordinal)..].Split('\n').Skip(1)
        .SkipWhile(static l => !l.StartsWith('|')).TakeWhile(static l => l.StartsWith('|'))
        .Select(static l => l.Trim('|').Split('|').Select(static c => c.Trim()).ToArray())];

    // The room of each referenced project, and the folders that are compiled as source.
    private static IEnumerable<string> References(string project) => XDocument.Load(project).Descendants()
        .Where(static e => e.Name.LocalName == "ProjectReference" || (e.Name.LocalName == "Compile" && e.Attribute("Include")?.Value.Contains("specs/Contract", StringComparison.Ordinal) == true))
        .Select(e => RepositoryRoot.Relative(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!,
            e.Attribute("Include")!.Value.Replace("$(Bitrix24GenRoot)", RepositoryRoot.Folder + "/", StringComparison.Ordinal).Replace('\\', '/')))))
        .Select(static p => p.StartsWith("specs/Contract", StringComparison.Ordinal) ? "specs/Contract" : p.Split('/')[0]);

    private static IEnumerable<(string Path, string Text)> Sources(params string[] folders) => folders
        .SelectMany(static folder => RepositoryRoot.Files(folder, "*.cs")).Select(static f => (RepositoryRoot.Relative(f), File.ReadAllText(f)));

    private static string Code(string text) => string.Join('\n', text.Split('\n').Where(static l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    // `specs/API/api.b24.json`: API stands for any; `*` for any name.
    private static bool Exists(string path)
    {
        var folders = new List<string> { RepositoryRoot.Folder };
        var parts = path.TrimEnd('/').Split('/');
        foreach (var part in parts[..^1])
            folders = [.. folders.SelectMany(f => Directory.Exists(f) ? Directory.EnumerateDirectories(f, part == "API" ? "*" : part) : [])];
        return folders.Any(f => Directory.Exists(f) && (Directory.EnumerateFileSystemEntries(f, parts[^1]).Any() || File.Exists(Path.Combine(f, parts[^1] + ".cs"))));
    }

    private static bool IsPath(string text) => text.Contains('/', StringComparison.Ordinal) && !text.StartsWith('/');

    [GeneratedRegex(@"`(?<path>[A-Za-z0-9_.*/-]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex CodeSpan();

    [GeneratedRegex("\"(vibecode|amocrm)[\"./]", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex OtherApi();

    [GeneratedRegex(@"struct (?<name>\w+)(\([^)]*\))? : IRuleValue<", RegexOptions.NonBacktracking)]
    private static partial Regex RuleValue();

    [GeneratedRegex(@"(profile )?keys? `\w+`( and `\w+`)?", RegexOptions.NonBacktracking)]
    private static partial Regex ProfileKey();

    [GeneratedRegex(@"`(\w+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
