using System.Buffers;
using System.Globalization;
using Bitrix24.Gen.Emulator.Http;

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
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, HttpAnswer.Relaxed))
            WriteTo(writer);
        return JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
    }

    /// <summary>Writes it; the working time is always there, whether or not anybody counts.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        var duration = clock.GetElapsedTime(_timestamp);
        var finish = _start + duration;
        writer.WriteStartObject();
        writer.WriteNumber("start", Seconds(_start));
        writer.WriteNumber("finish", Seconds(finish));
        writer.WriteNumber("duration", duration.TotalSeconds);
        writer.WriteNumber("processing", duration.TotalSeconds);
        writer.WriteString("date_start", Iso(_start));
        writer.WriteString("date_finish", Iso(finish));
        writer.WriteNumber("operating_reset_at", (Operating?.ResetAt ?? finish + Window).ToUnixTimeSeconds());
        writer.WriteNumber("operating", Operating?.Used.TotalSeconds ?? 0);
        writer.WriteEndObject();
    }

    private static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}

/// <summary>How long a method has worked, and when the oldest of it is forgotten.</summary>
internal sealed record OperatingState(TimeSpan Used, DateTimeOffset ResetAt);
