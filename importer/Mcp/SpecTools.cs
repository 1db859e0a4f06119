using System.ComponentModel;
using System.Text.Json;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;
using JsonProperty = Bitrix24.Gen.Specs.JsonProperty;

namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>The tools that need specs alone: search, describe, validate, snippet.</summary>
/// <param name="set">The specs.</param>
internal sealed class SpecTools(SpecSet set)
{
    private readonly Lazy<SpecSearch> _search = new(() => new(set));

    public string Search(
        [Description("Words in English or Russian: 'create a deal', 'список задач', 'when a deal changes'; or a method's name.")] string query,
        [Description("bitrix24 (REST v2), bitrix24-v3, vibecode or amocrm; default: all.")] string? api = null,
        [Description("How many to answer, 1 to 50.")] int limit = 10)
    {
        var methods = _search.Value.Find(query, api, limit);
        return ReportJson.Serialize(new
        {
            methods,
            hint = methods.Count == 0 ? "Nothing fits. Say what to do and to what, such as 'create a deal' or 'list of tasks'; describe takes an exact name." : null,
            events = api is null or SpecSet.DefaultApi && _search.Value.FindEvents(query) is { Count: > 0 } events ? events : null,
        });
    }

    public string Describe(
        [Description("The method's name, such as crm.deal.add.")] string method,
        [Description("The API; default bitrix24.")] string api = SpecSet.DefaultApi)
    {
        if (set.FindMethod(method, api) is not { } spec)
            return Unknown(method, api);
        var facts = new List<JsonProperty>();
        void Add(string name, string? value)
        {
            if (value is not null)
                facts.Add(new(name, default, new JsonString(default, value)));
        }

        Add("method", spec.WireName);
        Add("api", api);
        Add("docs", spec.Docs);
        Add("calledBy", spec.AllowWebhook == spec.AllowApplication ? "webhook, application" : spec.AllowWebhook ? "webhook" : "application");
        Add("retry", spec.Idempotency switch
        {
            Idempotency.Read => "reads: may be repeated",
            Idempotency.Safe => "may be repeated with the same effect",
            _ => "must not be repeated blindly",
        });
        Add("note", SpecSearch.Of(spec).Note);
        Add("client", Client(api, spec));
        Add("typedRequest", CSharpNames.Stem(spec, set.Profile(api)) + "Request");
        facts.Add(new("spec", default, MethodDescription.Of(set, spec)));
        return JsonFormatter.Format(new JsonObject(default, facts));
    }

    public string ValidateCall(
        [Description("The method's name.")] string method,
        [Description("The parameters as a JSON object.")] JsonElement parameters,
        [Description("The API; default bitrix24.")] string api = SpecSet.DefaultApi) =>
        ReportJson.Serialize(Check(method, parameters, api));

    public string CSharpSnippet(
        [Description("The method's name.")] string method,
        [Description("The parameters as a JSON object.")] JsonElement parameters,
        [Description("The API; default bitrix24.")] string api = SpecSet.DefaultApi)
    {
        if (set.FindMethod(method, api) is not { } spec)
            return Unknown(method, api);
        var check = Check(method, parameters, api);
        if (!check.Valid)
            return ReportJson.Serialize(check);
        var given = Node(parameters) as JsonObject;
        var (called, sent) = Called(method, given, api);
        var typed = TypedCall.Write(set, spec, given);
        var usings = (typed?.Namespaces ?? []).Prepend("Bitrix24").Select(static n => $"using {n};\n");
        var call = typed switch
        {
            { IsList: true } => $"await foreach (var item in {typed.Code})\n    Console.WriteLine(item);\n",
            not null when spec is { Result: null, NoResult: true } => $"await {typed.Code};\n",
            not null => $"var result = await {typed.Code};\n",
            _ => $"var result = await portal.CallAsync({CSharpLiteral.Of(SpecSelector.InCall(api, set.FindMethod(called, api)!.WireName))}, {CSharpLiteral.Of(sent?.ToJsonText() ?? "{}")});\n",
        };
        return ReportJson.Serialize(new
        {
            typed = typed is not null,
            code = string.Concat(usings) + "\n" + call,
            client = Client(api, spec),
            note = typed is null ? "Some value has no typed member: the call by name is checked and sends the same."
                : typed.HasExtra ? "A custom field in Extra becomes a typed member after b24-spec pull."
                : null,
            warnings = check.Violations,
        });
    }

    /// <summary>What rules a call breaks.</summary>
    public CallCheckResult Check(string method, JsonElement parameters, string api)
    {
        var (called, given) = Called(method, Node(parameters), api);
        var violations = SpecValidator.ValidateCall(set, api, called, given);
        var other = set.FindMethod(method, api) is null ? set.Apis.FirstOrDefault(a => set.FindMethod(method, a) is { Undocumented: false }) : null;
        return new(
            violations.All(static v => v.Severity != RuleSeverity.Error),
            [.. violations.Select(v => new BrokenRule(
                v.RuleId, RuleCatalog.Find(v.RuleId)?.Title, v.Severity.ToString().ToLowerInvariant(), v.Path, v.Message, v.Code, Fix(v), RuleIds.Pages + v.RuleId + ".md"))]);

        string Fix(SpecViolation violation) => violation.RuleId == RuleIds.UnknownMethod && other is not null
            ? $"It is a method of another API: pass \"api\": \"{other}\"."
            : FixText.Of(violation, set.Profile(api));
    }

    // Assistants send an object, or its text.
    public static JsonNode? Node(JsonElement parameters) => parameters.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => new JsonObject(default, []),
        JsonValueKind.String => JsonReader.Read(parameters.GetString()!).Root ?? JsonReader.Read(parameters.GetRawText()).Root,
        _ => JsonReader.Read(parameters.GetRawText()).Root,
    };

    /// <summary>The method that a call reaches and what it is given: a method of a smart process is a general one with the process's number.</summary>
    private (string Method, JsonNode? Parameters) Called(string method, JsonNode? parameters, string api)
    {
        if (set.FindMethod(method, api) is not { Calls: { } calls } own || parameters is not JsonObject given)
            return (method, parameters);
        var added = own.Params.Where(p => p.Fixed is not null && given.Find(p.Name) is null)
            .Select(static p => new JsonProperty(p.Name, default, JsonReader.Read(p.Fixed!).Root ?? new JsonString(default, p.Fixed!)));
        return (calls, new JsonObject(default, [.. added, .. given.Properties]));
    }

    private string Unknown(string method, string api) =>
        ReportJson.Serialize(Check(method, default, api) with { Valid = false });

    private string Client(string api, MethodSpec method)
    {
        var attribute = set.Profile(api).Client ?? set.Profile(SpecSet.DefaultApi).Client;
        return $"[{attribute}({CSharpLiteral.Of(SpecSelector.InCall(api, method.File))})] public partial class Portal;";
    }
}

/// <summary>Whether a call may be sent.</summary>
/// <param name="Valid">No rule is broken that the server is certain to refuse.</param>
/// <param name="Violations">What is broken; warnings too.</param>
internal sealed record CallCheckResult(bool Valid, IReadOnlyList<BrokenRule> Violations);

/// <param name="Rule">The id of the rule.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Severity">error, warning or info.</param>
/// <param name="Path">Where; empty: the call.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Code">The code with which the server would answer.</param>
/// <param name="Fix">What to do.</param>
/// <param name="Page">The page of the rule.</param>
internal sealed record BrokenRule(string Rule, string? Title, string Severity, string Path, string Message, string? Code, string Fix, string Page);
