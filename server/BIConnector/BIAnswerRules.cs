using System.Globalization;

namespace Bitrix24.AspNetCore;

/// <summary>Checks what a connector answers before it leaves: a portal says of a wrong answer only that it is wrong.</summary>
internal static class BIAnswerRules
{
    private const string NotEmpty = "it must not be empty or \"0\"";

    public static void Check(IReadOnlyList<BITable>? tables)
    {
        if (tables is null)
            throw Wrong($"{nameof(IBIConnector.ListTablesAsync)} returned null; return an empty list if there are no tables.");
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tables.Count; i++)
        {
            if (tables[i] is not { } table)
                throw Wrong($"Table {Number(i)} of {nameof(IBIConnector.ListTablesAsync)} is null; leave it out.");
            if (IsEmpty(table.Code))
                throw Wrong($"Table {Number(i)} of {nameof(IBIConnector.ListTablesAsync)} has no code; {NotEmpty}.");
            if (IsEmpty(table.Title))
                throw Wrong($"Table \"{table.Code}\" has no title; {NotEmpty}.");
            if (!codes.Add(table.Code))
                throw Wrong($"{nameof(IBIConnector.ListTablesAsync)} returned two tables with the code \"{table.Code}\"; codes must differ.");
        }
    }

    public static void Check(string table, IReadOnlyList<BIColumn> columns)
    {
        if (columns.Count == 0)
            throw Wrong($"{nameof(IBIConnector.DescribeAsync)} returned no columns for table \"{table}\"; return one at least, or null if there is no such table.");
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] is not { } column)
                throw Wrong($"Column {Number(i)} of table \"{table}\" is null; leave it out.");
            if (IsEmpty(column.Code))
                throw Wrong($"Column {Number(i)} of table \"{table}\" has no code; {NotEmpty}.");
            if (IsEmpty(column.Name))
                throw Wrong($"Column \"{column.Code}\" of table \"{table}\" has no name; {NotEmpty}.");
            if (!Enum.IsDefined(column.Type))
                throw Wrong($"Column \"{column.Code}\" of table \"{table}\" has the type {column.Type}, which is none of {nameof(BIColumnType)}.");
            if (!codes.Add(column.Code))
                throw Wrong($"Table \"{table}\" has two columns with the code \"{column.Code}\"; codes must differ.");
        }
    }

    public static void CheckRow(string table, long row, IReadOnlyList<object?>? values, IReadOnlyList<BIColumn> columns)
    {
        if (values is null)
            throw Wrong($"Row {Number(row)} of table \"{table}\" is null; leave it out.");
        if (values.Count != columns.Count)
        {
            throw Wrong($"Row {Number(row)} of table \"{table}\" has {Counted(values.Count, "value")} for {Counted(columns.Count, "column")}; "
                + $"return one for each of {nameof(BIQuery)}.{nameof(BIQuery.Columns)}, in that order.");
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value || Fits(columns[i].Type, value))
                continue;
            var kind = value is double or float && columns[i].Type == BIColumnType.Double ? "is no finite number" : $"is of the type {value.GetType().Name}";
            var type = columns[i].Type;
            throw Wrong($"Row {Number(row)} of table \"{table}\": the value of the {type} column \"{columns[i].Code}\" {kind}; return {Types(type)} or null.");
        }
    }

    public static BIConnectorException Wrong(string message) => new(message);

    private static bool Fits(BIColumnType type, object value) => type switch
    {
        BIColumnType.String => value is string or bool or Guid,
        BIColumnType.Int => IsWhole(value) || value is bool,
        BIColumnType.Double => IsWhole(value) || value is decimal || (value is double number && double.IsFinite(number)) || (value is float single && float.IsFinite(single)),
        BIColumnType.Date => value is DateOnly or DateTime,
        _ => value is DateTime or DateTimeOffset,
    };

    private static bool IsWhole(object value) => value is sbyte or byte or short or ushort or int or uint or long or ulong;

    private static string Types(BIColumnType type) => type switch
    {
        BIColumnType.String => "string, bool, Guid",
        BIColumnType.Int => "a whole number, bool",
        BIColumnType.Double => "a finite number",
        BIColumnType.Date => "DateOnly, DateTime",
        _ => "DateTime, DateTimeOffset",
    };

    // PHP takes "0" for empty as well.
    private static bool IsEmpty(string? text) => text is null or "" or "0";

    private static string Counted(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Number(long index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
