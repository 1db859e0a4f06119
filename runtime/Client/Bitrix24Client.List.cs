using System.Runtime.CompilerServices;
using Bitrix24.Descriptors;

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
    /// <param name="cancellationToken">Gives the walk up.</param>
    public IAsyncEnumerable<TItem> ListAsync<TItem, TFilter, TSelect, TOrder>(
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
        return Walk(request.With(built), built, cancellationToken);
    }

    private async IAsyncEnumerable<TItem> Walk<TItem, TFilter, TSelect, TOrder>(
        ListRequest<TItem, TFilter, TSelect, TOrder> template,
        ListQuery<TFilter, TSelect, TOrder> query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TFilter : struct
        where TSelect : struct
        where TOrder : struct
    {
        var request = template.With(new ListQuery<TFilter, TSelect, TOrder>());
        var position = new ListPosition(request.Method, request.Position);
        // Pages of records without their ids may well be alike.
        var digest = request.Select is not { Count: > 0 } fields
            || fields.Any(static f => f.Name.Equals("id", StringComparison.OrdinalIgnoreCase));
        var left = query.MaxItems;
        while (left > 0)
        {
            request.Position = position.Current;
            var response = await SendAsync(request, digest, cancellationToken).ConfigureAwait(false);
            var more = position.Advance(response.Result.Count, response.Next, response.HasMore, response.Digest);
            query.Progress?.Report(new(position.Pages, position.Items, response.Total));
            foreach (var item in response.Result)
            {
                if (left-- == 0)
                    yield break;
                yield return item;
            }

            if (!more)
                yield break;
        }
    }
}
