using System.Globalization;
using System.Text.Json;

namespace Bitrix24.AspNetCore;

/// <summary>
/// The conditions that a portal asks rows to meet: operator prefix and column to value, or to a list of values. What cannot be read, as
/// another operator or a value that is no number, keeps every row.
/// </summary>
internal sealed class BIFilter
{
    private static readonly string[] Operators = ["!=%", "!%=", "!@", "!%", "!=", "=%", "%=", ">=", "<=", ">", "<", "@", "%", "=", "!"];

    private readonly List<(BIColumn Column, string Operator, IReadOnlyList<Wanted> Values)> _conditions = [];

    /// <summary>The columns that the conditions are about.</summary>
    public IEnumerable<BIColumn> Columns => _conditions.Select(static c => c.Column).Distinct();

    /// <param name="filter">The conditions; undefined: none.</param>
    /// <param name="columns">The columns of the table.</param>
    /// <param name="map">Names of the dataset's columns by the code of the source's.</param>
    public static BIFilter Read(JsonElement filter, IReadOnlyList<BIColumn> columns, IReadOnlyDictionary<string, string> map)
    {
        var read = new BIFilter();
        if (filter.ValueKind != JsonValueKind.Object)
            return read;
        foreach (var member in filter.EnumerateObject())
        {
            var operation = Operators.FirstOrDefault(o => member.Name.StartsWith(o, StringComparison.Ordinal)) ?? "";
            var name = member.Name[operation.Length..];
            var column = columns.FirstOrDefault(c => c.Code == name) ?? columns.FirstOrDefault(c => map.GetValueOrDefault(c.Code) == name);
            if (column is not null && Texts(member.Value) is { } texts && Wants(column, operation, texts) is { } values)
                read._conditions.Add((column, operation, values));
        }

        return read;
    }

    /// <summary>Whether a row meets all conditions.</summary>
    /// <param name="row">Its values.</param>
    /// <param name="columns">The column of each.</param>
    public bool Matches(IReadOnlyList<object?> row, IReadOnlyList<BIColumn> columns)
    {
        foreach (var (column, operation, values) in _conditions)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (ReferenceEquals(columns[i], column) && !Meets(row[i], column, operation, values))
                    return false;
            }
        }

        return true;
    }

    private static bool Meets(object? value, BIColumn column, string operation, IReadOnlyList<Wanted> values)
    {
        var isNot = operation.StartsWith('!');
        var any = values.Any(v => operation switch
        {
            ">" or ">=" or "<" or "<=" => value is not null && Compares(operation, Compare(value, column, v)),
            "%" or "!%" => value is not null && Text(value).Contains(v.Text, StringComparison.OrdinalIgnoreCase),
            "=%" or "%=" or "!=%" or "!%=" => value is not null && IsLike(Text(value), v.Text),
            _ => v.Text.Length == 0 ? value is null || Text(value).Length == 0 : value is not null && Compare(value, column, v) == 0,
        });
        return any != isNot;
    }

    private static bool Compares(string operation, int order) => operation switch
    {
        ">" => order > 0,
        ">=" => order >= 0,
        "<" => order < 0,
        _ => order <= 0,
    };

    private static int Compare(object value, BIColumn column, Wanted wanted) => (column.Type, value) switch
    {
        (BIColumnType.Int or BIColumnType.Double, bool flag) => (flag ? 1m : 0m).CompareTo(wanted.Number),
        (BIColumnType.Int or BIColumnType.Double, double or float) => ((IConvertible)value).ToDouble(CultureInfo.InvariantCulture).CompareTo((double)wanted.Number),
        (BIColumnType.Int or BIColumnType.Double, IConvertible number) => number.ToDecimal(CultureInfo.InvariantCulture).CompareTo(wanted.Number),
        (BIColumnType.Date, DateOnly day) => day.CompareTo(DateOnly.FromDateTime(wanted.Moment.DateTime)),
        (BIColumnType.Date, DateTime day) => day.Date.CompareTo(wanted.Moment.Date),
        (BIColumnType.DateTime, DateTimeOffset moment) => moment.CompareTo(wanted.Moment),
        (BIColumnType.DateTime, DateTime { Kind: DateTimeKind.Unspecified } moment) => moment.CompareTo(wanted.Moment.DateTime),
        (BIColumnType.DateTime, DateTime moment) => new DateTimeOffset(moment).CompareTo(wanted.Moment),
        _ => string.Compare(Text(value), wanted.Text, StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>The values as the column compares them; null: one of them is none of its kind.</summary>
    private static List<Wanted>? Wants(BIColumn column, string operation, IReadOnlyList<string> texts)
    {
        var wants = new List<Wanted>();
        foreach (var text in texts)
        {
            var (number, moment) = (0m, default(DateTimeOffset));
            var isReadable = operation.Contains('%') || column.Type switch
            {
                BIColumnType.Int or BIColumnType.Double => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number),
                BIColumnType.Date or BIColumnType.DateTime => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment),
                _ => true,
            };
            // An empty text asks for rows without a value; nothing is greater or less than it.
            if (!isReadable && (text.Length > 0 || operation is ">" or ">=" or "<" or "<="))
                return null;
            wants.Add(new(text, number, moment));
        }

        return wants;
    }

    private static string Text(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "Y" : "N",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // % stands for anything.
    private static bool IsLike(string text, string pattern)
    {
        var parts = pattern.Split('%');
        if (!text.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase) || (parts.Length == 1 && text.Length != pattern.Length))
            return false;
        var at = parts[0].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            var found = i == parts.Length - 1
                ? text.Length - parts[i].Length >= at && text.EndsWith(parts[i], StringComparison.OrdinalIgnoreCase) ? text.Length - parts[i].Length : -1
                : text.IndexOf(parts[i], at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return false;
            at = found + parts[i].Length;
        }

        return true;
    }

    private static IReadOnlyList<string>? Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => Texts(value.EnumerateArray()),
        JsonValueKind.Object => null,
        JsonValueKind.Null => [""],
        _ => RequestText.Of(value) is { } text ? [text] : value.ValueKind == JsonValueKind.String ? [""] : null,
    };

    private static List<string>? Texts(JsonElement.ArrayEnumerator items)
    {
        var texts = new List<string>();
        foreach (var item in items)
        {
            if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                return null;
            texts.Add(RequestText.Of(item) ?? "");
        }

        return texts;
    }

    private sealed record Wanted(string Text, decimal Number, DateTimeOffset Moment);
}
