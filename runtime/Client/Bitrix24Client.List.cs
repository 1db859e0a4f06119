using System.Runtime.CompilerServices;
using Bitrix24.Infrastructure;

namespace Bitrix24;

public abstract partial class Bitrix24Client
{
    /// <summary>Lists records, page after page, as they are asked for.</summary>
    /// <typeparam name="TItem">A record.</typeparam>
    /// <typeparam name="TFilter">The fields that a filter may name.</typeparam>
    /// <typeparam name="TSelect">The fields that a select may name.</typeparam>
    /// <typeparam name="TOrder">The fields that an order may name.</typeparam>
    /// <param name="request">The call; its position is where to begin.</param>
    /// <param name="query">Which records, what of them, in which order.</param>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    public virtual IAsyncEnumerable<TItem> ListAsync<TItem, TFilter, TSelect, TOrder>(
        ListRequest<TItem, TFilter, TSelect, TOrder> request,
        Action<ListQuery<TFilter, TSelect, TOrder>>? query = null,
        CancellationToken cancellationToken = default)
        where TFilter : struct
        where TSelect : struct
        where TOrder : struct
    {
        ArgumentNullException.ThrowIfNull(request);
        var built = new ListQuery<TFilter, TSelect, TOrder>();
        query?.Invoke(built);
        return EnumerateAsync(request.With(built), built, cancellationToken);
    }

    private async IAsyncEnumerable<TItem> EnumerateAsync<TItem, TFilter, TSelect, TOrder>(
        ListRequest<TItem, TFilter, TSelect, TOrder> template,
        ListQuery<TFilter, TSelect, TOrder> query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TFilter : struct
        where TSelect : struct
        where TOrder : struct
    {
        var left = query.MaxItems;
        if (left == 0)
            yield break;
        var parameters = PageSource.ParametersOf(template);
        var mode = query.Mode ?? _options.PagingMode;
        var pager = new ListPager<TItem>(this, template, PageSource.Of(template.Method, parameters, template.Position, mode, left), mode);
        while (await pager.NextAsync(left, cancellationToken).ConfigureAwait(false) is { Count: > 0 } pages)
        {
            foreach (var (items, progress) in pages)
            {
                cancellationToken.ThrowIfCancellationRequested();
                query.Progress?.Report(progress);
                foreach (var item in items)
                {
                    yield return item;
                    if (--left == 0)
                        yield break;
                }
            }
        }
    }

    /// <summary>A page was refused for the portal's limits: all calls wait.</summary>
    internal async ValueTask HoldBackAsync(BatchItem refused)
    {
        var method = refused.Request.Method;
        if (Faults.Of(refused.Error) == CallFault.RateLimit)
            await _pipeline.Limits.RefusedAsync(new(method, _credentials.Caller), null).ConfigureAwait(false);
        else
            _pipeline.Limits.Block(method.Name, _credentials.Caller, null);
    }
}
