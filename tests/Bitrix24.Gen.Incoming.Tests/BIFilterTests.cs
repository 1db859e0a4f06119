using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>Rows are filtered before they are counted, by columns that are not answered too.</summary>
public sealed class BIFilterTests
{
    [Theory]
    [InlineData("filter[id]=3", "3")]
    [InlineData("filter[=id]=3", "3")]
    [InlineData("filter[!id]=3", "1 2 4 5 6")]
    [InlineData("filter[!=id]=3", "1 2 4 5 6")]
    [InlineData("filter[>id]=4", "5 6")]
    [InlineData("filter[>=id]=4&filter[<id]=6", "4 5")]
    [InlineData("filter[<=sum]=2.5", "1 2")]
    [InlineData("filter[@id][]=1&filter[@id][]=6", "1 6")]
    [InlineData("filter[id][]=1&filter[id][]=6", "1 6")]
    [InlineData("filter[!@id][]=1&filter[!@id][]=6", "2 3 4 5")]
    [InlineData("filter[city]=oslo", "1 4")]
    [InlineData("filter[%city]=ER", "2 5")]
    [InlineData("filter[!%city]=er", "1 3 4 6")]
    [InlineData("filter[=%city]=B%25n", "2 5")]
    [InlineData("filter[%=city]=%25o", "1 4")]
    [InlineData("filter[!=%city]=B%25", "1 3 4 6")]
    [InlineData("filter[city]=", "3 6")]
    [InlineData("filter[!city]=", "1 2 4 5")]
    [InlineData("filter[!city]=Oslo", "2 3 5 6")]
    [InlineData("filter[paid]=Y", "2 4 6")]
    [InlineData("filter[day]=2026-01-03", "2")]
    [InlineData("filter[>=day]=2026-01-05&filter[<=day]=2026-01-06", "4 5")]
    [InlineData("filter[>at]=2026-01-04T10:00:00", "5")]
    [InlineData("filter[at]=", "2 4 6")]
    [InlineData("filter[>TOWN]=C&mapFields[city]=TOWN", "1 4")]
    [InlineData("filter[>=id]=2&limit=2", "2 3")]
    // What cannot be read keeps every row.
    [InlineData("filter[id]=many", "1 2 3 4 5 6")]
    [InlineData("filter[>id]=", "1 2 3 4 5 6")]
    [InlineData("filter[<=day]=", "1 2 3 4 5 6")]
    [InlineData("filter[~id]=3", "1 2 3 4 5 6")]
    [InlineData("filter[nothing]=3", "1 2 3 4 5 6")]
    [InlineData("filter[0][LOGIC]=OR&filter[0][id]=1", "1 2 3 4 5 6")]
    [InlineData("filter=x", "1 2 3 4 5 6")]
    public async Task Rows_meet_the_filter(string query, string ids)
    {
        await using var host = await ServerHost.StartAsync(static b24 => b24.MapBIConnector<Orders>("/bi"), static services => services.AddSingleton<Orders>());
        using var answer = await host.PostAsync($"/b24/bi/data?b24key={Key()}", "table=orders&select[]=id&" + Encoded(query));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal($"[[\"id\"],{string.Join(',', ids.Split(' ').Select(static i => $"[{i}]"))}]", body);
    }

    // Names travel encoded, as "=" in one would end it.
    private static string Encoded(string query) => Regex.Replace(query, @"\[([^\]]+)\]", static m => $"[{Uri.EscapeDataString(m.Groups[1].Value)}]");

    private static string Key() => Convert.ToHexString(System.Security.Cryptography.HMACSHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes(ServerHost.Secret), "bitrix24 callback /b24/bi"u8).AsSpan(0, 20)).ToLowerInvariant();

    private sealed class Orders : IBIConnector
    {
        public BIConnectorInfo Info => new("Orders", "https://example.com/logo.svg");

        public ValueTask CheckAsync(BIConnection connection, CancellationToken cancellationToken) => default;

        public ValueTask<IReadOnlyList<BITable>> ListTablesAsync(BIConnection connection, string search, CancellationToken cancellationToken) => new([new BITable("orders", "Orders")]);

        public ValueTask<IReadOnlyList<BIColumn>?> DescribeAsync(BIConnection connection, string table, CancellationToken cancellationToken) => new(
        [
            new BIColumn("id", "Id", BIColumnType.Int), new BIColumn("city", "City", BIColumnType.String), new BIColumn("sum", "Sum", BIColumnType.Double),
            new BIColumn("paid", "Paid", BIColumnType.String), new BIColumn("day", "Day", BIColumnType.Date), new BIColumn("at", "At", BIColumnType.DateTime),
        ]);

        public async IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(BIConnection connection, BIQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            for (var i = 1; i <= 6; i++)
            {
                yield return
                [
                    .. query.Columns.Select(c => c.Code switch
                    {
                        "id" => (object?)i,
                        "city" => (i % 3) switch { 1 => "Oslo", 2 => "Bergen", _ => null },
                        "sum" => i * 1.25m,
                        "paid" => i % 2 == 0,
                        "day" => new DateOnly(2026, 1, 1).AddDays(i),
                        _ => i % 2 == 0 ? null : new DateTime(2026, 1, i, 10, 0, 0),
                    }),
                ];
            }
        }
    }
}
