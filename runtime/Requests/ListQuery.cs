namespace Bitrix24;

/// <summary>Which records to list, what of them, and in which order.</summary>
/// <typeparam name="TFilter">The fields that a filter may name.</typeparam>
/// <typeparam name="TSelect">The fields that a select may name.</typeparam>
/// <typeparam name="TOrder">The fields that an order may name.</typeparam>
public sealed class ListQuery<TFilter, TSelect, TOrder>
    where TFilter : struct
    where TSelect : struct
    where TOrder : struct
{
    internal Filter? Filter { get; private set; }

    internal List<SelectField> Fields { get; } = [];

    internal List<OrderField> Order { get; } = [];

    internal long MaxItems { get; private set; } = long.MaxValue;

    internal IProgress<ListProgress>? Progress { get; private set; }

    internal PagingMode? Mode { get; private set; }

    /// <summary>Keeps records that meet the condition; a second call adds a condition.</summary>
    /// <param name="condition">The condition.</param>
    public ListQuery<TFilter, TSelect, TOrder> Where(Func<TFilter, Filter> condition)
    {
        var filter = condition(default);
        Filter = Filter is null ? filter : Filter & filter;
        return this;
    }

    /// <summary>Sorts by a field, after those named before.</summary>
    /// <param name="field">The field.</param>
    public ListQuery<TFilter, TSelect, TOrder> OrderBy(Func<TOrder, OrderField> field)
    {
        Order.Add(field(default));
        return this;
    }

    /// <summary>Sorts by a field, the greatest first, after those named before.</summary>
    /// <param name="field">The field.</param>
    public ListQuery<TFilter, TSelect, TOrder> OrderByDescending(Func<TOrder, OrderField> field)
    {
        Order.Add(field(default).Descending);
        return this;
    }

    /// <summary>Selects fields.</summary>
    /// <param name="fields">The fields.</param>
    public ListQuery<TFilter, TSelect, TOrder> Select(params Func<TSelect, SelectField>[] fields)
    {
        foreach (var field in fields)
            Fields.Add(field(default));
        return this;
    }

    /// <summary>Stops after some records.</summary>
    /// <param name="count">How many.</param>
    public ListQuery<TFilter, TSelect, TOrder> Take(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        MaxItems = count;
        return this;
    }

    /// <summary>Pages through the list in another way than <see cref="Bitrix24ClientOptions.PagingMode"/> says.</summary>
    /// <param name="mode">How.</param>
    public ListQuery<TFilter, TSelect, TOrder> PageBy(PagingMode mode)
    {
        Mode = mode;
        return this;
    }

    /// <summary>Reports after each page.</summary>
    /// <param name="progress">Receives the reports.</param>
    public ListQuery<TFilter, TSelect, TOrder> ReportTo(IProgress<ListProgress> progress)
    {
        Progress = progress;
        return this;
    }
}

/// <summary>The progress of a list's enumeration.</summary>
/// <param name="Pages">Pages read.</param>
/// <param name="Items">Records read.</param>
/// <param name="Total">Records in all, where the server says.</param>
public readonly record struct ListProgress(int Pages, long Items, long? Total);
