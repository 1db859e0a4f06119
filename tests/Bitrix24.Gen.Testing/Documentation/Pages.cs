namespace Bitrix24.Gen.Testing;

/// <summary>The pages of the repository that people read, by their path within it.</summary>
public static class Pages
{
    /// <summary>All but those of the rules, whose examples <c>RulePageTests</c> plays.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "SECURITY.md" },
        .. new[] { "docs", "client", "server", "redis", "importer", "emulator", "package", "templates", "tests/Newcomer" }
            .SelectMany(static f => Directory.EnumerateFiles(RepositoryRoot.PathTo(f), "*.md", SearchOption.AllDirectories))
            .Select(static f => Path.GetRelativePath(RepositoryRoot.Folder, f).Replace('\\', '/'))
            .Where(static f => !f.StartsWith("docs/rules/B24", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string page) => File.ReadAllText(RepositoryRoot.PathTo(page)).ReplaceLineEndings("\n");

    public static IReadOnlyList<CodeBlock> Blocks(string page) => CodeBlock.Read(Read(page));
}
