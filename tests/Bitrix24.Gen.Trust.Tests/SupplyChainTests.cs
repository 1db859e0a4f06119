using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Bitrix24.Gen.Trust.Tests;

/// <summary>What a build takes from outside, and that it gives the same twice (package/reproducible.sh builds twice and compares).</summary>
public sealed partial class SupplyChainTests
{
    public static TheoryData<string> Projects => [.. Project().Matches(File.ReadAllText(RepositoryRoot.PathTo("Bitrix24.Gen.sln"))).Select(static m => m.Groups[1].Value.Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Versions_and_hashes_of_all_that_a_project_takes_are_locked(string project)
    {
        var file = RepositoryRoot.PathTo(Path.GetDirectoryName(project)!, "packages.lock.json");

        var text = File.ReadAllText(file);
        using var document = JsonDocument.Parse(text);
        foreach (var package in document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(static f => f.Value.EnumerateObject()))
        {
            if (package.Value.GetProperty("type").GetString() != "Project")
                Assert.True(package.Value.TryGetProperty("resolved", out _) && package.Value.TryGetProperty("contentHash", out _), package.Name);
        }

        // Whoever restores has a source of their own.
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_messages_of_a_library_stand_in_one_class_because_their_generator_has_no_order()
    {
        var classes = new[] { "runtime", "server", "redis", "emulator", "importer" }.Select(static f => Directory
            .EnumerateFiles(RepositoryRoot.PathTo(f), "*.cs", SearchOption.AllDirectories)
            .Where(static f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Count(static f => File.ReadAllText(f).Contains("[LoggerMessage(", StringComparison.Ordinal))).ToList();

        Assert.All(classes, static count => Assert.InRange(count, 0, 1));
        Assert.Contains(1, classes);
    }

    [Fact]
    public void Packages_with_known_holes_end_a_build()
    {
        var settings = XDocument.Load(RepositoryRoot.PathTo("Directory.Build.props")).Descendants().Where(static e => !e.HasElements).ToLookup(static e => e.Name.LocalName, static e => e.Value);

        Assert.Equal(("true", "all", "low"), (settings["NuGetAudit"].Single(), settings["NuGetAuditMode"].Single(), settings["NuGetAuditLevel"].Single()));
        Assert.Equal("true", settings["TreatWarningsAsErrors"].Single());
        Assert.DoesNotContain(
            Directory.EnumerateFiles(RepositoryRoot.PathTo("."), "*.csproj", SearchOption.AllDirectories).Select(File.ReadAllText),
            static project => project.Contains("NuGetAudit", StringComparison.Ordinal) || project.Contains("NU190", StringComparison.Ordinal));
    }

    [Fact]
    public void Templates_keep_keys_of_callbacks_out_of_the_hosts_log()
    {
        var settings = Directory.EnumerateFiles(RepositoryRoot.PathTo("templates"), "appsettings.json", SearchOption.AllDirectories)
            .Where(static f => f.Split(Path.DirectorySeparatorChar) is var parts && !parts.Contains("obj") && !parts.Contains("bin")).ToList();

        Assert.Equal(3, settings.Count);
        Assert.All(settings, static file =>
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            Assert.Equal("Warning", document.RootElement.GetProperty("Logging").GetProperty("LogLevel").GetProperty("Microsoft.AspNetCore").GetString());
        });
    }

    [Fact]
    public void Log_messages_of_all_packages_have_event_ids_of_their_own()
    {
        var ids = new[] { "runtime", "server", "redis", "emulator", "importer" }
            .SelectMany(static f => Directory.EnumerateFiles(RepositoryRoot.PathTo(f), "*.cs", SearchOption.AllDirectories))
            .Where(static f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(static f => LogMessage().Matches(File.ReadAllText(f)).Select(static m => m.Groups[1].Value))
            .ToList();

        Assert.NotEmpty(ids);
        Assert.Empty(ids.GroupBy(static i => i).Where(static g => g.Count() > 1).Select(static g => g.Key));
    }

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId\s*=\s*)?(\d+)", RegexOptions.None, 1000)]
    private static partial Regex LogMessage();

    [GeneratedRegex("\"([^\"]+\\.csproj)\"", RegexOptions.None, 1000)]
    private static partial Regex Project();
}
