using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.State;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>
/// Rows of a list for each time at which a record recurs: <c>occurs</c> of a method's state. The rule is an object as in
/// iCalendar: FREQ, INTERVAL, COUNT, UNTIL, BYDAY.
/// </summary>
internal sealed class Occurrences(JsonObject occurs, MethodCall call)
{
    private const int MostPeriods = 5_000;
    private const int LongestInterval = 100;

    /// <summary>Of records beyond these years nothing recurs: calendars end there.</summary>
    private const int FirstYear = 1900;
    private const int LastYear = 9_000;
    private const int DaysOfWeek = 7;

    /// <summary>Without a period of its own a list has the month before today and the three after it.</summary>
    private const int MonthsBefore = -1;
    private const int MonthsAfter = 3;

    private static readonly string[] Days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private readonly DateTimeOffset _from = Moment(call.Expression.Value(occurs["from"])) ?? call.Context.Now.AddMonths(MonthsBefore);
    private readonly DateTimeOffset _to = Moment(call.Expression.Value(occurs["to"])) ?? call.Context.Now.AddMonths(MonthsAfter);

    /// <summary>The records, and in place of those that recur a copy for each time between the bounds.</summary>
    public IEnumerable<Record> Of(IEnumerable<Record> records) => records.SelectMany(Of);

    private IEnumerable<Record> Of(Record record)
    {
        if (Values.ToNode(record[Name("rule")]) is not JsonObject { Count: > 0 } rule || Moment(record[Name("start")]) is not { } start || Moment(record[Name("end")]) is not { } end
            || start.Year is < FirstYear or > LastYear || end < start)
            return [record];
        return Starts(rule, start).TakeWhile(s => s <= _to && s.Year < LastYear).Where(s => s + (end - start) >= _from).Select(s => At(record, s, s + (end - start)));
    }

    private Record At(Record record, DateTimeOffset start, DateTimeOffset end)
    {
        var copy = record.Copy();
        copy.Set(Name("start"), start);
        copy.Set(Name("end"), end);
        foreach (var (name, moment) in (occurs["stamps"] as JsonArray ?? []).Select(JsonValues.Text).OfType<string>().Zip([start, end]))
            copy.Set(name, moment.ToUnixTimeSeconds());
        return copy;
    }

    private static IEnumerable<DateTimeOffset> Starts(JsonObject rule, DateTimeOffset start)
    {
        var every = Math.Clamp(Number(rule, "INTERVAL") ?? 1, 1, LongestInterval);
        var until = Moment(Text(rule, "UNTIL")) is { Year: < LastYear } last ? last.AddDays(1) : DateTimeOffset.MaxValue;
        return Enumerable.Range(0, MostPeriods)
            .SelectMany(i => Period(rule, start, i * every))
            .Where(s => s >= start)
            .TakeWhile(s => s < until)
            .Take(Number(rule, "COUNT") is > 0 and var count ? count : int.MaxValue);
    }

    /// <summary>The times in the day, week, month or year that is so many after the first.</summary>
    private static IEnumerable<DateTimeOffset> Period(JsonObject rule, DateTimeOffset start, int after)
    {
        switch (Text(rule, "FREQ")?.ToUpperInvariant())
        {
            case "DAILY":
                return [start.AddDays(after)];
            case "MONTHLY":
                return [start.AddMonths(after)];
            case "YEARLY":
                return [start.AddYears(after)];
            default:
                var own = ((int)start.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek;
                var days = ByDay(rule);
                return (days.Count == 0 ? [own] : days).Select(day => start.AddDays((after * DaysOfWeek) + day - own));
        }
    }

    private static List<int> ByDay(JsonObject rule)
    {
        IEnumerable<string?> named = JsonValues.Member(rule, "BYDAY") switch
        {
            JsonArray list => list.Select(JsonValues.Text),
            JsonObject map => map.Select(static m => JsonValues.Text(m.Value)),
            { } text => (JsonValues.Text(text) ?? "").Split(','),
            null => [],
        };
        return [.. named.Select(static d => Array.IndexOf(Days, d?.Trim().ToUpperInvariant())).Where(static d => d >= 0).Order()];
    }

    private string Name(string key) => JsonValues.Text(occurs[key]) ?? "";

    private static string? Text(JsonObject rule, string name) => JsonValues.Text(JsonValues.Member(rule, name));

    private static int? Number(JsonObject rule, string name) => int.TryParse(Text(rule, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Moment(object? value) => Numbers.Moment(value) as DateTimeOffset?;
}
