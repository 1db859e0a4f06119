using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Agreement.Tests;

/// <summary>One spec, enforced everywhere: the specs' validator and the generated code say the same of a request.</summary>
public class AgreementTests
{
    private static readonly SpecSet Specs = SpecSets.Of("bitrix24");

    [Fact]
    public void Fixtures_are_the_same_to_both()
    {
        foreach (var (method, parameters) in FixtureData.AllParameters)
            AssertAgree(method, parameters);
    }

    [Theory]
    [InlineData("crm.deal.get", """{ "ID": 5 }""", "")]
    [InlineData("crm.deal.get", """{ "ID": "five" }""", "B24106 ID")]
    [InlineData("crm.deal.update", """{ "Id": 5, "FIELDS": { "TITLE": "t", "title": 7, "Comments": true } }""", "B24102 FIELDS.title; B24102 FIELDS.Comments; B24106 FIELDS.Comments")]
    [InlineData("crm.deal.update", """{ "iD": null }""", "B24103 iD; B24103 fields")]
    [InlineData("biconnector.source.get", """{ "ID": 5 }""", "B24102 ID; B24103 id")]
    public void Names_in_another_case_are_the_same_to_both(string method, string parameters, string expected)
    {
        AssertAgree(method, parameters);
        Assert.Equal(expected, string.Join("; ", Generated(method, parameters).Select(static v => $"{v.Rule} {v.Path}")));
    }

    private static void AssertAgree(string method, string parameters)
    {
        var expected = SpecValidator.Validate(Specs, Specs.FindMethod(method)!, JsonReader.Read(parameters).Root)
            .Select(static v => (v.RuleId, v.Path, v.Code, v.Message));
        var actual = Generated(method, parameters).Select(static v => (v.Rule, v.Path, v.Code, v.Message));

        Assert.True(
            expected.SequenceEqual(actual),
            $"{method} {parameters}\nvalidator: {string.Join("; ", expected)}\ngenerated: {string.Join("; ", actual)}");
    }

    private static IReadOnlyList<Violation> Generated(string method, string parameters)
    {
        using var portal = new Portal(Bitrix24Credentials.Webhook("https://portal.example/rest/1/secret/"));
        return new JsonRequest(portal.Method(method), parameters).Validate();
    }
}
