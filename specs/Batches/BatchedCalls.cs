using System.Globalization;
using System.Linq;
using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Specs;

/// <summary>Finds the calls within the parameters of a batch.</summary>
public static class BatchedCalls
{
    /// <summary>The calls that can be read, in their order.</summary>
    /// <param name="batch">How the API's batches are written.</param>
    /// <param name="parameters">The batch's parameters.</param>
    /// <param name="textOf">The text of a command; null: the text of the node itself.</param>
    public static IEnumerable<BatchedCall> Read(BatchSpec batch, JsonNode? parameters, Func<JsonNode, CommandText?>? textOf = null)
    {
        var commands = (parameters as JsonObject)?.Find(batch.Param)?.Value;
        if (batch.Form == BatchForm.Calls)
            return commands is JsonArray calls ? Calls(calls, batch.Param) : parameters is JsonArray list ? Calls(list, "") : [];
        textOf ??= static node => node is JsonString text ? CommandText.At(text.Value, text.Range) : null;
        return Commands(commands, batch.Param, textOf);
    }

    /// <summary>Says of commands that are no text how they are written: people take the form of another API, or that of a library's own batch.</summary>
    public static IReadOnlyList<SpecViolation> Explain(BatchSpec batch, IReadOnlyList<SpecViolation> violations) =>
        batch.Form != BatchForm.Commands || !violations.Any(v => IsOfCommands(batch, v)) ? violations
            : [.. violations.Select(v => !IsOfCommands(batch, v) ? v : v with
            {
                Message = v.Path == batch.Param
                    ? $"\"{batch.Param}\" must be an object or a list of commands, each a text such as \"crm.deal.get?ID=5\"."
                    : "A command of a batch is a text such as \"crm.deal.get?ID=5\"; the server skips anything else.",
                Suggestion = BatchCommand.Write(v.Value) ?? v.Suggestion,
            })];

    /// <summary>What is wrong with a batch that no method describes: the form of its calls, and answers that none of them gives.</summary>
    public static IEnumerable<SpecViolation> Problems(BatchSpec batch, JsonNode? parameters) =>
        batch.Form == BatchForm.Commands ? Strays((parameters as JsonObject)?.Find(batch.Param)?.Value, batch.Param) : FormProblems(batch, parameters);

    /// <summary>References to answers of commands that do not stand before them: the server sends such a text as it is.</summary>
    private static IEnumerable<SpecViolation> Strays(JsonNode? commands, string path)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (commands is JsonObject { Partial: true } or JsonArray { Partial: true })
            yield break;
        foreach (var (key, at, value) in Named(commands, path))
        {
            foreach (var missing in value is JsonString text ? DeferredValue.Keys(text.Value).Where(k => !known.Contains(k)).Distinct(StringComparer.Ordinal) : [])
            {
                var message = $"No command before this one is called \"{missing}\": the reference stays as it is.";
                yield return new(RuleIds.UnknownField, "reference", at, null, message, RuleSeverity.Warning, value.Range, Suggestion.Nearest(missing, known));
            }

            known.Add(key);
        }
    }

    private static IEnumerable<(string Key, string Path, JsonNode Value)> Named(JsonNode? commands, string path) => commands switch
    {
        JsonObject named => named.Properties.Select(p => (p.Name, $"{path}.{p.Name}", p.Value)),
        JsonArray listed => listed.Items.Select((item, i) => (i.ToString(CultureInfo.InvariantCulture), Item(path, i), item)),
        _ => [],
    };

    private static IEnumerable<SpecViolation> FormProblems(BatchSpec batch, JsonNode? parameters)
    {
        if (parameters is JsonUnknown or JsonObject { Partial: true })
            yield break;
        const string form = "{ \"method\": \"tasks.task.get\", \"query\": { \"id\": 5 } }";
        var calls = parameters as JsonArray ?? (parameters as JsonObject)?.Find(batch.Param)?.Value;
        if (calls is JsonUnknown)
            yield break;
        if (calls is not JsonArray { Items: var items })
        {
            yield return new(RuleIds.Required, "required", "", null, $"A batch of this API is a list of calls: [{form}].", RuleSeverity.Error, parameters?.Range ?? default);
            yield break;
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not (JsonUnknown or JsonObject { Partial: true }) && (items[i] as JsonObject)?.Find("method")?.Value is not (JsonString or JsonUnknown))
            {
                yield return new(
                    RuleIds.Required, "required", Item(parameters is JsonArray ? "" : batch.Param, i), null, $"A call of this batch is {form}.", RuleSeverity.Error, items[i].Range);
            }
        }
    }

    private static bool IsOfCommands(BatchSpec batch, SpecViolation violation) =>
        violation.Rule == "type" && violation.Path.StartsWith(batch.Param, StringComparison.Ordinal);

    private static IEnumerable<BatchedCall> Commands(JsonNode? commands, string path, Func<JsonNode, CommandText?> textOf)
    {
        foreach (var (_, at, value) in Named(commands, path))
        {
            if (textOf(value) is { } text && BatchCommand.Read(text) is { } command)
                yield return new(command.Method, command.MethodRange, at, command.Parameters, IsQuery: true);
        }
    }

    private static IEnumerable<BatchedCall> Calls(JsonArray calls, string path)
    {
        for (var i = 0; i < calls.Items.Count; i++)
        {
            if (calls.Items[i] is not JsonObject call || call.Find("method")?.Value is not JsonString method)
                continue;
            var query = call.Find("query");
            var given = query is null && call.Partial ? new JsonUnknown(call.Range) : query?.Value;
            yield return new(method.Value, method.Range, Item(path, i), given, IsQuery: false) { ParametersPath = Item(path, i) + ".query" };
        }
    }

    private static string Item(string path, int index) => $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]";
}
