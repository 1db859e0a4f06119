using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Bitrix24;

/// <summary>
/// Logs, traces and counts calls: method, portal, outcome, waits and retries. Never an address with
/// its path, a parameter or an answer: secrets travel there.
/// </summary>
internal sealed partial class CallTelemetry(Bitrix24Credentials credentials, Bitrix24ClientOptions options)
{
    public const string Name = "Bitrix24";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("bitrix24.call.duration", "s", "From call to answer, waits and retries included");
    private static readonly Histogram<double> Wait = Meter.CreateHistogram<double>("bitrix24.call.wait", "s", "Waited for the portal's limits");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("bitrix24.call.retries", "{retry}", "Calls sent again");
    private static readonly Counter<long> Refreshes = Meter.CreateCounter<long>("bitrix24.token.refreshes", "{refresh}", "Access tokens refreshed, or not refreshed");

    private static readonly Counter<long> Misfits = Meter.CreateCounter<long>("bitrix24.answer.misfits", "{value}", "Answered values that did not fit their fields and were kept as they came");

    static CallTelemetry() => Meter.CreateObservableGauge(
        "bitrix24.bucket.free",
        static () => PortalThrottle.Free.Select(static p => new Measurement<long>(p.Free, new KeyValuePair<string, object?>("server.address", p.Portal))),
        "{request}",
        "Requests that the portal would take at once");

    public async Task<T> ObserveAsync<T>(Call call, Func<Task<T>> send)
    {
        using var activity = Source.StartActivity(call.Name, ActivityKind.Client);
        activity?.SetTag("bitrix24.method", call.Name);
        activity?.SetTag("server.address", credentials.PortalName);
        var start = options.TimeProvider.GetTimestamp();
        var outcome = "failed";
        try
        {
            var result = await send().ConfigureAwait(false);
            outcome = "ok";
            return result;
        }
        catch (Exception e)
        {
            outcome = OutcomeOf(e);
            throw;
        }
        finally
        {
            if (outcome != "ok")
                activity?.SetStatus(ActivityStatusCode.Error, outcome);
            Report(call, activity, outcome, options.TimeProvider.GetElapsedTime(start));
        }
    }

    public void Retried(Call call, CallFault fault)
    {
        Retries.Add(1, new("bitrix24.method", call.Name), new("server.address", credentials.PortalName), new("bitrix24.fault", fault.ToString()));
        if (options.Logger is { } logger)
            LogRetried(logger, call.Name, credentials.PortalName, fault);
    }

    /// <summary>An authorization server was asked for new tokens.</summary>
    public static void Refreshed(string portal, ILogger? logger, Exception? error)
    {
        var outcome = error is null ? "ok" : OutcomeOf(error);
        Refreshes.Add(1, new("server.address", portal), new("bitrix24.outcome", outcome));
        if (logger is null)
            return;
        if (error is null)
            LogRefreshed(logger, portal);
        else
            LogNotRefreshed(logger, portal, outcome);
    }

    /// <summary>Values of an answer did not fit their fields.</summary>
    public static void Misread(string method, string portal, ILogger? logger, int count, string path, string reason)
    {
        Misfits.Add(count, new("bitrix24.method", method), new("server.address", portal));
        if (logger is not null)
            LogMisread(logger, method, portal, count, path, reason);
    }

    /// <summary>A sum leaves records out.</summary>
    public static void Partial(string method, string portal, ILogger logger) => LogPartial(logger, method, portal);

    /// <summary>Other processes did not hear that a method is held back.</summary>
    public static void NotShared(string method, string portal, ILogger? logger, Exception error)
    {
        if (logger is not null)
            LogNotShared(logger, LogText.Name(method), portal, error.GetType().Name);
    }

    /// <summary>The lock on a portal's tokens could not be ended.</summary>
    public static void NotUnlocked(string portal, ILogger? logger, Exception error)
    {
        if (logger is not null)
            LogNotUnlocked(logger, portal, error.GetType().Name);
    }

    private void Report(Call call, Activity? activity, string outcome, TimeSpan took)
    {
        var (retries, portal) = (call.Faults + call.Refusals, credentials.PortalName);
        activity?.SetTag("bitrix24.outcome", outcome);
        activity?.SetTag("bitrix24.wait", call.Waited.TotalSeconds);
        activity?.SetTag("bitrix24.retries", retries);
        if (activity is { IsAllDataRequested: true } && PortalThrottle.Of(credentials, options).Limiter is { } limiter)
            activity.SetTag("bitrix24.bucket.free", limiter.GetStatistics().CurrentAvailablePermits);
        var tags = new TagList { { "bitrix24.method", call.Name }, { "server.address", portal }, { "bitrix24.outcome", outcome } };
        Duration.Record(took.TotalSeconds, tags);
        Wait.Record(call.Waited.TotalSeconds, tags);
        if (options.Logger is not { } logger)
            return;
        if (outcome == "ok")
            LogDone(logger, call.Name, portal, took.TotalMilliseconds, call.Waited.TotalMilliseconds, retries);
        else
            LogFailed(logger, call.Name, portal, outcome, took.TotalMilliseconds, retries);
    }

    private static string OutcomeOf(Exception e) => e switch
    {
        OperationCanceledException => "cancelled",
        Bitrix24ApiException api => LogText.Code(api.Code),
        Bitrix24ConnectionException => "connection",
        Bitrix24ProtocolException => "protocol",
        Bitrix24LimitException => "queue_full",
        Bitrix24ValidationException => "invalid",
        _ => "failed",
    };

    [LoggerMessage(1, LogLevel.Debug, "{Method} of {Portal} answered in {Elapsed} ms, {Waited} ms of them waiting, {Retries} retries")]
    private static partial void LogDone(ILogger logger, string method, string portal, double elapsed, double waited, int retries);

    [LoggerMessage(2, LogLevel.Warning, "{Method} of {Portal} failed after {Elapsed} ms and {Retries} retries: {Outcome}")]
    private static partial void LogFailed(ILogger logger, string method, string portal, string outcome, double elapsed, int retries);

    [LoggerMessage(3, LogLevel.Information, "{Method} of {Portal} is retried: {Fault}")]
    private static partial void LogRetried(ILogger logger, string method, string portal, CallFault fault);

    [LoggerMessage(4, LogLevel.Information, "The access token of {Portal} was refreshed")]
    private static partial void LogRefreshed(ILogger logger, string portal);

    [LoggerMessage(5, LogLevel.Error, "The access token of {Portal} could not be refreshed: {Outcome}")]
    private static partial void LogNotRefreshed(ILogger logger, string portal, string outcome);

    [LoggerMessage(6, LogLevel.Warning, "{Method} of {Portal} answered {Count} values that do not fit their fields and are kept in Extra, the first at '{Path}': {Reason}")]
    private static partial void LogMisread(ILogger logger, string method, string portal, int count, string path, string reason);

    [LoggerMessage(8, LogLevel.Warning, "Other processes did not hear that {Method} of {Portal} is held back for its operating time: {Error}")]
    private static partial void LogNotShared(ILogger logger, string method, string portal, string error);

    [LoggerMessage(7, LogLevel.Warning, "{Method} of {Portal} was computed over a part of the records only: the answer says that it is truncated")]
    private static partial void LogPartial(ILogger logger, string method, string portal);

    [LoggerMessage(9, LogLevel.Warning, "The lock on the tokens of {Portal} could not be released: {Error}")]
    private static partial void LogNotUnlocked(ILogger logger, string portal, string error);
}
