using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Bitrix24.Gen.Specs.Tests;

/// <summary>What .editorconfig and CONTRIBUTING.md say about the repository's own files.</summary>
public sealed partial class RepositoryTests
{
    private const int MaxFileLines = 300;

    private static readonly string[] Rooms = ["analyzers", "client", "emulator", "generator", "importer", "redis", "runtime", "server", "specs"];

    [Fact]
    public void Product_files_stay_under_their_limits()
    {
        var limit = MaxLineLength();
        var faults = new List<string>();
        foreach (var file in ProductFiles())
        {
            var lines = File.ReadAllLines(file);
            if (lines.Length > MaxFileLines)
                faults.Add($"{RepositoryRoot.Relative(file)}: {lines.Length} lines, {MaxFileLines} at most. Divide it.");
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].Length > limit)
                    faults.Add($"{RepositoryRoot.Relative(file)}:{i + 1}: {lines[i].Length} characters, {limit} at most.");
            }
        }
        Assert.Empty(faults);
    }

    [Fact]
    public void Private_static_fields_that_change_are_named_for_who_shares_them()
    {
        var faults = new List<string>();
        var seen = 0;
        foreach (var file in ProductFiles())
        {
            var lines = File.ReadAllLines(file);
            for (var i = 1; i < lines.Length; i++)
            {
                if (MutableStatic().Match(lines[i]) is not { Success: true } field)
                    continue;
                seen++;
                var prefix = lines[i - 1].Contains("[ThreadStatic]", StringComparison.Ordinal) ? "t_" : "s_";
                if (!field.Groups["name"].Value.StartsWith(prefix, StringComparison.Ordinal))
                    faults.Add($"{RepositoryRoot.Relative(file)}:{i + 1}: '{field.Groups["name"].Value}' should start with '{prefix}'.");
            }
        }
        Assert.Empty(faults);
        Assert.NotEqual(0, seen);
    }

    [Fact]
    public void Test_projects_share_code_by_reference_not_by_linked_files()
    {
        var faults = new List<string>();
        var projects = RepositoryRoot.Files("tests", "*.csproj").ToList();
        foreach (var project in projects)
        {
            foreach (var item in XDocument.Load(project).Descendants().Where(static e => e.Name.LocalName == "Compile"))
            {
                if (item.Attribute("Include")?.Value is { } include && (include.Contains("..", StringComparison.Ordinal) || include.Contains("$(", StringComparison.Ordinal)))
                    faults.Add($"{RepositoryRoot.Relative(project)}: links {include}. Move it to Bitrix24.Gen.Testing.");
            }
        }
        Assert.Empty(faults);
        Assert.True(projects.Count > 10);
    }

    private static int MaxLineLength()
    {
        var settings = File.ReadAllText(RepositoryRoot.PathTo(".editorconfig"));
        return int.Parse(LineLimit().Match(settings).Groups["limit"].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> ProductFiles() => Rooms.SelectMany(static room => RepositoryRoot.Files(room, "*.cs"));

    [GeneratedRegex(@"^max_line_length = (?<limit>\d+)$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex LineLimit();

    // A tuple's type has spaces; a method has a parenthesis after its name, a property a brace or an arrow.
    [GeneratedRegex(@"^\s+private static (volatile )?(\([^()]*\)|[\w.]+(<.*>)?)(\[\])?\?? (?<name>\w+)( = .*)?;$", RegexOptions.NonBacktracking)]
    private static partial Regex MutableStatic();
}
