using System.Text.Json;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

/// <summary>Calls as applications write them: in any case of names, by position, with maps for lists, with what only the server documents.</summary>
public class EverydayCallTests
{
    public static TheoryData<string, string> Calls
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var line in File.ReadLines(RepositoryRoot.PathTo("tests", "Fixtures", "everyday-calls.jsonl")))
            {
                using var call = JsonDocument.Parse(line);
                data.Add(call.RootElement.GetProperty("method").GetString()!, call.RootElement.GetProperty("params").GetRawText());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Call_HasNoFinding(string method, string parameters) => Assert.DoesNotContain(
        SpecValidator.ValidateCall(PackagedSpecs.Set, "bitrix24", method, PackagedSpecs.Json(parameters)),
        static v => v.Severity is RuleSeverity.Error || (v.Severity is RuleSeverity.Warning && v.RuleId != "B24114"));

    [Theory]
    [InlineData("""{ "filter": { "entityId": "DEAL_STAGE", "sort": 100 }, "sort": { "sort": "asc" }, "select": ["id", "sort"] }""", "")]
    [InlineData("""{ "filter": { "sort": { "id": "asc" } } }""", "unknown filter.sort")]
    public void Record_that_nobody_has_described_may_have_a_field_named_as_a_parameter(string parameters, string expected) =>
        Assert.Equal(expected, SpecValidator.ValidateCall(SpecSets.Of("vibecode"), "vibecode", "statuses.search", PackagedSpecs.Json(parameters)).Short());

    [Fact]
    public void An_unknown_member_of_an_aggregation_is_not_called_a_field_of_the_records()
    {
        var call = """{"aggregate": [{"field": "amount", "function": "sum", "x": 1}, {"field": "amuont", "function": "sum"}]}""";
        var found = SpecValidator.ValidateCall(SpecSets.Of("vibecode"), "vibecode", "deals.aggregate", PackagedSpecs.Json(call));
        Assert.Equal("Unknown name \"x\".", found[0].Message);
        Assert.StartsWith("Field \"amuont\" not found. Available fields: id, title", found[1].Message, StringComparison.Ordinal);
    }
}
