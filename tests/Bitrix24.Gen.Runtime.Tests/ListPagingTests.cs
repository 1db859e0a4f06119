using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class ListPagingTests
{
    [Fact]
    public async Task Pages_are_read_until_one_is_not_full()
    {
        await using var server = await Rows(120);
        using var client = server.Client();

        var ids = await Ids(client.BiConnector.Dataset.ListAsync());

        Assert.Equal(Enumerable.Range(1, 120), ids);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task List_that_ends_with_a_full_page_asks_once_more()
    {
        await using var server = await Rows(100);
        using var client = server.Client();

        Assert.Equal(100, (await Ids(client.BiConnector.Dataset.ListAsync())).Count);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Page_that_comes_again_is_an_error_and_not_an_endless_loop()
    {
        // b24jssdk#185 and #493: a cursor that did not move gave the same page for ever.
        await using var server = await LoopbackServer.StartAsync((context, _) => LoopbackServer.Answer(context, Page(1, 50)));
        using var client = server.Client();

        var e = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => Ids(client.BiConnector.Dataset.ListAsync()));

        Assert.Contains("page 2 is page 1 again", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Enumeration_has_a_cap_progress_and_cancellation()
    {
        // b24jssdk#484: a list paging had none of them.
        await using var server = await Rows(1000);
        using var client = server.Client();
        var reports = new Reports();

        Assert.Equal(60, (await Ids(client.BiConnector.Dataset.ListAsync(q => q.Take(60).ReportTo(reports)))).Count);
        Assert.Equal([new ListProgress(1, 50, null), new ListProgress(2, 100, null)], reports.Seen);

        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var row in client.BiConnector.Dataset.ListAsync(cancellationToken: cancellation.Token))
                await cancellation.CancelAsync();
        });
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Enumeration_can_be_repeated_and_begin_later()
    {
        await using var server = await Rows(120);
        using var client = server.Client();
        var rows = client.ListAsync(new DatasetListRequest { Page = 3 });

        Assert.Equal(Enumerable.Range(101, 20), await Ids(rows));
        Assert.Equal(Enumerable.Range(101, 20), await Ids(rows));
    }

    [Theory]
    [InlineData(100L, 100L)]
    [InlineData(50L, 50L)]
    public void Offset_that_does_not_grow_is_an_error(long start, long next) =>
        Assert.Throws<Bitrix24ProtocolException>(() => By(Paging.Start, [], start).Take(new(50, next)));

    [Fact]
    public void Page_size_clamped_by_the_server_is_followed()
    {
        // b24jssdk#253, #465, #531: the server gives fewer rows a page than was asked for.
        var start = By(Paging.Start, []);
        start.Take(new(20, 20, 25));
        Assert.Equal((20, false), (start.Current, start.IsDone));
        start.Take(new(5, null, 25));
        Assert.True(start.IsDone);

        var offset = By(Paging.Offset, new() { ["pagination"] = new JsonObject { ["limit"] = 1000 } });
        offset.Take(new(50));
        Assert.Equal((50, false), (offset.Current, offset.IsDone));
        offset.Take(new(20));
        Assert.True(offset.IsDone);

        var all = By(Paging.Offset, new() { ["pagination"] = new JsonObject { ["limit"] = -1 } });
        all.Take(new(500));
        Assert.Equal((500, false), (all.Current, all.IsDone));

        var limit = By(Paging.Limit, new() { ["limit"] = 10 });
        limit.Take(new(10));
        Assert.Equal((10, false), (limit.Current, limit.IsDone));
    }

    [Fact]
    public void Total_counts_where_the_server_does_not_say_what_comes_next()
    {
        // b24-rest-docs#237: what says where the next page begins gets lost on the way.
        var start = By(Paging.Start, []);
        start.Take(new(50, null, 70));
        Assert.Equal((50, false), (start.Current, start.IsDone));
        start.Take(new(20, null, 70));
        Assert.True(start.IsDone);
    }

    [Fact]
    public void List_that_cannot_be_paged_says_so_instead_of_ending_early()
    {
        var none = By(Paging.None, []);

        Assert.Contains("SendAsync", Assert.Throws<NotSupportedException>(() => none.Take(new(50, 50))).Message, StringComparison.Ordinal);
        none.Take(new(50));
        Assert.True(none.IsDone);

        var byPosition = new PositionPages(new("task.elapseditem.getlist", static () => []) { Paging = Paging.Start, Positional = true }, [], null);
        byPosition.Take(new(50, 50));
        // b24phpsdk#122, #180, #101: a parameter more shifts those that are read by position.
        Assert.Throws<NotSupportedException>(() => byPosition.Ask());
    }

    private static PositionPages By(Paging kind, JsonObject parameters, long? start = null) =>
        new(new("crm.deal.list", static () => []) { Paging = kind }, parameters, start);

    internal static string Page(int first, int count) =>
        $$"""{"result":[{{string.Join(',', Enumerable.Range(first, Math.Max(count, 0)).Select(static i => $$"""{"id":"{{i}}","name":"n{{i}}"}"""))}}]}""";

    private static Task<LoopbackServer> Rows(int total) => LoopbackServer.StartAsync((context, body) =>
    {
        var page = JsonDocument.Parse(body).RootElement.GetProperty("page").GetInt32();
        return LoopbackServer.Answer(context, Page(((page - 1) * 50) + 1, Math.Min(50, total - ((page - 1) * 50))));
    });

    private static async Task<List<int>> Ids(IAsyncEnumerable<Dataset> rows)
    {
        var ids = new List<int>();
        await foreach (var row in rows)
            ids.Add(row.Id);
        return ids;
    }

    private sealed class Reports : IProgress<ListProgress>
    {
        public List<ListProgress> Seen { get; } = [];

        public void Report(ListProgress value) => Seen.Add(value);
    }
}
