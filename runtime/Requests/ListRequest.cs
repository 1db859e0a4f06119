using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A call that lists records.</summary>
/// <typeparam name="TItem">A record.</typeparam>
/// <typeparam name="TFilter">The fields that a filter may name.</typeparam>
/// <typeparam name="TSelect">The fields that a select may name.</typeparam>
/// <typeparam name="TOrder">The fields that an order may name.</typeparam>
/// <param name="method">The method.</param>
/// <param name="result">Reads what it answers.</param>
public abstract class ListRequest<TItem, TFilter, TSelect, TOrder>(MethodDescriptor method, JsonItemReader<IReadOnlyList<TItem>> result)
    : Bitrix24Request<IReadOnlyList<TItem>>(method, result)
    where TFilter : struct
    where TSelect : struct
    where TOrder : struct
{
    /// <summary>The conditions on records.</summary>
    public Filter? Filter { get; set; }

    /// <summary>The fields to answer; none: the server's choice.</summary>
    public IReadOnlyList<SelectField>? Select { get; set; }

    /// <summary>The fields to sort by.</summary>
    public IReadOnlyList<OrderField>? Order { get; set; }

    /// <summary>Where the answer begins: a page number or an offset, by the method's kind of paging.</summary>
    protected internal long? Position { get; set; }

    /// <summary>Adds conditions, fields and an order.</summary>
    /// <param name="query">The conditions.</param>
    public ListRequest<TItem, TFilter, TSelect, TOrder> With(Action<ListQuery<TFilter, TSelect, TOrder>> query)
    {
        var built = new ListQuery<TFilter, TSelect, TOrder>();
        query(built);
        return With(built);
    }

    internal ListRequest<TItem, TFilter, TSelect, TOrder> With(ListQuery<TFilter, TSelect, TOrder> query)
    {
        var request = (ListRequest<TItem, TFilter, TSelect, TOrder>)MemberwiseClone();
        request.Filter = (request.Filter, query.Filter) switch
        {
            (null, var filter) => filter,
            (var filter, null) => filter,
            var (left, right) => left & right,
        };
        request.Select = query.Fields.Count == 0 ? request.Select : [.. request.Select ?? [], .. query.Fields];
        request.Order = query.Order.Count == 0 ? request.Order : [.. request.Order ?? [], .. query.Order];
        return request;
    }
}
