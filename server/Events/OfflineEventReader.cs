using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bitrix24.AspNetCore;

internal static class OfflineEventReader
{
    /// <summary>Signals that offline events are waiting.</summary>
    public const string Code = "ONOFFLINEEVENT";
}

/// <summary>
/// Reads the offline events of all portals: reserved, handled by the handlers of online events, then cleared, or reported
/// as erroneous. At least once: what a process that died had reserved comes again.
/// </summary>
internal sealed class OfflineEventReader<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>(
    IOptions<Bitrix24ApplicationOptions> options,
    IPortalStore portals,
    PortalClients<TClient> clients,
    EventDispatcher<TClient> events,
    ILoggerFactory loggers,
    TimeProvider time) : BackgroundService
    where TClient : Bitrix24Client
{
    private readonly ILogger _logger = loggers.CreateLogger("Bitrix24.Incoming");
    private readonly ConcurrentDictionary<string, InstalledPortal> _woken = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Reads the events of a portal soon.</summary>
    public void Wake(InstalledPortal portal)
    {
        _woken[portal.MemberId] = portal;
        Signal();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.OfflineEvents is not { } offline)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(offline.Interval, stoppingToken).ConfigureAwait(false);
            var only = _woken.Values.ToList();
            _woken.Clear();
            if (only.Count > 0)
            {
                foreach (var portal in only)
                    await ReadSafelyAsync(portal, offline, stoppingToken).ConfigureAwait(false);
                continue;
            }

            await foreach (var portal in portals.AllAsync(stoppingToken).ConfigureAwait(false))
                await ReadSafelyAsync(portal, offline, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what waits in a portal; answers how many events were handled.</summary>
    internal async Task<int> ReadAsync(InstalledPortal portal, OfflineEventOptions offline, CancellationToken cancellationToken)
    {
        var client = clients.Of(portal);
        var handled = 0;
        while (true)
        {
            var parameters = new Dictionary<string, object?> { ["clear"] = 0, ["limit"] = offline.BatchSize };
            if (offline.AuthConnector is { } source)
                parameters["auth_connector"] = source;
            var answer = await client.CallAsync("event.offline.get", parameters, cancellationToken).ConfigureAwait(false);
            var process = RequestText.Of(answer, "process_id");
            if (process is null || !answer.TryGetProperty("events", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
                return handled;
            var (done, failed) = (new List<string>(), new List<string>());
            foreach (var item in list.EnumerateArray())
            {
                if (RequestText.Of(item, "MESSAGE_ID") is { } id)
                    (await HandleAsync(item, id, portal, client, cancellationToken).ConfigureAwait(false) ? done : failed).Add(id);
            }

            handled += done.Count;
            if (done.Count > 0)
                await client.CallAsync("event.offline.clear", new Dictionary<string, object?> { ["process_id"] = process, ["message_id"] = done }, cancellationToken).ConfigureAwait(false);
            if (failed.Count > 0)
                await client.CallAsync("event.offline.error", new Dictionary<string, object?> { ["process_id"] = process, ["message_id"] = failed }, cancellationToken).ConfigureAwait(false);
            if (list.GetArrayLength() < offline.BatchSize)
                return handled;
        }
    }

    private async Task<bool> HandleAsync(JsonElement item, string id, InstalledPortal portal, TClient client, CancellationToken cancellationToken)
    {
        if (RequestText.Of(item, "EVENT_NAME") is not { } code)
            return false;
        try
        {
            var data = item.TryGetProperty("EVENT_DATA", out var given) && given.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? given : default;
            await events.DispatchAsync(IncomingEvent.Offline(code, id, data, portal), client, isLifecycle: false, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            IncomingLog.EventFailed(_logger, e, id, portal.Url.Authority);
            return false;
        }
    }

    private async Task ReadSafelyAsync(InstalledPortal portal, OfflineEventOptions offline, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(portal, offline, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The next round tries anew; other portals must not wait for this one.
            IncomingLog.PortalFailed(_logger, e, portal.Url.Authority);
        }
    }

    private async Task WaitAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = time.CreateTimer(_ => Signal(), null, interval, Timeout.InfiniteTimeSpan);
        await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Signal()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // A round is due already.
        }
    }
}
