using System.Globalization;

namespace Bitrix24.AspNetCore;

/// <summary>Checks what a connector answers before it leaves: a portal says of a wrong answer only that it is wrong.</summary>
internal static class BIAnswerRules
{
    public static void Check(IReadOnlyList<BITable> tables)
    {
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

    public static void CheckRow(long row, IReadOnlyList<object?> values, IReadOnlyList<BIColumn> columns)
    {
        if (values is null)
            throw Wrong($"Row {Number(row)} is null.");
        if (values.Count != columns.Count)
            throw Wrong($"Row {Number(row)} has {values.Count.ToString(CultureInfo.InvariantCulture)} values for {columns.Count.ToString(CultureInfo.InvariantCulture)} columns.");
    }

    /// <summary>A value is not of its column's type.</summary>
    public static BIConnectorException WrongType(long row, BIColumn column, object value) =>
        Wrong($"Row {Number(row)}: the value of \"{column.Code}\" is a {value.GetType().Name}, the column is {column.Type.ToString().ToLowerInvariant()}.");

    public static BIConnectorException Wrong(string message) => new(message);

    // PHP takes "0" for empty as well.
    private static bool IsEmpty(string? text) => text is null or "" or "0";

    private static string Number(long index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
