using System.Linq;
using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Specs;

/// <summary>Validates calls and answers against specs, for analyzers, emulator and importer: lowers the method and runs the rule engine.</summary>
public static class SpecValidator
{
    /// <summary>Validates the parameters of a call. Never throws.</summary>
    /// <param name="set">The specs.</param>
    /// <param name="method">The method.</param>
    /// <param name="parameters">The parameters as JSON; null: none.</param>
    /// <param name="inBatch">The call is a command of a batch: <c>$result[…]</c> and its like are no literals.</param>
    /// <returns>The violations in the order in which the server meets them: it answers the first that has a code.</returns>
    public static IReadOnlyList<SpecViolation> Validate(SpecSet set, MethodSpec method, JsonNode? parameters, bool inBatch = false) =>
        RequestValidator<NodeValue>.Validate(
            set.Contract.Method(method), new(parameters, null, inBatch), suggests: true, isQuery: false, call: null, SpecViolation.Of);

    /// <summary>Validates a call of a batch; paths are those within its own parameters.</summary>
    public static IReadOnlyList<SpecViolation> Validate(SpecSet set, MethodSpec method, BatchedCall call) =>
        RequestValidator<NodeValue>.Validate(
            set.Contract.Method(method), new(call.Parameters, null, inBatch: true), suggests: true, call.IsQuery,
            method.Batchable ? null : static context => context.AddNotBatchable(), SpecViolation.Of);

    /// <summary>
    /// Validates a call by name: an unknown method is a violation, and so is one that is deprecated or superseded. Of a
    /// batch, the calls within are validated too; their paths begin with that of the call.
    /// </summary>
    /// <param name="set">The specs.</param>
    /// <param name="api">The API.</param>
    /// <param name="methodName">The method's name.</param>
    /// <param name="parameters">The parameters as JSON; null: none.</param>
    /// <param name="inBatch">The call may be a command of a batch: <c>$result[…]</c> and its like are no literals.</param>
    public static IReadOnlyList<SpecViolation> ValidateCall(SpecSet set, string api, string methodName, JsonNode? parameters, bool inBatch = false)
    {
        var batch = set.Profile(api).Batch is { } known && known.Is(methodName) ? known : null;
        var method = Find(set, api, methodName);
        if (batch is null)
        {
            return method is null ? [UnknownMethod(set, api, methodName)]
                : [.. Advised(set, method, parameters, Validate(set, method, parameters, inBatch))];
        }

        var own = method is null ? [] : BatchedCalls.Explain(batch, Validate(set, method, parameters, inBatch));
        return [.. own, .. BatchedCalls.Problems(batch, parameters), .. BatchedCalls.Read(batch, parameters).SelectMany(c => ValidateBatched(set, api, c))];
    }

    // A name that is the spec's own is none that the server knows.
    private static MethodSpec? Find(SpecSet set, string api, string name) => set.FindMethod(name, api) is { Calls: null } method ? method : null;

    private static IEnumerable<SpecViolation> ValidateBatched(SpecSet set, string api, BatchedCall call)
    {
        if (Find(set, api, call.Method) is not { } method)
            return [UnknownMethod(set, api, call.Method) with { Path = call.Path, Range = call.Range }];
        return Advised(set, method, call.Parameters, Validate(set, method, call)).Select(v => v with
        {
            Path = v.Path.Length == 0 ? call.Path : $"{call.ParametersPath}.{v.Path}",
            Range = v.Path.Length == 0 ? call.Range : v.Range,
        });
    }

    /// <summary>What the engine found, then what is known of codes and of the method itself.</summary>
    private static IEnumerable<SpecViolation> Advised(SpecSet set, MethodSpec method, JsonNode? parameters, IReadOnlyList<SpecViolation> found) =>
        found.Concat(UnknownCodes(set, method, parameters)).Concat(Retired(set, method));

    private static IEnumerable<SpecViolation> UnknownCodes(SpecSet set, MethodSpec method, JsonNode? parameters) =>
        CodeRule.Check(method, parameters, kind => set.Codes(method.Api, kind)).Where(static c => c.Nearest is not null || CodeRule.HasForm(c.Code)).Select(static c =>
            new SpecViolation(RuleIds.UnknownCode, CodeRule.Word, c.Path, null, c.Message, RuleIds.SeverityOf(RuleIds.UnknownCode), c.Range, c.Nearest));

    private static IEnumerable<SpecViolation> Retired(SpecSet set, MethodSpec method) =>
        method.Deprecated ? [Retired(set, method, RuleIds.Deprecated, "deprecated")]
            : method.Superseded ? [Retired(set, method, RuleIds.Superseded, "superseded")]
            : [];

    /// <summary>Validates an answer: whether it has the form that the spec gives the result, or an error that the method names.</summary>
    /// <param name="set">The specs.</param>
    /// <param name="method">The method.</param>
    /// <param name="response">The whole body.</param>
    public static IReadOnlyList<SpecViolation> ValidateResponse(SpecSet set, MethodSpec method, JsonNode response) =>
        new ResponseValidator(set, method).Validate(response);

    /// <summary>Validates what an application answers to a callback: by the rules of what is sent, as a portal checks it.</summary>
    /// <param name="set">The specs.</param>
    /// <param name="api">The API of the callback.</param>
    /// <param name="callback">The callback.</param>
    /// <param name="answer">The answer; null: it is no JSON.</param>
    public static IReadOnlyList<SpecViolation> ValidateAnswer(SpecSet set, string api, CallbackSpec callback, JsonNode? answer)
    {
        if (callback.Answer is not { } field)
            return [];
        if (answer is JsonObject && set.ResolveType(field.Type, api) is { Scalar: null } type)
            return Validate(set, new() { Name = callback.Name, Api = api, File = callback.File, Params = type.Fields, OpenParams = type.Open }, answer);
        // A list, or what should be an object and is none.
        var method = new MethodSpec { Name = callback.Name, Api = api, File = callback.File, Params = new([field]) };
        return Validate(set, method, new JsonObject(answer?.Range ?? default, answer is null ? [] : [new(field.Name, default, answer)]));
    }

    /// <summary>
    /// The violation of a rule that hangs on what the server keeps, or on who calls: <c>reference</c>, <c>unique</c>, <c>auth</c> …
    /// Whether it is broken only the server knows; its code and text the spec has.
    /// </summary>
    /// <param name="set">The specs.</param>
    /// <param name="method">The method.</param>
    /// <param name="rule">The rule word.</param>
    /// <param name="path">Where in the parameters; empty: the call as a whole.</param>
    /// <param name="chain">The parameter and the fields within it, down to the one that breaks the rule; empty: the method.</param>
    /// <param name="owner">The type that the last of them belongs to; null: it is a parameter.</param>
    /// <param name="value">The value or values that break it, for the text.</param>
    public static SpecViolation ServerViolation(
        SpecSet set, MethodSpec method, string rule, string path, IReadOnlyList<FieldSpec> chain, TypeSpec? owner = null, string? value = null)
    {
        var contract = set.Contract;
        return Single(set, method, context =>
        {
            for (var i = 0; i < chain.Count; i++)
                context.Push(contract.Field(chain[i], method.Api), i == chain.Count - 1 && owner is not null ? contract.Type(owner, method.Api) : null);
            var field = context.Field;
            context.Add(rule, default, new(field?.Name ?? "", field is null ? null : new FieldShape(field), field?.Rules, value, value));
        }) with
        { Path = path };
    }

    /// <summary>Sorts violations as the server would meet them; those of equal rank keep their order.</summary>
    public static IReadOnlyList<SpecViolation> Sort(MethodSpec method, IReadOnlyList<SpecViolation> violations) =>
        violations.Count < 2 || method.CheckOrder.Count == 0
            ? violations
            : [.. violations.OrderBy(v => CheckOrder.Rank(method.CheckOrder, v.Path, v.Rule))];

    /// <summary>
    /// The violation of a call by a name that no spec has. It is advice where the specs describe nothing of the method's
    /// area and no name is near: the server may have it.
    /// </summary>
    /// <param name="set">Every spec of the API.</param>
    /// <param name="api">The API.</param>
    /// <param name="name">The method's name.</param>
    public static SpecViolation UnknownMethod(SpecSet set, string api, string name)
    {
        var (kind, binding) = Binding(set, api, name);
        var isCertain = true;
        var meant = binding ?? MethodSuggestion.Of(set, api, name, out isCertain);
        var violation = Single(set, new() { Name = name, Api = api, File = "" }, context => context.AddWithin(
            RuleIds.UnknownMethod, "method", null, default, new(name, Value: name), meant));
        if (binding is null && !set.Profile(api).Partial && Elsewhere(set, api, name) is { } other)
        {
            return violation with
            {
                Rule = "elsewhere",
                Suggestion = null,
                Message = $"\"{name}\" is a method of the API \"{other}\": call \"{SpecSelector.InCall(other, name)}\".",
            };
        }

        if (binding is not null)
            violation = violation with { Rule = CodeRule.Word, Message = $"\"{name}\" is no method but the code of {(kind == CodeKind.Event ? "an event" : "a placement")}." };
        return isCertain || set.Describes(name, api) || set.IsArea(name, api)
            ? violation
            : violation with { Severity = meant is null ? RuleSeverity.Info : RuleSeverity.Warning };
    }

    /// <summary>The other API, called by names as this one is, that has a method of that name.</summary>
    private static string? Elsewhere(SpecSet set, string api, string name) => set.Apis
        .FirstOrDefault(other => other != api && set.FindMethod(name, other) is { Http: null, Undocumented: false, Calls: null });

    /// <summary>Of a name that is the code of an event or placement, the method that binds a handler to it.</summary>
    private static (CodeKind Kind, string? Method) Binding(SpecSet set, string api, string name)
    {
        foreach (var kind in new[] { CodeKind.Event, CodeKind.Placement })
        {
            if (CodeRule.IsKnown(set, api, kind, name))
                return (kind, set.MethodNames(api).FirstOrDefault(m => set.FindMethod(m, api)!.Params.Any(p => p.Codes == kind)));
        }

        return default;
    }

    private static SpecViolation Retired(SpecSet set, MethodSpec method, string id, string rule) => Single(set, method, context => context.AddWithin(
        id, rule, null, default, new(method.Name, Value: method.Replacement), method.Replacement));

    private static SpecViolation Single(SpecSet set, MethodSpec method, Action<ValidationContext<NodeValue>> add)
    {
        var context = new ValidationContext<NodeValue>();
        context.Begin(set.Contract.Method(method), suggests: true);
        add(context);
        return context.Sorted(SpecViolation.Of)[0];
    }
}
