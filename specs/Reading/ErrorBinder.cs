using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Binds error codes: of rules, of methods, of the API.</summary>
internal sealed class ErrorBinder(BindContext context)
{
    private const string Within = "*.";

    private static readonly string[] RuleWords = [.. RuleIds.Words.Concat(RuleIds.ServerWords).OrderBy(static w => w, StringComparer.Ordinal)];

    /// <summary>Rule word to code, or to a code with a message: <c>{ "pattern": "BAD_NAME" }</c>.</summary>
    public EquatableArray<RuleError> BindRuleErrors(SpecObject owner, string key)
    {
        if (owner.Get(key) is not { } node || SpecObject.OpenMap(context, node, owner.At(key), $"\"{key}\"") is not { } map)
            return default;
        var errors = new List<RuleError>();
        foreach (var property in map.Members())
        {
            var rule = property.Name;
            var word = rule.StartsWith(Within, StringComparison.Ordinal) ? rule.Substring(Within.Length) : rule;
            if (!RuleIds.IsWord(word))
            {
                context.Report(
                    RuleIds.SpecRule, map.At(rule), property.NameRange,
                    $"No rule is called \"{BindContext.Quote(word)}\". {BindContext.Hint(word, RuleWords, "Rules")}");
                continue;
            }

            if (BindRuleError(rule, property.Value, map) is { } error)
                errors.Add(error);
        }

        return new([.. errors]);
    }

    /// <summary>A list of codes, or code to message, to <c>{ message, status }</c>, or to several of these.</summary>
    /// <param name="owner">What has the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="texts">Messages of codes that give none.</param>
    public EquatableArray<ErrorSpec> BindErrors(SpecObject owner, string key, ILookup<string, ErrorSpec>? texts = null)
    {
        var errors = new List<ErrorSpec>();
        switch (owner.Get(key))
        {
            case null:
                break;
            case JsonArray:
                foreach (var code in owner.Texts(key))
                    AddByCode(errors, new(code), texts);
                break;
            case JsonObject node when SpecObject.OpenMap(context, node, owner.At(key), $"\"{key}\"") is { } map:
                foreach (var property in map.Members(nameless: true))
                    AddError(errors, property, map, texts);
                break;
            case var other:
                owner.Wrong(key, other, $"is {{ \"CODE\": \"message\" }} or [ \"CODE\" ], not {SpecObject.Describe(other)}");
                break;
        }

        return new([.. errors]);
    }

    private RuleError? BindRuleError(string rule, JsonNode node, SpecObject map)
    {
        switch (node)
        {
            case JsonString { Value.Length: > 0 } code:
                return new(rule, code.Value);
            case JsonObject when SpecObject.Open(context, node, map.At(rule), SpecKeys.RuleError) is { } value:
                value.Missing("code", "Name the server's error code.");
                return value.Text("code") is { } named ? new(rule, named, value.Text("message")) : null;
            case JsonObject:
                return null;
            default:
                map.Wrong(rule, node, $"is the server's error code, or {{ \"code\", \"message\" }}, not {SpecObject.Describe(node)}");
                return null;
        }
    }

    private void AddError(List<ErrorSpec> errors, JsonProperty property, SpecObject map, ILookup<string, ErrorSpec>? texts)
    {
        var code = property.Name;
        if (property.Value is not JsonArray list)
        {
            AddMessage(errors, code, property.Value, map.At(code), texts);
            return;
        }

        if (list.Items.Count == 0)
            map.Wrong(code, list, "may not be empty; write null for a code without a message");
        for (var i = 0; i < list.Items.Count; i++)
        {
            var at = map.At(code).Member(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            AddMessage(errors, code, list.Items[i], at, texts);
        }
    }

    private void AddMessage(List<ErrorSpec> errors, string code, JsonNode node, NodePointer pointer, ILookup<string, ErrorSpec>? texts)
    {
        switch (node)
        {
            case JsonString { Value.Length: > 0 } message:
                errors.Add(new(code, message.Value));
                break;
            case JsonNull or JsonString:
                AddByCode(errors, new(code), texts);
                break;
            case JsonObject when SpecObject.Open(context, node, pointer, SpecKeys.Error) is { } value:
                AddByCode(errors, new(code, value.Text("message"), Status(value)), texts);
                break;
            case JsonObject:
                break;
            default:
                context.Report(RuleIds.SpecShape, pointer, node.Range, $"A message belongs here, or {{ \"message\", \"status\" }}, not {SpecObject.Describe(node)}.");
                break;
        }
    }

    private static void AddByCode(List<ErrorSpec> errors, ErrorSpec error, ILookup<string, ErrorSpec>? texts)
    {
        if (error.Message is not null || texts is null || !texts.Contains(error.Code))
        {
            errors.Add(error);
            return;
        }

        foreach (var text in texts[error.Code])
            errors.Add(text with { Status = error.Status ?? text.Status });
    }

    /// <summary>An HTTP status, or null.</summary>
    public static int? Status(SpecObject value)
    {
        var status = value.Whole("status", 100);
        if (status is not > 599)
            return status;
        value.Report(RuleIds.SpecRule, "status", "An HTTP status is between 100 and 599.");
        return null;
    }
}
