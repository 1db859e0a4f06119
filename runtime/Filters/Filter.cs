namespace Bitrix24;

/// <summary>Conditions on records.</summary>
public sealed class Filter
{
    private Filter(string op, string field, object? value) => (Operator, Field, Value) = (op, field, value);

    private Filter(bool any, bool negative, IReadOnlyList<Filter> parts) =>
        (Operator, Field, IsAny, IsNegative, Parts) = ("", "", any, negative, parts);

    /// <summary>Set for a group: its parts.</summary>
    internal IReadOnlyList<Filter>? Parts { get; }

    /// <summary>Of a group: one part is enough.</summary>
    internal bool IsAny { get; }

    /// <summary>Of a group: the records that it does not let through.</summary>
    internal bool IsNegative { get; }

    internal string Operator { get; }

    internal string Field { get; }

    internal object? Value { get; }

    /// <summary>A condition in the API's own words, for fields that the spec does not know.</summary>
    /// <param name="key">Operator prefix and field, such as <c>">=UF_CRM_1"</c>.</param>
    /// <param name="value">The value.</param>
    public static Filter Raw(string key, Bitrix24Value value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var field = key.AsSpan().TrimStart("<>=!@%~?*").Length;
        return new(key[..^field], key[^field..], value);
    }

    /// <summary>A condition in the API's own words, with a list of values.</summary>
    /// <param name="key">Operator prefix and field, such as <c>"@UF_CRM_1"</c>.</param>
    /// <param name="values">The values.</param>
    public static Filter Raw(string key, IEnumerable<Bitrix24Value> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var field = key.AsSpan().TrimStart("<>=!@%~?*").Length;
        return new(key[..^field], key[^field..], values.Cast<object?>().ToArray());
    }

    /// <summary>Records that meet one of the conditions at least; for servers that understand <c>logic</c>.</summary>
    /// <param name="filters">The conditions.</param>
    public static Filter Any(params Filter[] filters) => new(any: true, negative: false, [.. filters]);

    /// <summary>Records that meet all the conditions.</summary>
    /// <param name="filters">The conditions.</param>
    public static Filter All(params Filter[] filters) => new(any: false, negative: false, [.. filters]);

    /// <summary>Records that do not meet the condition; for REST 3.0.</summary>
    /// <param name="filter">The condition.</param>
    public static Filter Not(Filter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter.Parts is { } parts ? new(filter.IsAny, !filter.IsNegative, parts) : new(any: false, negative: true, [filter]);
    }

    /// <summary>Records that meet both.</summary>
    public static Filter operator &(Filter left, Filter right) => All(left, right);

    /// <summary>Records that do not meet the condition: those that meet the opposite one, where it has one, else <see cref="Not"/>.</summary>
    public static Filter operator !(Filter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter is { Parts: { } parts, IsNegative: false })
            return new(!filter.IsAny, negative: false, [.. parts.Select(static p => !p)]);
        return filter.Parts is null && Opposite(filter.Operator) is { } op ? new(op, filter.Field, filter.Value) : Not(filter);
    }

    // Of a record whose field is empty, both a comparison and its opposite are untrue, as in SQL.
    private static string? Opposite(string op) => op switch
    {
        "=" => "!=",
        "!=" or "!" => "=",
        ">" => "<=",
        "<" => ">=",
        ">=" => "<",
        "<=" => ">",
        "@" => "!@",
        "!@" => "@",
        "%" => "!%",
        "!%" => "%",
        "=%" => "!=%",
        "!=%" => "=%",
        _ => null,
    };

    internal static Filter Of(string op, string field, object? value) => new(op, field, value);
}
