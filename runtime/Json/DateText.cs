using System.Globalization;
using System.Text;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>The forms in which dates travel.</summary>
internal static class DateText
{
    private const string Iso = "yyyy-MM-dd'T'HH:mm:sszzz";

    /// <summary>Bytes of the longest form.</summary>
    public const int MaxLength = 64;

    /// <summary>Writes a date in the form that its field asks for; says how many bytes it took.</summary>
    public static int Format(Span<byte> text, DateOnly value, FieldDescriptor? field) =>
        value.TryFormat(text, out var length, field?.Format ?? "yyyy-MM-dd", CultureInfo.InvariantCulture)
            ? length
            : throw new FormatException("The date's form is too long.");

    /// <summary>Writes a moment in the form that its field asks for; says how many bytes it took.</summary>
    public static int Format(Span<byte> text, DateTimeOffset value, FieldDescriptor? field)
    {
        // A form without an offset is read back as UTC.
        var format = field?.Format;
        var moment = format is null || format.Contains('z', StringComparison.Ordinal) ? value : value.ToUniversalTime();
        return moment.TryFormat(text, out var length, format ?? Iso, CultureInfo.InvariantCulture)
            ? length
            : throw new FormatException("The date's form is too long.");
    }

    /// <summary>
    /// Reads <c>yyyy-MM-dd</c> or <c>dd.MM.yyyy</c>, with or without a time, a fraction and an offset; a moment without
    /// an offset is UTC. What stands for no date (<c>0000-00-00</c>, a year below 2) is the default.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length < 10)
            return text is [(byte)'0'] || TryParseOther(text, out value);
        if (IsBeforeYearOne(text))
            return true;
        int year, month, day;
        if (text[4] == text[7] && text[4] is (byte)'-' or (byte)'/')
        {
            if (!Digits(text[..4], out year) || !Digits(text.Slice(5, 2), out month) || !Digits(text.Slice(8, 2), out day))
                return false;
        }
        else if (text[2] == '.' && text[5] == '.')
        {
            if (!Digits(text[..2], out day) || !Digits(text.Slice(3, 2), out month) || !Digits(text.Slice(6, 4), out year))
                return false;
        }
        else
        {
            return text.Contains((byte)'/') ? TryParseSlashes(text, out value) : TryParseOther(text, out value);
        }

        // MySQL's and PHP's ways to say that there is no date.
        if (year < 2)
            return true;
        return TryTicks(year, month, day, out var ticks)
            && TryTime(text[10..], out var time, out var offset)
            && TryMake(ticks + time, offset, out value);
    }

    /// <summary>Reads seconds since 1970; 0 stands for no date.</summary>
    public static bool TryParseSeconds(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < -62135596800 or > 253402300799)
            return false;
        if (seconds != 0)
            value = DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    // -0001-11-30T00:00:00+02:30, 30.11.-0001: what PHP makes of 0000-00-00.
    private static bool IsBeforeYearOne(ReadOnlySpan<byte> text) =>
        (text[0] == '-' && text.Length >= 11 && text[5] == '-' && Digits(text.Slice(1, 4), out _))
        || (text.Length >= 11 && text[2] == '.' && text[5] == '.' && text[6] == '-' && Digits(text.Slice(7, 4), out _));

    // Day or month first, by the portal's country: what may be both is no date that can be relied on.
    private static bool TryParseSlashes(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        var space = text.IndexOf((byte)' ');
        var date = space < 0 ? text : text[..space];
        var rest = text[date.Length..];
        var first = date.IndexOf((byte)'/');
        var last = date.LastIndexOf((byte)'/');
        if (first is < 1 or > 2 || last - first is < 2 or > 3 || date.Length - last != 5
            || !Digits(date[..first], out var one) || !Digits(date[(first + 1)..last], out var other) || !Digits(date[(last + 1)..], out var year))
            return false;
        if (year < 2)
            return true;
        if (one != other && one <= 12 && other <= 12)
            return false;
        var (day, month) = one > 12 ? (one, other) : (other, one);
        if (!TryTicks(year, month, day, out var ticks))
            return false;
        if (TryTime(rest, out var time, out var offset))
            return TryMake(ticks + time, offset, out value);
        return TimeOnly.TryParse(Encoding.UTF8.GetString(rest), CultureInfo.InvariantCulture, out var clock)
            && TryMake(ticks + clock.Ticks, 0, out value);
    }

    private static bool TryTicks(int year, int month, int day, out long ticks)
    {
        ticks = 0;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        ticks = new DateTime(year, month, day).Ticks;
        return true;
    }

    private static bool TryMake(long ticks, long offset, out DateTimeOffset value)
    {
        value = default;
        if (ticks - offset < DateTime.MinValue.Ticks || ticks - offset > DateTime.MaxValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;
        value = new DateTimeOffset(ticks, new TimeSpan(offset));
        return true;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out long time, out long offset)
    {
        time = offset = 0;
        if (text.IsEmpty)
            return true;
        if (text[0] is not ((byte)'T' or (byte)' ') || text.Length < 6 || text[3] != ':')
            return false;
        var second = 0;
        if (!Digits(text.Slice(1, 2), out var hour) || !Digits(text.Slice(4, 2), out var minute))
            return false;
        text = text[6..];
        if (text.Length >= 3 && text[0] == ':')
        {
            if (!Digits(text.Slice(1, 2), out second))
                return false;
            text = text[3..];
        }

        if (hour > 23 || minute > 59 || second > 59)
            return false;
        time = new TimeSpan(hour, minute, second).Ticks;
        if (!text.IsEmpty && text[0] == '.')
        {
            var unit = TimeSpan.TicksPerSecond / 10;
            var i = 1;
            for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++, unit /= 10)
                time += (text[i] - '0') * unit;
            text = text[i..];
        }

        return TryOffset(text.TrimStart((byte)' '), out offset);
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out long offset)
    {
        offset = 0;
        if (text.IsEmpty || text is [(byte)'Z' or (byte)'z'])
            return true;
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length < 3)
            return false;
        var minute = 0;
        if (!Digits(text.Slice(1, 2), out var hour))
            return false;
        var rest = text[3..];
        if (!rest.IsEmpty && rest[0] == ':')
            rest = rest[1..];
        if (rest.Length is not (0 or 2) || (rest.Length == 2 && !Digits(rest, out minute)) || hour > 14 || minute > 59)
            return false;
        var span = new TimeSpan(hour, minute, 0);
        if (span > TimeSpan.FromHours(14))
            return false;
        offset = text[0] == '-' ? -span.Ticks : span.Ticks;
        return true;
    }

    private static bool TryParseOther(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        // Seconds of the years 1973 to 5138, as text.
        if (text.Length is >= 9 and <= 11 && LongDigits(text, out var seconds))
        {
            value = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }

        return DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        var read = LongDigits(text, out var number);
        value = (int)number;
        return read;
    }

    private static bool LongDigits(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
