using Microsoft.AspNetCore.Http;

namespace Bitrix24.AspNetCore;

/// <summary>Shows a page at a placement as a service: registered with <c>OnPlacement&lt;TPlacement, THandler&gt;()</c>, resolved for each page from a scope of its own.</summary>
/// <typeparam name="TPlacement">The placement's generated record.</typeparam>
/// <typeparam name="TClient">The client of a portal.</typeparam>
public interface IPortalPageHandler<in TPlacement, in TClient>
    where TPlacement : Bitrix24Placement
    where TClient : Bitrix24Client
{
    /// <summary>Makes the page.</summary>
    /// <param name="placement">The placement.</param>
    /// <param name="portal">The client; it acts for the user who opened the page.</param>
    /// <param name="cancellationToken">Cancelled when the user has left.</param>
    Task<IResult> ShowAsync(TPlacement placement, TClient portal, CancellationToken cancellationToken);
}
