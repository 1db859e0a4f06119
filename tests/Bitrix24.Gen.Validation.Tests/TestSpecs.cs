using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

/// <summary>Specs written in a test.</summary>
public static class TestSpecs
{
    /// <summary>A set of one file <c>test</c> in the API <c>bitrix24</c>, with a profile.</summary>
    /// <param name="types">The <c>types</c> object.</param>
    /// <param name="method">The body of the method <c>test.call</c>.</param>
    /// <param name="profile">The <c>profile</c> object.</param>
    public static SpecSet Set(string types, string method, string profile = "{}")
    {
        SpecDocument[] documents =
        [
            SpecReader.Read("bitrix24/api.b24.json", $$"""{ "api": "bitrix24", "profile": {{profile}} }"""),
            SpecReader.Read("bitrix24/test.b24.json", $$"""{ "api": "bitrix24", "types": {{types}}, "methods": { "test.call": {{method}} } }"""),
        ];
        var set = SpecSet.Create(documents);
        Assert.Empty(documents.SelectMany(d => d.Diagnostics).Concat(set.Diagnostics).Where(d => d.Severity == RuleSeverity.Error).Select(d => d.Message));
        return set;
    }

    public static IReadOnlyList<SpecViolation> Call(this SpecSet set, string parameters) =>
        SpecValidator.ValidateCall(set, "bitrix24", "test.call", PackagedSpecs.Json(parameters));

    /// <summary>Violations of a call whose parameters are the fields given.</summary>
    public static IReadOnlyList<SpecViolation> Validate(string parameters, string json, string types = "{}") =>
        Set(types, $$"""{ "params": {{parameters}} }""").Call(json);

    /// <summary>Rule words and paths, for comparison: <c>required a.b; type c</c>.</summary>
    public static string Short(this IReadOnlyList<SpecViolation> violations) =>
        string.Join("; ", violations.Select(static v => $"{v.Rule} {v.Path}".TrimEnd()));
}
