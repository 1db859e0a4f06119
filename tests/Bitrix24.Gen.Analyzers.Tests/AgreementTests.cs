using Bitrix24.Gen.Analyzers.Tests.Forms;
using Bitrix24.Gen.Analyzers.Tests.Harness;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>
/// The analyzers say of a call what the validator says of its JSON. The generated clients are held to the same table
/// in tests/Bitrix24.Gen.Generated.Tests, so the three points of enforcement agree.
/// </summary>
public class AgreementTests
{
    [Fact]
    public async Task Analyzer_and_validator_name_the_same_rules()
    {
        var specs = SpecSet.Create(SpecText.OfRepository.Select(static s => SpecReader.Read(s.Path, s.GetText().ToString())));
        var calls = FixtureData.Mutations.Select(static m => (m.Method, m.Params))
            .Concat(FixtureData.Requests.Select(static r => (r.Method, r.Params)))
            .ToList();

        var (_, found) = await FixtureTests.AnalyseAsync(CallForm.Anonymous, calls);

        Assert.All(calls.Zip(found), pair => Assert.Equal(
            SpecValidator.ValidateCall(specs, SpecSet.DefaultApi, pair.First.Method, JsonReader.Read(pair.First.Params).Root).Select(static v => v.RuleId).Order(StringComparer.Ordinal),
            pair.Second.Select(static d => d.Id).Order(StringComparer.Ordinal)));
    }
}
