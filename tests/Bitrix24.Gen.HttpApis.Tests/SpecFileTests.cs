using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;

public class SpecFileTests
{
    [Theory]
    [InlineData("vibecode")]
    [InlineData("amocrm")]
    public void Packaged_specs_are_free_of_findings(string api)
    {
        var documents = SpecSets.Documents(api);
        Assert.Equal([], documents.SelectMany(d => d.Diagnostics).Select(d => $"{Path.GetFileName(d.Path)} {d.Id} {d.Message}"));
        Assert.Equal([], SpecSet.Create(documents).Diagnostics.Select(d => $"{Path.GetFileName(d.Path)} {d.Id} {d.Message}"));
    }
}
