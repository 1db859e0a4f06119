namespace Bitrix24.AspNetCore;

/// <summary>The outcome of an event.</summary>
internal enum DispatchOutcome
{
    Handled,

    /// <summary>No handler is registered for it.</summary>
    Unhandled,

    /// <summary>It was handled before.</summary>
    Repeated,

    /// <summary>Another request is handling it.</summary>
    InProgress,
}

/// <summary>Runs the handlers of an event, once.</summary>
internal sealed class EventDispatcher<TClient>(Handlers<TClient> handlers, IEventInbox inbox)
    where TClient : Bitrix24Client
{
    /// <param name="incoming">The event.</param>
    /// <param name="portal">The portal's client.</param>
    /// <param name="isLifecycle">It has handlers of its own kind: those for any event do not get it.</param>
    /// <param name="cancellationToken">Cancels the handlers.</param>
    public async Task<DispatchOutcome> DispatchAsync(IncomingEvent incoming, TClient portal, bool isLifecycle, CancellationToken cancellationToken)
    {
        var found = handlers.Events.GetValueOrDefault(incoming.Code) ?? (isLifecycle ? [] : handlers.OtherEvents);
        if (found.Count == 0)
            return DispatchOutcome.Unhandled;
        switch (await inbox.ClaimAsync(incoming.Id, cancellationToken).ConfigureAwait(false))
        {
            case InboxClaim.Done:
                return DispatchOutcome.Repeated;
            case InboxClaim.InProgress:
                return DispatchOutcome.InProgress;
        }

        var handled = false;
        try
        {
            foreach (var handler in found)
                await handler(incoming, portal, cancellationToken).ConfigureAwait(false);
            handled = true;
        }
        finally
        {
            if (handled)
                await inbox.CompleteAsync(incoming.Id, CancellationToken.None).ConfigureAwait(false);
            else
                await inbox.ReleaseAsync(incoming.Id, CancellationToken.None).ConfigureAwait(false);
        }

        return DispatchOutcome.Handled;
    }
}
