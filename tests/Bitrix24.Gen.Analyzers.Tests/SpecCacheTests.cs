using System.Collections.Concurrent;
using Bitrix24.Gen.Analyzers.Tests.Harness;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Generator and analyzers share what they parse.</summary>
public class SpecCacheTests
{
    [Fact]
    public async Task A_spec_file_is_parsed_once_for_each_content()
    {
        // A folder that no other test reads.
        const string folder = "/once/specs/";
        var parsed = new ConcurrentBag<string>();
        Action<string> count = path =>
        {
            if (path.StartsWith(folder, StringComparison.Ordinal))
                parsed.Add(path);
        };
        SpecCache.Parsed += count;
        try
        {
            await BuildAsync(Files(folder));
            Assert.NotEmpty(parsed);
            Assert.Equal(parsed.Distinct().Count(), parsed.Count);

            // Another build has texts of its own, with the same content.
            var first = parsed.Count;
            await BuildAsync(Files(folder));
            Assert.Equal(first, parsed.Count);

            await BuildAsync([.. Files(folder).Select(static f =>
                f.Path.EndsWith("biconnector.dataset.b24.json", StringComparison.Ordinal) ? new SpecText(f.Path, f.GetText() + "\n", packaged: true) : f)]);
            Assert.Equal(first + 1, parsed.Count);
        }
        finally
        {
            SpecCache.Parsed -= count;
        }
    }

    [Fact]
    public void Every_client_attribute_of_the_runtime_is_named_by_one_profile()
    {
        var classes = typeof(Bitrix24Client).Assembly.GetExportedTypes()
            .Where(static t => t.IsSubclassOf(typeof(Attribute)) && t.Name.EndsWith("ClientAttribute", StringComparison.Ordinal))
            .Select(static t => t.FullName!);

        Assert.Equal(classes.Order(StringComparer.Ordinal), ClientAttributes.All.Select(static a => a.FullName).Order(StringComparer.Ordinal));
        Assert.Equal(SpecSelector.DefaultApi, ClientAttributes.All[0].Api);
    }

    private static SpecText[] Files(string folder) =>
        [.. SpecText.OfRepository.Select(s => new SpecText(folder + Path.GetFileName(Path.GetDirectoryName(s.Path)) + "/" + Path.GetFileName(s.Path), s.GetText().ToString(), packaged: true))];

    private static async Task BuildAsync(SpecText[] specs)
    {
        var compilation = Analysis.Generate(
            Analysis.Compile([("Portal.cs", Sample.RawUsings + Sample.TypedPortal), ("Sample.cs", Sample.Statements("await portal.CallAsync(\"biconnector.dataset.get\", new { id = 5 });"))]), specs);
        Assert.Empty(await Analysis.RunAsync(compilation, specs));
    }
}
