using System.Text.Json;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Docs.Tests;

/// <summary>The JSON of the pages is JSON, and what is meant as a spec file of a project is one.</summary>
public sealed class JsonBlockTests
{
    public static TheoryData<string> PagesWithJson => [.. Pages.All.Where(static p => Pages.Blocks(p).Any(static b => b.Language == "json"))];

    [Theory]
    [MemberData(nameof(PagesWithJson))]
    public void Json_can_be_read(string page)
    {
        foreach (var block in Pages.Blocks(page).Where(static b => b.Language == "json"))
        {
            // The page of the format shows members without the object around them.
            using var document = JsonDocument.Parse(block.Text.StartsWith('"') ? $"{{{block.Text}}}" : block.Text, new() { AllowDuplicateProperties = false });
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        }
    }

    [Theory]
    [MemberData(nameof(PagesWithJson))]
    public void Spec_files_have_no_finding(string page)
    {
        foreach (var block in Pages.Blocks(page).Where(static b => b.Language == "json" && b.Text.Contains("\"api\":", StringComparison.Ordinal)))
        {
            Assert.EndsWith(SpecFileName.Extension, block.Kind, StringComparison.Ordinal);
            var own = SpecReader.Read($"/project/{block.Kind}", block.Text, user: true);
            var set = SpecSet.Create([.. PackagedFiles.All.Select(static f => SpecReader.Read(f.Path, f.Text)), own]);
            Assert.Equal([], own.Diagnostics.Concat(set.Diagnostics.Where(d => d.Path == own.Path)).Select(static d => d.Message));
        }
    }
}
