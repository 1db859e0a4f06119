using System.Text.Json;
using Bitrix24;
using Bitrix24.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

public sealed partial class Bitrix24ApplicationEndpoints<TClient>
{
    private static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();

    /// <summary>
    /// Binds every event that has a handler to <see cref="EventsUrl"/>, and the removal of the application, without which portals are not
    /// forgotten. What is bound stays: a portal refuses to bind it again. Call it in <see cref="OnInstall"/> and <see cref="OnUpdate"/>:
    /// a portal drops the bindings of the version before.
    /// </summary>
    /// <remarks>Source: <see href="https://apidocs.bitrix24.com/api-reference/events/event-bind.html"/>.</remarks>
    /// <param name="portal">The portal's client.</param>
    /// <param name="offline">The events wait in the offline queue, for <see cref="Bitrix24ApplicationOptions.OfflineEvents"/>; administrators only.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="Bitrix24ApiException">The portal refuses: it does not know the event, or the application lacks its scope.</exception>
    public async Task BindEventsAsync(TClient portal, bool offline = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(portal);
        var handler = EventsUrl;
        var known = await portal.CallAsync("event.get", Nothing, cancellationToken).ConfigureAwait(false);
        foreach (var code in _handlers.Events.Keys.Where(static c => !LifecycleCodes.Contains(c)))
            await BindAsync(code, offline).ConfigureAwait(false);
        await BindAsync(LifecycleCodes.Uninstall, offline: false).ConfigureAwait(false);
        if (_handlers.Update.Count > 0)
            await BindAsync(LifecycleCodes.Update, offline: false).ConfigureAwait(false);
        if (offline)
            await BindAsync(OfflineEventReader.Code, offline: false).ConfigureAwait(false);

        async Task BindAsync(string code, bool offline)
        {
            var source = offline ? _options.OfflineEvents?.AuthConnector : null;
            if (Items(known).Any(b => Is(b, "event", code, StringComparison.OrdinalIgnoreCase)
                && (offline ? Is(b, "offline", "1") && Is(b, "connector_id", source ?? "") : !Is(b, "offline", "1") && Is(b, "handler", handler))))
            {
                return;
            }

            var parameters = new Dictionary<string, object?> { ["event"] = code };
            if (offline)
                parameters["event_type"] = "offline";
            else
                parameters["handler"] = handler;
            if (source is not null)
                parameters["auth_connector"] = source;
            await BindOnceAsync(portal, "event.bind", parameters, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Binds a placement to <see cref="EventsUrl"/>. One that is bound with the same title stays, another title replaces it.
    /// </summary>
    /// <remarks>Source: <see href="https://apidocs.bitrix24.com/api-reference/widgets/placement-bind.html"/>.</remarks>
    /// <param name="portal">The portal's client.</param>
    /// <param name="code">The placement's code; of one with parameters, with their values: <c>CrmPlacements.CrmDynamicDetailTab(183)</c>.</param>
    /// <param name="title">What users see.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="Bitrix24ApiException">The portal refuses: it does not know the placement, or the application lacks its scope.</exception>
    public async Task BindPlacementAsync(TClient portal, string code, string title, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(portal);
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentNullException.ThrowIfNull(title);
        var handler = EventsUrl;
        var known = await portal.CallAsync("placement.get", Nothing, cancellationToken).ConfigureAwait(false);
        var bound = Items(known).Where(p => Is(p, "placement", code, StringComparison.OrdinalIgnoreCase) && Is(p, "handler", handler)).ToList();
        if (bound.Exists(p => Is(p, "title", title)))
            return;
        var parameters = new Dictionary<string, object?> { ["PLACEMENT"] = code, ["HANDLER"] = handler };
        if (bound.Count > 0)
            await portal.CallAsync("placement.unbind", parameters, cancellationToken).ConfigureAwait(false);
        parameters["TITLE"] = title;
        await BindOnceAsync(portal, "placement.bind", parameters, cancellationToken).ConfigureAwait(false);
    }

    // Another installation may have bound it since.
    private static async Task BindOnceAsync(TClient portal, string method, Dictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        try
        {
            await portal.CallAsync(method, parameters, cancellationToken).ConfigureAwait(false);
        }
        catch (Bitrix24ApiException e) when (e.Code == "ERROR_CORE" && e.Description?.Contains("already", StringComparison.OrdinalIgnoreCase) == true)
        {
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement list) => list.ValueKind switch
    {
        JsonValueKind.Array => list.EnumerateArray(),
        // PHP writes a list with gaps as an object.
        JsonValueKind.Object => list.EnumerateObject().Select(static m => m.Value),
        _ => [],
    };

    private static bool Is(JsonElement item, string name, string value, StringComparison comparison = StringComparison.Ordinal) =>
        string.Equals(RequestText.Of(item, name) ?? "", value, comparison);
}
