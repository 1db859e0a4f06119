using System.Text.Json;

namespace Bitrix24.AspNetCore;

/// <summary>A source of data for BI Builder. Register it as a service and map it with <c>MapBIConnector</c>.</summary>
/// <remarks>Source: <see href="https://apidocs.bitrix24.com/api-reference/biconnector/connector/index.html"/>. A portal waits 250 seconds for an answer.</remarks>
public interface IBIConnector
{
    /// <summary>How the connector presents itself in portals.</summary>
    BIConnectorInfo Info { get; }

    /// <summary>Checks what the user entered for a connection.</summary>
    /// <param name="connection">The values.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BIConnectorException">The connection does not work; the user sees that it cannot be made.</exception>
    ValueTask CheckAsync(BIConnection connection, CancellationToken cancellationToken);

    /// <summary>Lists tables.</summary>
    /// <param name="connection">The values of the connection.</param>
    /// <param name="search">What the user searches for; empty: everything.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<BITable>> ListTablesAsync(BIConnection connection, string search, CancellationToken cancellationToken);

    /// <summary>Describes the columns of a table.</summary>
    /// <param name="connection">The values of the connection.</param>
    /// <param name="table">The table's code.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The columns; null: there is no such table.</returns>
    ValueTask<IReadOnlyList<BIColumn>?> DescribeAsync(BIConnection connection, string table, CancellationToken cancellationToken);

    /// <summary>Reads rows; they are sent as they are read.</summary>
    /// <param name="connection">The values of the connection.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A value for each of <see cref="BIQuery.Columns"/>, in their order: text, number, truth value, date or null.</returns>
    IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(BIConnection connection, BIQuery query, CancellationToken cancellationToken);
}

/// <summary>How a connector presents itself.</summary>
/// <param name="Title">Its name, at most 512 characters.</param>
/// <param name="Logo">Address of its logo, or the image as Base64.</param>
public sealed record BIConnectorInfo(string Title, string Logo)
{
    /// <summary>What it is.</summary>
    public string? Description { get; init; }

    /// <summary>What a user has to enter for a connection.</summary>
    public IReadOnlyList<BISetting> Settings { get; init; } = [];

    /// <summary>The position in the list of connectors; null: 100.</summary>
    public int? Sort { get; init; }

    /// <summary>The external system, at most 64 characters; null: not said. Older portals do not know it.</summary>
    public string? SourceCode { get; init; }

    /// <summary>Columns of datasets may have other names than those of the source.</summary>
    public bool SupportsMapping { get; init; }
}

/// <summary>A value that a user enters for a connection.</summary>
/// <param name="Code">Its key in <see cref="BIConnection"/>, at most 512 characters.</param>
/// <param name="Name">Its label, at most 512 characters.</param>
/// <param name="IsNumber">It is a whole number, not text.</param>
public sealed record BISetting(string Code, string Name, bool IsNumber = false);

/// <summary>What a user entered for a connection. Never prints it: passwords are among it.</summary>
/// <param name="values">The values by code.</param>
public sealed class BIConnection(IReadOnlyDictionary<string, string> values)
{
    /// <summary>The values by code.</summary>
    public IReadOnlyDictionary<string, string> Values { get; } = values;

    /// <summary>The id of the portal, if the addresses were registered by a handler, as <c>OnInstall</c> is; null: they do not tell.</summary>
    public string? MemberId { get; init; }

    /// <summary>A value; empty if there is none.</summary>
    /// <param name="code">Its code.</param>
    public string this[string code] => Values.GetValueOrDefault(code, "");

    /// <summary>The number of values.</summary>
    public override string ToString() => $"BIConnection({Values.Count} values, ***)";
}

/// <summary>A table.</summary>
/// <param name="Code">Names it in later requests.</param>
/// <param name="Title">The user sees it.</param>
public sealed record BITable(string Code, string Title);

/// <summary>The type of a column.</summary>
public enum BIColumnType
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A number.</summary>
    Double,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A moment.</summary>
    DateTime,
}

/// <summary>A column of a table.</summary>
/// <param name="Code">Names it in later requests.</param>
/// <param name="Name">The user sees it.</param>
/// <param name="Type">The type of all its values.</param>
public sealed record BIColumn(string Code, string Name, BIColumnType Type);

/// <summary>What rows are asked for.</summary>
public sealed record BIQuery
{
    /// <summary>The table's code.</summary>
    public required string Table { get; init; }

    /// <summary>The columns to read, in this order: those selected, or all of the table, then those that the filter needs beside.</summary>
    public required IReadOnlyList<BIColumn> Columns { get; init; }

    /// <summary>The most rows to answer; null: all. It counts rows that meet the filter: a connector that stops here has to filter too.</summary>
    public int? Limit { get; init; }

    /// <summary>Conditions, as the portal sends them: operator prefix and column to value. Rows that do not meet them are left out of the answer, so that a connector may read them.</summary>
    public JsonElement Filter { get; init; }

    /// <summary>Names of the dataset's columns by the code of the source's.</summary>
    public IReadOnlyDictionary<string, string> MapFields { get; init; } = new Dictionary<string, string>();
}

/// <summary>A connector cannot do what is asked, for a reason that the log may show.</summary>
/// <param name="message">The reason, without a secret.</param>
/// <param name="innerException">The cause.</param>
public sealed class BIConnectorException(string message, Exception? innerException = null) : Bitrix24Exception(message, innerException);
