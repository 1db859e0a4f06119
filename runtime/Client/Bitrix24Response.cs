using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>An answer with all that came around its value.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class Bitrix24Response<T>
{
    /// <summary>The value.</summary>
    public required T Result { get; init; }

    /// <summary>How long the server took and what is left of its limits; null where it does not say.</summary>
    public Bitrix24Time? Time { get; init; }

    /// <summary>The offset of the next page; null after the last.</summary>
    public long? Next { get; init; }

    /// <summary>Records in all.</summary>
    public long? Total { get; init; }

    /// <summary>Whether there is another page; null where the server does not say.</summary>
    public bool? HasMore { get; init; }

    /// <summary>Members of the envelope, or beside the value, that the spec does not know.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extra { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>A digest of the page, if one was asked for, by which a repeated page is recognized.</summary>
    internal string? Digest { get; init; }
}

/// <summary>What the server says about the time of a call.</summary>
public sealed class Bitrix24Time : Bitrix24Object
{
    private static readonly TypeDescriptor TimeType = new("time", static () =>
    [
        new("start", ValueKind.Double),
        new("finish", ValueKind.Double),
        new("duration", ValueKind.Double),
        new("processing", ValueKind.Double),
        new("date_start", ValueKind.DateTime),
        new("date_finish", ValueKind.DateTime),
        new("operating_reset_at", ValueKind.Long),
        new("operating", ValueKind.Double),
    ]);

    /// <summary>When the call began, in seconds since 1970.</summary>
    public double? Start { get; private set; }

    /// <summary>When it ended, in seconds since 1970.</summary>
    public double? Finish { get; private set; }

    /// <summary>Seconds from begin to end.</summary>
    public double? Duration { get; private set; }

    /// <summary>Seconds in the method itself.</summary>
    public double? Processing { get; private set; }

    /// <summary>When the call began.</summary>
    public DateTimeOffset? DateStart { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? DateFinish { get; private set; }

    /// <summary>When some of the operating time becomes free again, in seconds since 1970.</summary>
    public long? OperatingResetAt { get; private set; }

    /// <summary>Seconds of operating time that the method has used.</summary>
    public double? Operating { get; private set; }

    /// <inheritdoc/>
    protected override TypeDescriptor Descriptor => TimeType;

    /// <inheritdoc/>
    protected override void ReadField(int index, ref FieldReader reader)
    {
        switch (index)
        {
            case 0:
                Start = JsonRead.DoubleOrNull(ref reader);
                break;
            case 1:
                Finish = JsonRead.DoubleOrNull(ref reader);
                break;
            case 2:
                Duration = JsonRead.DoubleOrNull(ref reader);
                break;
            case 3:
                Processing = JsonRead.DoubleOrNull(ref reader);
                break;
            case 4:
                DateStart = JsonRead.DateTimeOrNull(ref reader);
                break;
            case 5:
                DateFinish = JsonRead.DateTimeOrNull(ref reader);
                break;
            case 6:
                OperatingResetAt = JsonRead.WholeOrNull(ref reader);
                break;
            case 7:
                Operating = JsonRead.DoubleOrNull(ref reader);
                break;
        }
    }
}
