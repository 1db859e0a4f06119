using System.Globalization;

namespace Bitrix24.AspNetCore;

/// <summary>Checks what a connector answers before it leaves: a portal says of a wrong answer only that it is wrong.</summary>
internal static class BIAnswerRules
{
    public static void Check(IReadOnlyList<BITable>? tables)
    {
        if (tables is null)
            throw Wrong("The list of tables is null.");
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tables.Count; i++)
        {
            if (tables[i] is not { } table)
                throw Wrong($"Table {Number(i)} is null.");
            if (IsEmpty(table.Code))
                throw Wrong($"Table {Number(i)} has no code.");
            if (IsEmpty(table.Title))
                throw Wrong($"Table \"{table.Code}\" has no title.");
            if (!codes.Add(table.Code))
                throw Wrong($"Table \"{table.Code}\" stands twice.");
        }
    }

    public static void Check(string table, IReadOnlyList<BIColumn> columns)
    {
        if (columns.Count == 0)
            throw Wrong($"Table \"{table}\" has no columns.");
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] is not { } column)
                throw Wrong($"Column {Number(i)} of table \"{table}\" is null.");
            if (IsEmpty(column.Code))
                throw Wrong($"Column {Number(i)} of table \"{table}\" has no code.");
            if (IsEmpty(column.Name))
                throw Wrong($"Column \"{column.Code}\" of table \"{table}\" has no name.");
            if (!Enum.IsDefined(column.Type))
                throw Wrong($"Column \"{column.Code}\" of table \"{table}\" has a type that does not exist.");
            if (!codes.Add(column.Code))
                throw Wrong($"Column \"{column.Code}\" of table \"{table}\" stands twice.");
        }
    }

    public static void CheckRow(long row, IReadOnlyList<object?>? values, IReadOnlyList<BIColumn> columns)
    {
        if (values is null)
            throw Wrong($"Row {Number(row)} is null.");
        if (values.Count != columns.Count)
            throw Wrong($"Row {Number(row)} has {values.Count.ToString(CultureInfo.InvariantCulture)} values for {columns.Count.ToString(CultureInfo.InvariantCulture)} columns.");
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value || Fits(columns[i].Type, value))
                continue;
            var kind = value is double or float ? "is no finite number" : $"is a {value.GetType().Name}";
            throw Wrong($"Row {Number(row)}: the value of \"{columns[i].Code}\" {kind}, the column is {columns[i].Type.ToString().ToLowerInvariant()}.");
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

    // PHP takes "0" for empty as well.
    private static bool IsEmpty(string? text) => text is null or "" or "0";

    private static string Number(long index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
