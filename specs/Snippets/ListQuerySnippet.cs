using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Filter, selection and order of a list call as the query that generated code takes.</summary>
internal sealed class ListQuerySnippet
{
    private const string PageName = "page";

    private readonly ValueSnippet _values;
    private readonly MethodSpec _method;
    private readonly SpecSet _set;
    private readonly FieldSpec?[] _carried;

    private ListQuerySnippet(MethodSpec method, ValueSnippet values, SpecSet set)
    {
        (_method, _values, _set) = (method, values, set);
        _carried = [Find(View.Filter), Find(View.Select), Find(View.Order)];
        var name = method.Paging switch
        {
            Paging.Start => "start",
            Paging.Page or Paging.Link => PageName,
            Paging.Limit => "offset",
            _ => null,
        };
        Position = method.Params.FirstOrDefault(p => p.Name == name && values.FormOf(p).Kind is TypeKind.Int or TypeKind.Long);
    }

    /// <summary>The parameter that says where a page begins.</summary>
    public FieldSpec? Position { get; }

    /// <summary>Whether a value of it says: from the first record on.</summary>
    public bool IsFirstPage(JsonNode value) => value is JsonNumber number && number.TryGetInt64(out var at) && at == (Position?.Name == PageName ? 1 : 0);

    public string ArgumentName => _method.Params.Any(static p => string.Equals(p.Name, "query", StringComparison.OrdinalIgnoreCase)) ? "listQuery" : "query";

    /// <summary>The query of a method; null: it does not list page after page.</summary>
    public static ListQuerySnippet? Of(MethodSpec method, ValueSnippet values)
    {
        if (method.Result is not { } result || TypedForm.Of(values.Set, method.Api, result.Type).Kind != TypeKind.Array)
            return null;
        var query = new ListQuerySnippet(method, values, values.Set);
        return method.Paging != Paging.None || query._carried[0] is not null ? query : null;
    }

    public bool Carries(FieldSpec parameter) => _carried.Contains(parameter);

    /// <summary>Adds what a parameter says; false: the query cannot say it.</summary>
    public bool Add(Parts parts, FieldSpec parameter, JsonNode value)
    {
        var type = _values.FormOf(parameter).Object!;
        var members = CSharpNames.Members(type, _set.Profile(_method.Api));
        string? Member(string name, Func<FieldSpec, bool> allowed) =>
            _values.Find(type.Fields, name) is >= 0 and var index && allowed(type.Fields[index]) ? members[index] : null;
        return parameter.As switch
        {
            View.Select => AddSelect(parts, value, Member),
            View.Order => AddOrder(parts, value, Member),
            _ => AddFilter(parts, value, type, Member),
        };
    }

    /// <summary>The lambda; empty: nothing is asked for.</summary>
    public string Text(Parts parts)
    {
        var calls = new List<string>();
        if (parts.Conditions.Count > 0)
            calls.Add($".Where(x => {string.Join(" & ", parts.Conditions)})");
        calls.AddRange(parts.Orders);
        if (parts.Selected.Count > 0)
            calls.Add($".Select({string.Join(", ", parts.Selected.Select(static s => "x => x." + s))})");
        return calls.Count == 0 ? "" : "q => q" + string.Concat(calls);
    }

    /// <summary>What was given so far.</summary>
    public sealed class Parts
    {
        public List<string> Conditions { get; } = [];

        public List<string> Orders { get; } = [];

        public List<string> Selected { get; } = [];
    }

    private FieldSpec? Find(View view) => _method.Params.FirstOrDefault(p =>
        p.As == view && _values.FormOf(p).Object is not null);

    private static bool AddSelect(Parts parts, JsonNode value, Func<string, Func<FieldSpec, bool>, string?> member)
    {
        if (value is not JsonArray list)
            return false;
        foreach (var item in list.Items)
        {
            if (item is not JsonString name || member(name.Value, static f => f.Selectable) is not { } property)
                return false;
            parts.Selected.Add(property);
        }

        return true;
    }

    private static bool AddOrder(Parts parts, JsonNode value, Func<string, Func<FieldSpec, bool>, string?> member)
    {
        if (value is not JsonObject order)
            return false;
        foreach (var property in order.Properties)
        {
            if (property.Value is not JsonString direction || member(property.Name, static f => f.Sortable) is not { } name)
                return false;
            var descending = string.Equals(direction.Value, "desc", StringComparison.OrdinalIgnoreCase);
            if (!descending && !string.Equals(direction.Value, "asc", StringComparison.OrdinalIgnoreCase))
                return false;
            parts.Orders.Add($".OrderBy{(descending ? "Descending" : "")}(x => x.{name})");
        }

        return true;
    }

    private bool AddFilter(Parts parts, JsonNode value, TypeSpec type, Func<string, Func<FieldSpec, bool>, string?> member)
    {
        var profile = _set.Profile(_method.Api);
        if (value is not JsonObject filter || profile.FilterConditions)
            return false;
        foreach (var property in filter.Properties)
        {
            var prefix = profile.FilterOperators.Where(o => property.Name.StartsWith(o.Prefix, StringComparison.Ordinal)).OrderByDescending(static o => o.Prefix.Length).FirstOrDefault();
            if (prefix is null || member(property.Name.Substring(prefix.Prefix.Length), static f => f.Filterable) is not { } name)
                return false;
            var field = type.Fields[_values.Find(type.Fields, property.Name.Substring(prefix.Prefix.Length))];
            foreach (var (kind, operand) in Operands(profile, prefix, property.Value))
            {
                if (kind is null || Condition("x." + name, field, kind, operand) is not { } condition)
                    return false;
                parts.Conditions.Add(condition);
            }
        }

        return true;
    }

    // Operators stand before a name, or around its values: { "amount": { "$gte": 5 } }.
    private IEnumerable<(string? Kind, JsonNode Operand)> Operands(ProfileSpec profile, FilterOperator prefix, JsonNode value)
    {
        if (profile.FilterKeys.Count == 0)
            return [(prefix.Name, value)];
        // The runtime chooses one of the forms: not always that of the call.
        if (_values.SendsSame && (value is JsonObject || prefix.Prefix.Length > 0))
            return [(null, value)];
        return value is JsonObject keys
            ? keys.Properties.Select(k => (profile.FilterKeys.FirstOrDefault(o => o.Prefix == k.Name)?.Name, k.Value))
            : [(prefix.Name, value)];
    }

    private string? Condition(string field, FieldSpec spec, string kind, JsonNode value)
    {
        var form = _values.FormOf(spec);
        if (form.Kind == TypeKind.Array)
            form = form.Element!;
        var text = form is { Kind: TypeKind.String, Listed: null } or { IsLocalizedText: true };
        if (value is JsonArray list)
        {
            var items = list.Items.Select(i => _values.Scalar(form, i)).ToList();
            var call = kind switch
            {
                "equals" or "in" => "In",
                "notEquals" or "notIn" => "NotIn",
                _ => null,
            };
            return call is null || items.Count == 0 || items.Contains(null) || form.Kind is TypeKind.Date or TypeKind.DateTime or TypeKind.Bool or TypeKind.YesNo
                ? null
                : $"{field}.{call}({string.Join(", ", items)})";
        }

        if (_values.Scalar(form, value) is not { } given)
            return null;
        var ordered = form.Kind is TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal or TypeKind.Date or TypeKind.DateTime
            || form is { Kind: TypeKind.Union, IsLocalizedText: false };
        return kind switch
        {
            "equals" => $"{field} == {given}",
            "notEquals" => $"{field} != {given}",
            "greater" when ordered => $"{field} > {given}",
            "greaterOrEqual" when ordered => $"{field} >= {given}",
            "less" when ordered => $"{field} < {given}",
            "lessOrEqual" when ordered => $"{field} <= {given}",
            "contains" when text => $"{field}.Contains({given})",
            "notContains" when text => $"{field}.NotContains({given})",
            "like" when text => $"{field}.Like({given})",
            "notLike" when text => $"{field}.NotLike({given})",
            _ => null,
        };
    }
}
