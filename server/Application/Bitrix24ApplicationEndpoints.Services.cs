using System.Diagnostics.CodeAnalysis;
using Bitrix24;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

public sealed partial class Bitrix24ApplicationEndpoints<TClient>
{
    /// <summary>Handles an event by a class, resolved or made for each event from a scope of its own.</summary>
    /// <typeparam name="TEvent">The event's generated record.</typeparam>
    /// <typeparam name="THandler">The class; it need not be a registered service, its constructor takes services.</typeparam>
    public Bitrix24ApplicationEndpoints<TClient> On<TEvent, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where TEvent : Bitrix24Event, IIncomingType, new()
        where THandler : class, IPortalEventHandler<TEvent, TClient> => On<TEvent>(async (e, portal, cancellationToken) =>
        {
            var scope = Scope();
            await using (scope.ConfigureAwait(false))
                await ActivatorUtilities.GetServiceOrCreateInstance<THandler>(scope.ServiceProvider).HandleAsync(e, portal, cancellationToken).ConfigureAwait(false);
        });

    /// <summary>Shows a page at a placement by a class, resolved or made for each page from a scope of its own.</summary>
    /// <typeparam name="TPlacement">The placement's generated record.</typeparam>
    /// <typeparam name="THandler">The class; it need not be a registered service, its constructor takes services.</typeparam>
    public Bitrix24ApplicationEndpoints<TClient> OnPlacement<TPlacement, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where TPlacement : Bitrix24Placement, IIncomingType, new()
        where THandler : class, IPortalPageHandler<TPlacement, TClient> => OnPlacement<TPlacement>(async (placement, portal, cancellationToken) =>
        {
            var scope = Scope();
            await using (scope.ConfigureAwait(false))
                return await ActivatorUtilities.GetServiceOrCreateInstance<THandler>(scope.ServiceProvider).ShowAsync(placement, portal, cancellationToken).ConfigureAwait(false);
        });

    private AsyncServiceScope Scope() => ((IEndpointRouteBuilder)_group).ServiceProvider.CreateAsyncScope();
}
