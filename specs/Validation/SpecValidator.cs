namespace Bitrix24.Gen.Specs;

/// <summary>Judges calls and answers against specs: the one validator behind analyzers, emulator and importer.</summary>
public static class SpecValidator
{
    /// <summary>Judges the parameters of a call. Never throws.</summary>
    /// <param name="set">The specs.</param>
    /// <param name="method">The method.</param>
    /// <param name="parameters">The parameters as JSON; null: none.</param>
    /// <returns>The violations in the order in which the server meets them: it answers the first that has a code.</returns>
    public static IReadOnlyList<Violation> Validate(SpecSet set, MethodSpec method, JsonNode? parameters) =>
        new RequestJudge(set, method).Judge(parameters);

    /// <summary>Judges a call by name: an unknown method is a violation, and so is a deprecated one.</summary>
    public static IReadOnlyList<Violation> ValidateCall(SpecSet set, string api, string methodName, JsonNode? parameters)
    {
        if (set.FindMethod(methodName, api) is not { } method)
            return [UnknownMethod(set, api, methodName)];
        var violations = Validate(set, method, parameters);
        return method.Deprecated ? [.. violations, Deprecated(set, method)] : violations;
    }

    /// <summary>Judges an answer: whether it has the form that the spec gives the result, or an error that the method names.</summary>
    /// <param name="set">The specs.</param>
    /// <param name="method">The method.</param>
    /// <param name="response">The whole body.</param>
    public static IReadOnlyList<Violation> ValidateResponse(SpecSet set, MethodSpec method, JsonNode response) =>
        new ResponseJudge(set, method).Judge(response);

    /// <summary>
    /// The violation of a rule that hangs on what the server keeps, or on who calls: <c>reference</c>, <c>unique</c>, <c>auth</c> …
    /// Whether it is broken only the server knows; how it is told, the spec does.
    /// </summary>
    /// <param name="set">The specs.</param>
    /// <param name="method">The method.</param>
    /// <param name="rule">The rule word.</param>
    /// <param name="path">Where in the parameters; empty: the call as a whole.</param>
    /// <param name="chain">The parameter and the fields within it, down to the one that breaks the rule; empty: the method.</param>
    /// <param name="owner">The type that the last of them belongs to; null: it is a parameter.</param>
    /// <param name="value">The value or values that break it, for the text.</param>
    public static Violation ServerViolation(
        SpecSet set, MethodSpec method, string rule, string path, IReadOnlyList<FieldSpec> chain, TypeSpec? owner = null, string? value = null)
    {
        ValuePlace? place = null;
        for (var i = 0; i < chain.Count; i++)
            place = new(chain[i], i == chain.Count - 1 ? owner : null, path, place);
        var findings = new Findings(set, method);
        findings.AddState(rule, path, place, new(place?.Field.Name ?? "", place?.Field.Type, value, value));
        return findings.Sorted[0];
    }

    private static Violation UnknownMethod(SpecSet set, string api, string name)
    {
        var method = new MethodSpec { Name = name, Api = api, File = "" };
        var findings = new Findings(set, method);
        findings.AddWithin(
            RuleIds.UnknownMethod, "method", "", null, null, default, new(name, Value: name), Suggestion.Nearest(name, set.MethodNames(api)));
        return findings.Sorted[0];
    }

    private static Violation Deprecated(SpecSet set, MethodSpec method)
    {
        var findings = new Findings(set, method);
        findings.AddWithin(
            RuleIds.Deprecated, "deprecated", "", null, null, default, new(method.Name, Value: method.Replacement), method.Replacement);
        return findings.Sorted[0];
    }
}
