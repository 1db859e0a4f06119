using System.Globalization;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>The <c>time</c> object of an answer.</summary>
internal sealed class CallTime(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly long _timestamp = clock.GetTimestamp();

    /// <summary>Working time of the method within the window, when it is limited.</summary>
    public OperatingState? Operating { get; set; }

    public JsonObject ToJson()
    {
        var duration = clock.GetElapsedTime(_timestamp);
        var finish = _start + duration;
        var time = new JsonObject
        {
            ["start"] = Seconds(_start),
            ["finish"] = Seconds(finish),
            ["duration"] = duration.TotalSeconds,
            ["processing"] = duration.TotalSeconds,
            ["date_start"] = Iso(_start),
            ["date_finish"] = Iso(finish),
        };
        // Always there, whether or not anybody counts.
        time["operating_reset_at"] = (Operating?.ResetAt ?? finish + Window).ToUnixTimeSeconds();
        time["operating"] = Operating?.Used.TotalSeconds ?? 0;

        return time;
    }

    private static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}

/// <summary>How long a method has worked, and when the oldest of it is forgotten.</summary>
internal sealed record OperatingState(TimeSpan Used, DateTimeOffset ResetAt);
