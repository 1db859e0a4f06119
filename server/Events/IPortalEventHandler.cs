namespace Bitrix24.AspNetCore;

/// <summary>
/// Handles an event as a service: registered with <c>On&lt;TEvent, THandler&gt;()</c>, resolved for each event from a scope of its own, so
/// that it may take a database context.
/// </summary>
/// <typeparam name="TEvent">The event's generated record.</typeparam>
/// <typeparam name="TClient">The client of a portal.</typeparam>
public interface IPortalEventHandler<in TEvent, in TClient>
    where TEvent : Bitrix24Event
    where TClient : Bitrix24Client
{
    /// <summary>Handles the event; what it throws makes the portal see a failure, and is logged.</summary>
    /// <param name="event">The event.</param>
    /// <param name="portal">The client of the portal that sent it.</param>
    /// <param name="cancellationToken">Cancels the handler.</param>
    Task HandleAsync(TEvent @event, TClient portal, CancellationToken cancellationToken);
}
