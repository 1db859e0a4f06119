namespace Bitrix24;

/// <summary>What to compute of records: sums and the like, of which records, and by which groups.</summary>
/// <typeparam name="TFilter">The fields that a filter may name.</typeparam>
/// <typeparam name="TGroup">The fields that group; <see cref="NoFields"/> where records cannot be grouped.</typeparam>
public sealed class AggregateQuery<TFilter, TGroup>
    where TFilter : struct
    where TGroup : struct
{
    private readonly List<(string Function, string Field)> _functions = [];
    private readonly List<SelectField> _groups = [];

    /// <summary>Which records; null: all.</summary>
    public Filter? Filter { get; private set; }

    /// <summary>What groups them; null: nothing.</summary>
    public IReadOnlyList<SelectField>? Groups => _groups.Count == 0 ? null : _groups;

    /// <summary>A query as it was written.</summary>
    /// <param name="write">Writes it.</param>
    public static AggregateQuery<TFilter, TGroup> Of(Action<AggregateQuery<TFilter, TGroup>> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var query = new AggregateQuery<TFilter, TGroup>();
        write(query);
        return query;
    }

    /// <summary>Keeps records that meet the condition; a second call adds a condition.</summary>
    /// <param name="condition">The condition.</param>
    public AggregateQuery<TFilter, TGroup> Where(Func<TFilter, Filter> condition)
    {
        var filter = condition(default);
        Filter = Filter is null ? filter : Filter & filter;
        return this;
    }

    /// <summary>The sum of a field.</summary>
    /// <param name="field">The field.</param>
    public AggregateQuery<TFilter, TGroup> Sum(Func<TFilter, INumberField> field) => Add("sum", field);

    /// <summary>The sum of a custom field that no spec lists.</summary>
    /// <param name="field">Its name.</param>
    public AggregateQuery<TFilter, TGroup> Sum(string field) => Add("sum", field);

    /// <summary>The average of a field.</summary>
    /// <param name="field">The field.</param>
    public AggregateQuery<TFilter, TGroup> Average(Func<TFilter, INumberField> field) => Add("avg", field);

    /// <summary>The average of a custom field that no spec lists.</summary>
    /// <param name="field">Its name.</param>
    public AggregateQuery<TFilter, TGroup> Average(string field) => Add("avg", field);

    /// <summary>The minimum of a field.</summary>
    /// <param name="field">The field.</param>
    public AggregateQuery<TFilter, TGroup> Min(Func<TFilter, INumberField> field) => Add("min", field);

    /// <summary>The minimum of a custom field that no spec lists.</summary>
    /// <param name="field">Its name.</param>
    public AggregateQuery<TFilter, TGroup> Min(string field) => Add("min", field);

    /// <summary>The maximum of a field.</summary>
    /// <param name="field">The field.</param>
    public AggregateQuery<TFilter, TGroup> Max(Func<TFilter, INumberField> field) => Add("max", field);

    /// <summary>The maximum of a custom field that no spec lists.</summary>
    /// <param name="field">Its name.</param>
    public AggregateQuery<TFilter, TGroup> Max(string field) => Add("max", field);

    /// <summary>Groups by a field, after those named before.</summary>
    /// <param name="field">The field.</param>
    public AggregateQuery<TFilter, TGroup> GroupBy(Func<TGroup, SelectField> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        _groups.Add(field(default));
        return this;
    }

    /// <summary>The functions in the form of a request; null: records are only counted.</summary>
    /// <typeparam name="T">A function and its field.</typeparam>
    /// <param name="make">Makes one of their names.</param>
    public IReadOnlyList<T>? Functions<T>(Func<string, string, T> make) => _functions.Count == 0 ? null : [.. _functions.Select(f => make(f.Function, f.Field))];

    private AggregateQuery<TFilter, TGroup> Add(string function, Func<TFilter, INumberField> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Add(function, field(default).Name);
    }

    private AggregateQuery<TFilter, TGroup> Add(string function, string field)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        _functions.Add((function, field));
        return this;
    }
}

/// <summary>A field of numbers, which can be summed.</summary>
public interface INumberField
{
    /// <summary>Its name on the wire.</summary>
    string Name { get; }
}
