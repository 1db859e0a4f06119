using System.Text.Json;
using Bitrix24.Gen.Specs;
using Bitrix24.Gen.Specs.Contract;
using Bitrix24.Gen.Testing;

namespace Bitrix24.Gen.Validation.Tests;

/// <summary>Calls as public code writes them, with what the server makes of them: each kind with calls that are right and calls that are not.</summary>
public class ServedCallTests
{
    public static TheoryData<string, string, string, string, string> Calls
    {
        get
        {
            var data = new TheoryData<string, string, string, string, string>();
            foreach (var line in File.ReadLines(RepositoryRoot.PathTo("tests", "Fixtures", "served-calls.jsonl")))
            {
                using var call = JsonDocument.Parse(line);
                var expected = call.RootElement.TryGetProperty("expect", out var list) ? list.EnumerateArray().Select(static f => f.GetString()!) : [];
                data.Add(
                    call.RootElement.GetProperty("kind").GetString()!,
                    call.RootElement.TryGetProperty("api", out var api) ? api.GetString()! : SpecSet.DefaultApi, call.RootElement.GetProperty("method").GetString()!,
                    call.RootElement.GetProperty("params").GetRawText(), string.Join('\n', expected));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Call_HasTheFindingsOfItsKind(string kind, string api, string method, string parameters, string expected)
    {
        var found = SpecValidator.ValidateCall(SpecSets.All, api, method, PackagedSpecs.Json(parameters))
            .Where(static v => v.Severity is RuleSeverity.Error or RuleSeverity.Warning)
            .Select(static v => $"{v.Severity} {v.RuleId} {v.Path}");
        Assert.True(string.Join('\n', found) == expected, $"{kind}: {string.Join("; ", found)}");
    }
}
