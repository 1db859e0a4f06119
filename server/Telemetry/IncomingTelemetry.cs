using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Bitrix24.AspNetCore;

/// <summary>Logs, traces and counts what portals send: its kind, its portal and its outcome. Never a token, a value or a body.</summary>
internal sealed class IncomingTelemetry(ILogger logger, TimeProvider time, string clientSecret)
{
    // That of the client's.
    private const string Name = "Bitrix24";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("bitrix24.incoming.duration", "s", "From a portal's request to its answer");

    public ObservedRequest Start(string kind) => new(this, kind, Source.StartActivity("bitrix24.incoming " + kind, ActivityKind.Server), time.GetTimestamp());

    internal void Finished(ObservedRequest request, Activity? activity, string outcome, string? code)
    {
        Duration.Record(
            time.GetElapsedTime(request.StartedAt).TotalSeconds,
            new("bitrix24.incoming.kind", request.Kind), new("bitrix24.incoming.code", code ?? "other"), new("bitrix24.outcome", outcome));
        activity?.SetTag("bitrix24.incoming.code", code ?? "other");
        activity?.SetTag("bitrix24.outcome", outcome);
        activity?.Dispose();
    }

    internal ILogger Logger => logger;

    /// <summary>What no log may have of any request.</summary>
    internal string ClientSecret => clientSecret;
}

/// <summary>A request under observation.</summary>
internal sealed class ObservedRequest(IncomingTelemetry telemetry, string kind, Activity? activity, long startedAt) : IDisposable
{
    private string _what = "A request";
    private string? _code;
    private string _outcome = "failed";
    private Secrets _secrets = new(telemetry.ClientSecret);

    public string Kind => kind;

    public long StartedAt => startedAt;

    /// <param name="what">The request, without a secret.</param>
    /// <param name="code">Its code, where the application knows it.</param>
    public void About(string what, string? code) => (_what, _code) = (LogText.Line(what, IncomingLog.LongestText), code);

    /// <summary>Keeps the secrets of the request out of what is logged of it, whoever quotes them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The key in its address.</param>
    public void Hide(IncomingRequest request, string? key = null) => _secrets = new([telemetry.ClientSecret, key, .. LoggedFailure.SecretsOf(request)]);

    public void Done(string outcome)
    {
        _outcome = outcome;
        IncomingLog.Done(telemetry.Logger, _what, outcome);
    }

    public void Refused(string outcome, string why)
    {
        _outcome = outcome;
        activity?.SetStatus(ActivityStatusCode.Error, outcome);
        IncomingLog.Refused(telemetry.Logger, _what, LogText.Line(_secrets.Redact(why), IncomingLog.LongestText));
    }

    public void Failed(Exception error)
    {
        activity?.SetStatus(ActivityStatusCode.Error, "failed");
        IncomingLog.Failed(telemetry.Logger, LoggedFailure.Of(error, _secrets), _what);
    }

    public void Dispose() => telemetry.Finished(this, activity, _outcome, _code);
}
