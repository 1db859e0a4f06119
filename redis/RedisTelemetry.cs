using System.Diagnostics.Metrics;

namespace Bitrix24;

internal static class RedisTelemetry
{
    private static readonly Meter Meter = new("Bitrix24");

    public static Counter<long> Fallbacks { get; } = Meter.CreateCounter<long>(
        "bitrix24.limiter.fallbacks", "{fallback}", "Redis did not answer, and calls went by the process's own share of the limits");
}
