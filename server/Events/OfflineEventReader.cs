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
/// as erroneous. At least once: what a process that died had reserved is found in the list and handled too.
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
    // No portal has an empty id.
    private const string AllPortals = "";

    private readonly ILogger _logger = loggers.CreateLogger("Bitrix24.Incoming");
    private readonly ConcurrentDictionary<string, InstalledPortal> _woken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _searched = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Secrets _secrets = new(options.Value.ClientSecret);
    private readonly Backoff _backoff = new(options.Value.OfflineEvents?.Interval ?? Timeout.InfiniteTimeSpan, time);

    /// <summary>Schedules a read of a portal's events.</summary>
    public void Wake(InstalledPortal portal)
    {
        _woken[portal.MemberId] = portal;
        Signal();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.OfflineEvents is not { } offline)
            return;
        var due = time.GetUtcNow() + offline.Interval;
        try
        {
            while (true)
            {
                await WaitAsync(due - time.GetUtcNow(), stoppingToken).ConfigureAwait(false);
                // Portals that wake the reader all the time must not keep it from the others.
                var all = time.GetUtcNow() >= due;
                var delay = await ReadAsync(offline, all, stoppingToken).ConfigureAwait(false);
                if (all)
                    due = time.GetUtcNow() + delay;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that is disposed of without being stopped would call it a failure.
        }
    }

    /// <summary>Reads the events of the portals that signalled some, or of every portal; answers when to read those of every portal next.</summary>
    private async Task<TimeSpan> ReadAsync(OfflineEventOptions offline, bool all, CancellationToken stoppingToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = offline.Parallel, CancellationToken = stoppingToken };
        var woken = new List<InstalledPortal>();
        foreach (var id in _woken.Keys)
        {
            if (_woken.TryRemove(id, out var portal))
                woken.Add(portal);
        }

        try
        {
            if (all)
            {
                await Parallel.ForEachAsync(portals.AllAsync(stoppingToken), parallel, ReadIfDue).ConfigureAwait(false);
                ForgetSearches(offline);
                _backoff.Succeeded(AllPortals);
                _backoff.Sweep();
            }
            else
            {
                await Parallel.ForEachAsync(woken, parallel, Read).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // The store of portals cannot be read now; the host goes on, and so does a later round.
            var delay = _backoff.Failed(AllPortals);
            IncomingLog.PortalsFailed(_logger, delay, OneLine(e));
            IncomingLog.FailureDetails(_logger, LoggedFailure.Of(e, _secrets));
            return delay;
        }

        return offline.Interval;

        ValueTask ReadIfDue(InstalledPortal portal, CancellationToken cancellationToken) => _backoff.IsDue(portal.MemberId) ? Read(portal, cancellationToken) : default;

        ValueTask Read(InstalledPortal portal, CancellationToken cancellationToken) => new(ReadSafelyAsync(portal, offline, cancellationToken));
    }

    /// <summary>Reads the waiting events of a portal; returns how many were handled.</summary>
    internal async Task<int> ReadAsync(InstalledPortal portal, OfflineEventOptions offline, CancellationToken cancellationToken)
    {
        var client = clients.Of(portal);
        var handled = 0;
        foreach (var process in await LeftBehindAsync(portal, client, offline, cancellationToken).ConfigureAwait(false))
            handled += (await ReadPackageAsync(portal, client, offline, process, cancellationToken).ConfigureAwait(false)).Handled;
        while (true)
        {
            var (count, done) = await ReadPackageAsync(portal, client, offline, null, cancellationToken).ConfigureAwait(false);
            handled += done;
            if (count < offline.BatchSize)
                return handled;
        }
    }

    /// <summary>Reserves events and has them handled; those of another process where it is given.</summary>
    private async Task<(int Count, int Handled)> ReadPackageAsync(
        InstalledPortal portal, TClient client, OfflineEventOptions offline, string? process, CancellationToken cancellationToken)
    {
        var parameters = Parameters(offline);
        parameters["clear"] = 0;
        parameters["limit"] = offline.BatchSize;
        if (process is not null)
            parameters["process_id"] = process;
        var answer = await client.CallAsync("event.offline.get", parameters, cancellationToken).ConfigureAwait(false);
        process = RequestText.Of(answer, "process_id") ?? process;
        if (process is null || !answer.TryGetProperty("events", out var list) || list.ValueKind != JsonValueKind.Array)
            return default;
        var (done, failed) = (new List<string>(), new List<string>());
        foreach (var item in list.EnumerateArray())
        {
            if (RequestText.Of(item, "MESSAGE_ID") is not { } id)
                continue;
            // What another process handles right now is that one's to clear.
            if (await HandleAsync(item, id, portal, client, cancellationToken).ConfigureAwait(false) is { } isDone)
                (isDone ? done : failed).Add(id);
        }

        if (done.Count > 0)
            await client.CallAsync("event.offline.clear", new Dictionary<string, object?> { ["process_id"] = process, ["message_id"] = done }, cancellationToken).ConfigureAwait(false);
        if (failed.Count > 0)
            await client.CallAsync("event.offline.error", new Dictionary<string, object?> { ["process_id"] = process, ["message_id"] = failed }, cancellationToken).ConfigureAwait(false);
        return (list.GetArrayLength(), done.Count);
    }

    /// <summary>
    /// Processes that reserved events and have not cleared them: a portal gives those to nobody who does not name the process. They may
    /// still be handling them, which the inbox knows.
    /// </summary>
    private async Task<IReadOnlyCollection<string>> LeftBehindAsync(InstalledPortal portal, TClient client, OfflineEventOptions offline, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_searched.TryGetValue(portal.MemberId, out var last) && now - last < offline.RecoverAfter)
            return [];
        var parameters = Parameters(offline);
        parameters["filter"] = new Dictionary<string, object?> { [">PROCESS_ID"] = "", ["ERROR"] = 0 };
        var answer = await client.CallAsync("event.offline.list", parameters, cancellationToken).ConfigureAwait(false);
        _searched[portal.MemberId] = now;
        return answer.ValueKind != JsonValueKind.Array ? []
            : answer.EnumerateArray().Select(static e => RequestText.Of(e, "PROCESS_ID")).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    // One that is due again says no more than none: portals that are gone leave nothing behind.
    private void ForgetSearches(OfflineEventOptions offline)
    {
        var now = time.GetUtcNow();
        foreach (var (memberId, last) in _searched)
        {
            if (now - last >= offline.RecoverAfter)
                _searched.TryRemove(KeyValuePair.Create(memberId, last));
        }
    }

    private static Dictionary<string, object?> Parameters(OfflineEventOptions offline) =>
        offline.AuthConnector is { } source ? new() { ["auth_connector"] = source } : [];

    private async Task<bool?> HandleAsync(JsonElement item, string id, InstalledPortal portal, TClient client, CancellationToken cancellationToken)
    {
        if (RequestText.Of(item, "EVENT_NAME") is not { } code)
            return false;
        try
        {
            var data = item.TryGetProperty("EVENT_DATA", out var given) && given.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? given : default;
            var outcome = await events.DispatchAsync(IncomingEvent.Offline(code, id, data, portal), client, isLifecycle: false, cancellationToken).ConfigureAwait(false);
            return outcome == DispatchOutcome.InProgress ? null : true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            IncomingLog.EventFailed(_logger, LoggedFailure.Of(e, _secrets), LogText.Line(id, IncomingLog.LongestText), portal.Url.Authority);
            return false;
        }
    }

    private async Task ReadSafelyAsync(InstalledPortal portal, OfflineEventOptions offline, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(portal, offline, cancellationToken).ConfigureAwait(false);
            _backoff.Succeeded(portal.MemberId);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A later round tries again; other portals must not wait for this one.
            IncomingLog.PortalFailed(_logger, portal.Url.Authority, _backoff.Failed(portal.MemberId), OneLine(e));
            IncomingLog.FailureDetails(_logger, LoggedFailure.Of(e, _secrets));
        }
    }

    // A portal that is gone for long would fill the log with the same stack.
    private string OneLine(Exception e) => LogText.Line(_secrets.Redact($"{e.GetType().Name}: {e.Message}"), IncomingLog.LongestText);

    private async Task WaitAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = time.CreateTimer(_ => Signal(), null, interval > TimeSpan.Zero ? interval : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
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
