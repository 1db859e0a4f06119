using System.Globalization;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>Numbers that state files take from fields and parameters, and how they compare: <c>quotient:60:NAME</c>, <c>stamp:NAME:ZONE</c>, <c>compare:A:B</c>.</summary>
internal static class Numbers
{
    /// <summary>How often the divisor fits into a field of the record.</summary>
    public static object? Quotient(Record? record, string[] parts) =>
        parts is [_, var divisor, var field] && JsonValues.TryNumber(divisor, out var by) && by != 0 && Values.Text(record?[field]) is { } text && JsonValues.TryNumber(text, out var number)
            ? (long)(number / by)
            : null;

    /// <summary>How many rows a value says.</summary>
    public static int Count(object? value, int otherwise) =>
        JsonValues.TryNumber(Values.Text(value) ?? "", out var count) ? (int)Math.Clamp(count, 0, int.MaxValue) : otherwise;

    /// <summary>How the first value stands to the second: less, equal, greater; null: one is missing.</summary>
    public static string? Compare(object? left, object? right) => Values.IsNothing(left) || Values.IsNothing(right) ? null
        : Math.Sign(Scalar.Of(left).CompareTo(Scalar.Of(right))) switch { < 0 => "less", 0 => "equal", _ => "greater" };

    /// <summary>The moment that a text or a number of seconds since 1970 says; null: it says none.</summary>
    public static object? Moment(object? value) =>
        value is DateTimeOffset ? value
        : Values.Text(value) is { } text && JsonValues.TryTime(text, out var moment) ? moment
        : long.TryParse(Values.Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var stamp)
        && stamp >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && stamp <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(stamp)
            : null;

    /// <summary>The day of a moment, in the moment's own zone; <c>invalid</c> for other values, null for none.</summary>
    public static string? Date(object? value) => Values.IsNothing(value) ? null
        : value as DateTimeOffset? is { } kept || JsonValues.TryTime(Values.Text(value) ?? "", out kept) ? kept.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : "invalid";

    /// <summary>The beginning of a day, so many days from a moment's; before it where the number is negative.</summary>
    public static DateTimeOffset Day(DateTimeOffset from, string days) =>
        new DateTimeOffset(from.Date, from.Offset).AddDays(int.Parse(days, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    /// <summary>The seconds since 1970 of a field that is a moment; without an offset of its own it is in the zone that another field names.</summary>
    public static object? Stamp(Record? record, string[] parts)
    {
        var value = parts is [_, var field, ..] ? record?[field] : null;
        if ((value as DateTimeOffset? ?? (DateTimeOffset.TryParse(Values.Text(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) ? read : null)) is not { } moment)
            return null;
        return moment.Offset == TimeSpan.Zero && parts is [_, _, var named] && Values.Text(record?[named]) is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? new DateTimeOffset(moment.DateTime, found.GetUtcOffset(moment.DateTime)).ToUnixTimeSeconds()
            : moment.ToUnixTimeSeconds();
    }
}
