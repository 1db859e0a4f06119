using System.Globalization;
using System.Runtime.CompilerServices;
using Bitrix24.AspNetCore;
using Microsoft.Data.Sqlite;

namespace BIConnector;

/// <summary>Every table of a SQLite database as a table of BI Builder.</summary>
public sealed class SqliteConnector(string connectionString) : IBIConnector
{
    public BIConnectorInfo Info => new("SQLite", "https://example.com/sqlite.svg")
    {
        Description = "The tables of a SQLite database.",
        Settings = [new("password", "Password")],
    };

    public ValueTask CheckAsync(BIConnection connection, CancellationToken cancellationToken) =>
        connection["password"] == "open sesame" ? default : throw new BIConnectorException("The password is wrong.");

    public async ValueTask<IReadOnlyList<BITable>> ListTablesAsync(BIConnection connection, string search, CancellationToken cancellationToken)
    {
        await CheckAsync(connection, cancellationToken);
        var tables = new List<BITable>();
        await foreach (var row in QueryAsync("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%' || $search || '%' ORDER BY name", [("$search", search)], cancellationToken))
            tables.Add(new(row.GetString(0), row.GetString(0)));
        return tables;
    }

    public async ValueTask<IReadOnlyList<BIColumn>?> DescribeAsync(BIConnection connection, string table, CancellationToken cancellationToken)
    {
        await CheckAsync(connection, cancellationToken);
        var columns = new List<BIColumn>();
        await foreach (var row in QueryAsync("SELECT name, type FROM pragma_table_info($table)", [("$table", table)], cancellationToken))
            columns.Add(new(row.GetString(0), row.GetString(0), TypeOf(row.GetString(1))));
        return columns.Count == 0 ? null : columns;
    }

    public async IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(
        BIConnection connection, BIQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CheckAsync(connection, cancellationToken);
        // Table and columns come from the description, never from the request.
        var sql = $"SELECT {string.Join(", ", query.Columns.Select(static c => Quote(c.Code)))} FROM {Quote(query.Table)} LIMIT $limit";
        await foreach (var row in QueryAsync(sql, [("$limit", query.Limit ?? -1)], cancellationToken))
            yield return [.. query.Columns.Select((c, i) => row.IsDBNull(i) ? null : ValueOf(row, i, c.Type))];
    }

    private static object ValueOf(SqliteDataReader row, int index, BIColumnType type) => type switch
    {
        BIColumnType.Int => row.GetInt64(index),
        BIColumnType.Double => row.GetDouble(index),
        BIColumnType.Date => DateOnly.Parse(row.GetString(index), CultureInfo.InvariantCulture),
        BIColumnType.DateTime => DateTime.Parse(row.GetString(index), CultureInfo.InvariantCulture),
        _ => row.GetString(index),
    };

    private static BIColumnType TypeOf(string declared) => declared.ToUpperInvariant() switch
    {
        "INTEGER" or "INT" => BIColumnType.Int,
        "REAL" or "NUMERIC" => BIColumnType.Double,
        "DATE" => BIColumnType.Date,
        "DATETIME" => BIColumnType.DateTime,
        _ => BIColumnType.String,
    };

    private static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private async IAsyncEnumerable<SqliteDataReader> QueryAsync(string sql, IEnumerable<(string Name, object Value)> values, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var database = new SqliteConnection(connectionString);
        await database.OpenAsync(cancellationToken);
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return reader;
    }
}
