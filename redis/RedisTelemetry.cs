using System.Diagnostics.Metrics;

namespace Bitrix24;

internal static class RedisTelemetry
{
    private static readonly Meter s_meter = new("Bitrix24");

    public static Counter<long> Fallbacks { get; } = s_meter.CreateCounter<long>(
        "bitrix24.limiter.fallbacks", "{fallback}", "Redis did not answer, and calls went by the process's own share of the limits");
}
