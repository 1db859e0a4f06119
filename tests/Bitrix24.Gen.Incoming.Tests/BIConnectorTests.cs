using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>A BI connector answers its four addresses, and wrong answers do not leave.</summary>
public sealed class BIConnectorTests
{
    [Fact]
    public async Task A_connector_is_checked_listed_described_and_read()
    {
        await using var host = await StartAsync(new Sales());
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, "check", "connection[login]=user&connection[password]=secret")).Status);
        Assert.Equal("""[{"code":"sales","title":"Sales"}]""", (await PostAsync(host, "tables", "searchString=sal&connection[login]=user")).Body);
        Assert.Equal("[]", (await PostAsync(host, "tables", "searchString=zzz&connection[login]=user")).Body);
        Assert.Equal(
            """[{"code":"id","name":"Id","type":"int"},{"code":"name","name":"Name","type":"string"},{"code":"at","name":"At","type":"datetime"},{"code":"sum","name":"Sum","type":"double"},{"code":"day","name":"Day","type":"date"}]""",
            (await PostAsync(host, "table", "table=sales&connection[login]=user")).Body);
        Assert.Equal(
            """[["id","name","at","sum","day"],[0,"n0","2026-01-02T03:04:05+02:00",1.5,"2026-01-02"],[1,null,"2026-01-02T03:04:05+02:00",1.5,"2026-01-02"]]""",
            (await PostAsync(host, "data", "table=sales&limit=2&connection[login]=user")).Body);
        Assert.Equal("""[["name","id"],["n0",0]]""", (await PostAsync(host, "data", "table=sales&limit=1&select[]=Caption&select[]=id&mapFields[name]=Caption&connection[login]=user")).Body);
    }

    [Fact]
    public async Task A_hundred_thousand_rows_are_streamed_in_bounded_memory()
    {
        await using var host = await StartAsync(new Sales());
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("data")) { Content = Form("table=sales&limit=100000&connection[login]=user") };
        using var answer = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (rows, most) = (0, 0L);
        await foreach (var _ in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(await answer.Content.ReadAsStreamAsync()))
        {
            if (++rows % 10_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(100_001, rows);
        // All rows together are more than 100 MB.
        Assert.InRange(most, long.MinValue, 48 * 1024 * 1024);
    }

    [Theory]
    [InlineData("tables", "Table 1 of ListTablesAsync has no code; it must not be empty or \"0\".")]
    [InlineData("tables", "Table \"t\" has no title; it must not be empty or \"0\".")]
    [InlineData("tables", "ListTablesAsync returned two tables with the code \"t\"; codes must differ.")]
    [InlineData("table", "The portal asked for table \"sales\", for which DescribeAsync returned null: there is no such table, or no longer.")]
    [InlineData("table", "DescribeAsync returned no columns for table \"sales\"; return one at least, or null if there is no such table.")]
    [InlineData("table", "Column 1 of table \"sales\" has no code; it must not be empty or \"0\".")]
    [InlineData("table", "Column \"c\" of table \"sales\" has no name; it must not be empty or \"0\".")]
    [InlineData("table", "Column \"c\" of table \"sales\" has the type 99, which is none of BIColumnType.")]
    [InlineData("table", "Table \"sales\" has two columns with the code \"c\"; codes must differ.")]
    [InlineData("data", "Row 1 of table \"sales\" has 1 value for 2 columns; return one for each of BIQuery.Columns, in that order.")]
    [InlineData("data", "Row 1 of table \"sales\": the value of the Int column \"a\" is of the type String; return a whole number, bool or null.")]
    [InlineData("data", "Row 1 of table \"sales\": the value of the Double column \"a\" is no finite number; return a finite number or null.")]
    [InlineData("data", "Row 1 of table \"sales\": the value of the Int column \"b\" is of the type String; return a whole number, bool or null.", "&select[]=a&filter[>b]=1")]
    [InlineData("data", "Row 1 of table \"sales\" is null; leave it out.")]
    [InlineData("data", "ReadAsync returned null for table \"sales\"; return an empty sequence if there are no rows.")]
    [InlineData("tables", "ListTablesAsync returned null; return an empty list if there are no tables.")]
    [InlineData("tables", "Table 1 of ListTablesAsync is null; leave it out.")]
    [InlineData("check", "The password is wrong.")]
    public async Task A_wrong_answer_does_not_leave_and_the_log_says_why(string part, string line, string asked = "")
    {
        await using var host = await StartAsync(new Wrong(line));
        var (status, body) = await PostAsync(host, part, "table=sales&connection[login]=user" + asked);
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal("", body);
        Assert.Contains(host.Log, l => l == $"Warning: Refused BI connector {part} at /b24/bi: {line} ");
    }

    [Theory]
    [InlineData("select[]=nothing", "The portal selected column \"nothing\", which DescribeAsync does not return for table \"sales\".")]
    [InlineData("select[]=a%0Aerr:%20b", "The portal selected column \"a err: b\"")]
    [InlineData("limit=many", "The portal asked for the limit \"many\", which is no whole number.")]
    [InlineData("limit=-1", "The portal asked for the limit \"-1\", which is no whole number.")]
    [InlineData("limit=1.5", "The portal asked for the limit \"1.5\", which is no whole number.")]
    public async Task A_wrong_question_is_refused(string form, string line)
    {
        await using var host = await StartAsync(new Sales());
        Assert.Equal(HttpStatusCode.InternalServerError, (await PostAsync(host, "data", "table=sales&" + form)).Status);
        Assert.Contains(host.Log, l => l.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_its_key_an_address_answers_nobody()
    {
        await using var host = await StartAsync(new Sales());
        foreach (var query in new[] { "", "?b24key=", "?b24key=0123" })
            Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync("/b24/bi/check" + query, "connection[login]=user")).StatusCode);
    }

    [Fact]
    public async Task It_registers_itself_once()
    {
        var known = false;
        BIConnectorRegistration<IBIConnector>? registration = null;
        await using var host = await ServerHost.StartAsync(
            b24 =>
            {
                registration = b24.MapBIConnector<IBIConnector>("/bi");
                b24.OnInstall(async (_, portal, ct) => Assert.Equal(7, await registration.RegisterAsync(portal, new Sales().Info, ct)));
            },
            static services => services.AddSingleton<IBIConnector>(new Sales()),
            (method, body) => method switch
            {
                "biconnector.connector.list" => known ? """[{"id":7,"title":"Sales"}]""" : "[]",
                "biconnector.connector.add" when (known = true) && body.GetProperty("fields").GetProperty("urlData").GetString()!.Contains("/b24/bi/data?b24key=", StringComparison.Ordinal) => """{"id":7}""",
                _ => "true",
            });
        await host.InstallAsync();
        await host.InstallAsync();
        Assert.Equal(
            ["biconnector.connector.list", "biconnector.connector.add", "biconnector.connector.list", "biconnector.connector.update"],
            host.Calls.Select(static c => c.Method).Where(static m => m != "user.admin"));
    }

    private static string? s_key;

    private static string Address(string part) => $"/b24/bi/{part}{s_key}";

    private static async Task<ServerHost> StartAsync(IBIConnector connector)
    {
        BIConnectorRegistration<IBIConnector>? registration = null;
        var host = await ServerHost.StartAsync(
            b24 =>
            {
                registration = b24.MapBIConnector<IBIConnector>("/bi");
                b24.OnInstall((_, _, _) =>
                {
                    s_key = new Uri((string)registration.Fields(new("Sales", "logo"))["urlCheck"]!).Query;
                    return Task.CompletedTask;
                });
            },
            services => services.AddSingleton(connector));
        await host.InstallAsync();
        return host;
    }

    private static ByteArrayContent Form(string form) => new(System.Text.Encoding.UTF8.GetBytes(form)) { Headers = { ContentType = new("application/x-www-form-urlencoded") } };

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(ServerHost host, string part, string form)
    {
        using var answer = await host.PostAsync(Address(part), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed class Sales : IBIConnector
    {
        private static readonly string Long = new('x', 1000);

        private static readonly BIColumn[] Columns =
        [
            new("id", "Id", BIColumnType.Int), new("name", "Name", BIColumnType.String), new("at", "At", BIColumnType.DateTime), new("sum", "Sum", BIColumnType.Double), new("day", "Day", BIColumnType.Date),
        ];

        public BIConnectorInfo Info => new("Sales", "https://example.com/logo.png") { Settings = [new("login", "Login"), new("port", "Port", IsNumber: true)] };

        public ValueTask CheckAsync(BIConnection connection, CancellationToken cancellationToken) =>
            connection["login"] == "user" ? default : throw new BIConnectorException("The login is wrong.");

        public ValueTask<IReadOnlyList<BITable>> ListTablesAsync(BIConnection connection, string search, CancellationToken cancellationToken) =>
            new(new BITable[] { new("sales", "Sales") }.Where(t => t.Title.Contains(search, StringComparison.OrdinalIgnoreCase)).ToList());

        public ValueTask<IReadOnlyList<BIColumn>?> DescribeAsync(BIConnection connection, string table, CancellationToken cancellationToken) =>
            new(table == "sales" ? Columns : null);

        public async IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(BIConnection connection, BIQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var i = 0; ; i++)
            {
                if (i % 1000 == 0)
                    await Task.Yield();
                yield return [.. query.Columns.Select(c => c.Code switch
                {
                    "id" => (object?)i,
                    "name" => query.Limit > 1000 ? Long : i == 0 ? "n0" : null,
                    "at" => new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
                    "sum" => 1.5m,
                    _ => new DateOnly(2026, 1, 2),
                })];
            }
        }
    }

    /// <summary>Answers wrongly, so that the log says the given line.</summary>
    private sealed class Wrong(string line) : IBIConnector
    {
        public BIConnectorInfo Info => new("Wrong", "x");

        public ValueTask CheckAsync(BIConnection connection, CancellationToken cancellationToken) => throw new BIConnectorException(line);

        public ValueTask<IReadOnlyList<BITable>> ListTablesAsync(BIConnection connection, string search, CancellationToken cancellationToken) => new(line switch
        {
            "ListTablesAsync returned null; return an empty list if there are no tables." => null!,
            _ when line.StartsWith("Table 1 of ListTablesAsync is null", StringComparison.Ordinal) => [null!],
            _ when line.StartsWith("Table 1", StringComparison.Ordinal) => [new BITable("", "x")],
            _ when line.StartsWith("Table \"t\"", StringComparison.Ordinal) => [new BITable("t", "")],
            _ => [new BITable("t", "x"), new BITable("t", "y")],
        });

        public ValueTask<IReadOnlyList<BIColumn>?> DescribeAsync(BIConnection connection, string table, CancellationToken cancellationToken) => new(line switch
        {
            _ when line.Contains("finite", StringComparison.Ordinal) => [new BIColumn("a", "A", BIColumnType.Double), new BIColumn("b", "B", BIColumnType.Int)],
            _ when line.StartsWith('R') => [new BIColumn("a", "A", BIColumnType.Int), new BIColumn("b", "B", BIColumnType.Int)],
            _ when line.StartsWith("The portal", StringComparison.Ordinal) => null,
            _ when line.Contains("no columns", StringComparison.Ordinal) => [],
            _ when line.Contains("no code", StringComparison.Ordinal) => [new BIColumn("", "x", BIColumnType.Int)],
            _ when line.Contains("no name", StringComparison.Ordinal) => [new BIColumn("c", "", BIColumnType.Int)],
            _ when line.Contains("has the type", StringComparison.Ordinal) => [new BIColumn("c", "C", (BIColumnType)99)],
            _ => [new BIColumn("c", "C", BIColumnType.Int), new BIColumn("c", "D", BIColumnType.Int)],
        });

        public IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(BIConnection connection, BIQuery query, CancellationToken cancellationToken) =>
            line.StartsWith("ReadAsync", StringComparison.Ordinal) ? null! : RowAsync();

        private async IAsyncEnumerable<IReadOnlyList<object?>> RowAsync()
        {
            await Task.Yield();
            yield return line switch
            {
                _ when line.Contains("1 value for", StringComparison.Ordinal) => [1],
                _ when line.Contains("finite", StringComparison.Ordinal) => [double.NaN, 2],
                _ when line.Contains("\"b\"", StringComparison.Ordinal) => [1, "text"],
                _ when line.Contains("is null", StringComparison.Ordinal) => null!,
                _ => ["text", 2],
            };
        }
    }
}
