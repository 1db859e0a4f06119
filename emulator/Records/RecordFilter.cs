using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Compiles filters: a filter object becomes one test of records.</summary>
internal sealed class RecordFilter(ProfileSpec profile, Columns columns, TypeSpec? view)
{
    private const string Logic = "logic";
    private const string Conditions = "conditions";
    private const string Negative = "negative";
    private const string Map = "_VALUES";

    private readonly FilterOperator[] _operators = [.. profile.FilterOperators.OrderByDescending(o => o.Prefix.Length)];

    /// <summary>The test; null: every record passes.</summary>
    public Func<Record, bool>? Compile(JsonNode? filter) => filter switch
    {
        JsonObject members when members[Conditions] is JsonArray conditions => Group(members, conditions),
        JsonObject members => All(members),
        JsonArray condition when JsonValues.Text(condition.FirstOrDefault()) is { } field => Triple(field, condition),
        JsonArray groups => And([.. groups.Select(Compile)]),
        _ => null,
    };

    /// <summary>A condition's operator and field.</summary>
    public (string Operator, string Field) Parse(string key)
    {
        foreach (var candidate in _operators)
        {
            if (candidate.Prefix.Length == 0 || !key.StartsWith(candidate.Prefix, StringComparison.Ordinal))
                continue;
            var name = key[candidate.Prefix.Length..];
            // The longest prefix wins, unless what follows is no name.
            if (name.Length > 0 && (char.IsLetterOrDigit(name[0]) || name[0] is '_' or '~'))
                return (candidate.Name, name);
        }

        return (profile.FilterOperators.FirstOrDefault(static o => o.Prefix.Length == 0)?.Name ?? "equals", key);
    }

    private Func<Record, bool>? All(JsonObject members)
    {
        var tests = members.Where(static m => !m.Key.Equals(Logic, StringComparison.OrdinalIgnoreCase)).Select(m => One(m.Key, m.Value)).ToList();
        return IsOr(members) ? Or(tests) : And(tests);
    }

    /// <summary>REST 3.0's <c>{ "logic": "or", "conditions": […], "negative": true }</c>.</summary>
    private Func<Record, bool>? Group(JsonObject group, JsonArray conditions)
    {
        var tests = conditions.Select(Compile).ToList();
        var test = IsOr(group) ? Or(tests) : And(tests);
        return JsonValues.Text(group[Negative]) != "1" ? test : record => test?.Invoke(record) == false;
    }

    /// <summary>REST 3.0's <c>[field, operator, value]</c>, and <c>[field, value]</c> for equality.</summary>
    private Func<Record, bool>? Triple(string field, JsonArray condition)
    {
        var operation = condition.Count > 2 ? JsonValues.Text(condition[1]) : "=";
        return Test(field, _operators.FirstOrDefault(o => o.Prefix == operation)?.Name ?? "equals", condition[^1]);
    }

    private Func<Record, bool>? One(string key, JsonNode? expected)
    {
        if (key.All(char.IsAsciiDigit))
            return Compile(expected);
        var (operation, name) = Parse(key);
        if (expected is JsonObject inner)
        {
            if (profile.FilterKeys.Count > 0)
                return And([.. inner.Select(o => Test(name, profile.FilterKeys.FirstOrDefault(k => k.Prefix == o.Key)?.Name ?? "", o.Value))]);
            // PHP's lists of values come as objects from forms.
            return inner.All(static m => m.Key.All(char.IsAsciiDigit))
                ? Test(name, operation, new JsonArray([.. inner.Select(static m => m.Value?.DeepClone())]))
                : Compile(inner);
        }

        return Test(name, operation, expected);
    }

    private Func<Record, bool>? Test(string name, string operation, JsonNode? expected)
    {
        // A field that cannot be filtered by is ignored where the rules let it pass.
        if (view?.Fields.FirstOrDefault(f => f.Name == name) is { Filterable: false })
            return null;
        var column = columns.Find(name);
        var field = column < 0 ? null : columns.Field(column);
        // A list filters by any of its values in the older protocol.
        var test = FilterTest.Of(operation, Expected(field, expected), zero: field is not null && IsNumberOrFlag(field.Type));
        if (column >= 0)
            return record => test(record[column]);
        // A property is one of the record's map of properties: PROPERTY_price is PROPERTY_VALUES.price.
        if (name.IndexOf('_', StringComparison.Ordinal) is > 0 and var bar && columns.Find(name[..bar] + Map) is >= 0 and var map)
        {
            var key = name[(bar + 1)..];
            return record => test(Values.From(JsonValues.Member(record[map] as JsonObject ?? [], key)));
        }

        // Portals pass over names that they do not know.
        return view is null or { Open: true } or { Undescribed: true } ? record => test(record[name]) : null;
    }

    private static bool IsNumberOrFlag(TypeRef type) => type.Kind == TypeKind.Union
        ? type.Alternatives.Any(IsNumberOrFlag)
        : type.Kind is TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal or TypeKind.Bool or TypeKind.YesNo;

    private static object? Expected(FieldSpec? field, JsonNode? expected) =>
        expected is JsonArray
            ? expected
            : Values.Normalize(field is { Type.Kind: TypeKind.YesNo or TypeKind.Bool or TypeKind.Date or TypeKind.DateTime } ? field : null, expected);

    private static bool IsOr(JsonObject members) =>
        JsonValues.Text(JsonValues.Member(members, Logic))?.Equals("OR", StringComparison.OrdinalIgnoreCase) == true;

    private static Func<Record, bool>? And(List<Func<Record, bool>?> tests)
    {
        var known = tests.OfType<Func<Record, bool>>().ToArray();
        return known.Length switch
        {
            0 => null,
            1 => known[0],
            _ => record => Array.TrueForAll(known, test => test(record)),
        };
    }

    private static Func<Record, bool>? Or(List<Func<Record, bool>?> tests) =>
        tests.Count == 0 || tests.Contains(null) ? null : record => tests.Exists(test => test!(record));
}
