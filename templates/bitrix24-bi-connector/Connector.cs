using System.Runtime.CompilerServices;
using Bitrix24.AspNetCore;

namespace BIConnector1;

/// <summary>A source of data for BI Builder. Replace the orders by your own data.</summary>
public sealed class Connector : IBIConnector
{
    public static BIConnectorInfo Presentation { get; } = new("BIConnector1", "https://example.com/logo.svg")
    {
        Description = "Orders of the demo shop.",
        Settings = [new("login", "Login")],
    };

    public BIConnectorInfo Info => Presentation;

    public ValueTask CheckAsync(BIConnection connection, CancellationToken cancellationToken) =>
        connection["login"] == "demo" ? default : throw new BIConnectorException("The login is wrong.");

    public ValueTask<IReadOnlyList<BITable>> ListTablesAsync(BIConnection connection, string search, CancellationToken cancellationToken) =>
        new([new BITable("orders", "Orders")]);

    public ValueTask<IReadOnlyList<BIColumn>?> DescribeAsync(BIConnection connection, string table, CancellationToken cancellationToken) =>
        new(table == "orders" ? [new BIColumn("id", "Id", BIColumnType.Int), new BIColumn("total", "Total", BIColumnType.Double), new BIColumn("day", "Day", BIColumnType.Date)] : null);

    public async IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(
        BIConnection connection, BIQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        for (var i = 1; i <= 1000; i++)
        {
            yield return
            [
                .. query.Columns.Select(c => c.Code switch
                {
                    "id" => i,
                    "total" => i * 9.99m,
                    _ => (object)new DateOnly(2026, 1, 1).AddDays(i % 365),
                }),
            ];
        }
    }
}
