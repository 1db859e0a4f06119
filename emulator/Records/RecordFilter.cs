using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Decides which records a filter object lets through.</summary>
internal sealed class RecordFilter(ProfileSpec profile, RecordType type)
{
    private const string Logic = "logic";
    private const string Conditions = "conditions";

    private readonly FilterOperator[] _operators = [.. profile.FilterOperators.OrderByDescending(o => o.Prefix.Length)];

    private readonly Dictionary<string, Condition> _conditions = new(StringComparer.Ordinal);

    public bool Matches(JsonNode? filter, JsonObject record) => filter switch
    {
        JsonObject members when members[Conditions] is JsonArray conditions => MatchesGroup(members, conditions, record),
        JsonObject members => MatchesAll(members, record),
        JsonArray condition when JsonValues.Text(condition.FirstOrDefault()) is { } field => MatchesTriple(field, condition, record),
        JsonArray groups => groups.All(g => Matches(g, record)),
        _ => true,
    };

    private bool MatchesAll(JsonObject members, JsonObject record)
    {
        var conditions = members.Where(m => m.Key != Logic).Select(m => MatchesOne(m.Key, m.Value, record));
        return JsonValues.Text(members[Logic])?.Equals("OR", StringComparison.OrdinalIgnoreCase) == true
            ? conditions.DefaultIfEmpty(true).Any(c => c)
            : conditions.All(c => c);
    }

    /// <summary>REST 3.0's <c>{ "logic": "or", "conditions": […], "negative": true }</c>.</summary>
    private bool MatchesGroup(JsonObject group, JsonArray conditions, JsonObject record)
    {
        var matches = JsonValues.Text(group[Logic])?.Equals("OR", StringComparison.OrdinalIgnoreCase) == true
            ? conditions.Any(c => Matches(c, record))
            : conditions.All(c => Matches(c, record));
        return matches != (JsonValues.Text(group["negative"]) == "1");
    }

    /// <summary>REST 3.0's <c>[field, operator, value]</c>, and <c>[field, value]</c> for equality.</summary>
    private bool MatchesTriple(string field, JsonArray condition, JsonObject record)
    {
        var operation = condition.Count > 2 ? JsonValues.Text(condition[1]) : "=";
        var name = _operators.FirstOrDefault(o => o.Prefix == operation)?.Name ?? "equals";
        return FilterTest.Passes(name, record[field], condition[^1]);
    }

    private bool MatchesOne(string key, JsonNode? expected, JsonObject record)
    {
        if (!_conditions.TryGetValue(key, out var condition))
            _conditions[key] = condition = Parse(key);
        if (condition.IsGroup)
            return Matches(expected, record);
        if (condition.IsIgnored)
            return true;
        var actual = record[condition.Field];
        return expected is JsonObject operators && profile.FilterKeys.Count > 0
            ? operators.All(o => FilterTest.Passes(NameOf(o.Key), actual, o.Value))
            : FilterTest.Passes(condition.Operator, actual, expected);
    }

    /// <summary>The operator that stands inside a condition's value: <c>{ "amount": { "$gte": 5 } }</c>.</summary>
    private string NameOf(string key) => profile.FilterKeys.FirstOrDefault(k => k.Prefix == key)?.Name ?? "";

    private Condition Parse(string key)
    {
        if (key.All(char.IsAsciiDigit))
            return new(IsGroup: true, IsIgnored: false, "", "");
        var applied = _operators.FirstOrDefault(o => key.StartsWith(o.Prefix, StringComparison.Ordinal) && IsKnown(key[o.Prefix.Length..]));
        var name = key[(applied?.Prefix.Length ?? 0)..];
        // A field that cannot be filtered by is ignored where the rules let it pass.
        return new(IsGroup: false, type.Field(name) is { Filterable: false }, applied?.Name ?? "equals", name);
    }

    private bool IsKnown(string name) => type.Field(name) is not null || type.Spec.Open;

    /// <summary>What the key of a condition says.</summary>
    private sealed record Condition(bool IsGroup, bool IsIgnored, string Operator, string Field);
}
