using System.Text.Json.Nodes;
using Bitrix24.Crm;
using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.Paging.Tests;

/// <summary>Lists that are listed by id: alone and in batches.</summary>
public class KeyPagingTests
{
    private static readonly IEnumerable<long> AllIds = Enumerable.Range(1, 180).Select(static i => (long)i);

    [Theory]
    [InlineData(PagingMode.Fastest, 2)]
    [InlineData(PagingMode.PageByPage, 4)]
    public async Task Tasks_that_filter_by_ID_and_answer_id_are_listed_to_the_end(PagingMode mode, int requests)
    {
        // b24jssdk#185, #493: such an enumeration stopped after 50, or gave the same page for ever. fast_bitrix24#196: the order's key.
        using var server = new ListServer { Wrapper = "tasks", Answers = "id" };
        using var client = server.Client();

        var ids = await Read(client.Tasks.Task.ListAsync(q => q.PageBy(mode)), static t => t.Id);

        Assert.Equal(AllIds, ids);
        Assert.Equal(requests, server.Methods.Count);
        Assert.Equal(["0", "-1", "-1", "-1"], server.Asked.Select(static a => a["start"]!.ToString()));
        Assert.Equal([null, "50", "100", "150"], server.Asked.Select(static a => a["filter"]?[">ID"]?.ToString()));
        Assert.All(server.Asked, static a => Assert.Equal("""{"ID":"ASC"}""", a["order"]!.ToJsonString()));
    }

    [Fact]
    public async Task Users_filter_stays_whole_and_may_bound_the_id_itself()
    {
        // b24jssdk#483, #521: the user's condition was dropped, and further rows came.
        using var server = new ListServer();
        using var client = server.Client();

        var ids = await Read(
            client.Crm.Deal.ListAsync(q => q.Where(d => d.Id > 20 & d.Title == "Roof").Select(d => d.Title).PageBy(PagingMode.PageByPage)), static d => d.Id);

        Assert.Equal(AllIds.Skip(20), ids);
        Assert.All(server.Asked, static a => Assert.Equal("Roof", (a["filter"]!["=TITLE"] ?? a["filter"]!["TITLE"])!.ToString()));
        Assert.Equal(["20", "70", "120", "170"], server.Asked.Select(static a => a["filter"]![">ID"]!.ToString()));
        Assert.All(server.Asked, static a => Assert.Equal("""["TITLE","ID"]""", a["select"]!.ToJsonString()));
    }

    [Fact]
    public async Task Filter_in_another_case_is_added_to_and_not_stood_beside()
    {
        using var server = new ListServer();
        using var client = server.Client(static o => o with { ValidateBeforeSending = false });
        var request = new DealListRequest();
        request.Extra["FILTER"] = new JsonObject { ["TITLE"] = "Roof" };

        var ids = await Read(client.ListAsync(request, q => q.PageBy(PagingMode.PageByPage)), static d => d.Id);

        Assert.Equal(AllIds, ids);
        Assert.All(server.Asked.Skip(1), static a => Assert.Equal(["TITLE", ">ID"], a["FILTER"]!.AsObject().Select(static m => m.Key)));
        Assert.DoesNotContain(server.Asked, static a => a.ContainsKey("filter"));
    }

    [Fact]
    public async Task Parameter_given_twice_is_an_error()
    {
        using var server = new ListServer();
        using var client = server.Client();
        var request = new DealListRequest();
        request.Extra["filter"] = new JsonObject { ["TITLE"] = "Roof" };

        var e = await Assert.ThrowsAsync<ArgumentException>(() => Read(client.ListAsync(request, q => q.Where(d => d.Id > 5)), static d => d.Id));

        Assert.Contains("'filter' twice", e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public void Conditions_of_which_one_is_enough_stay_together()
    {
        var pages = KeyPages.Of(Method(FieldFlags.Logic), AnyOfTwo())!;
        pages.Take(new(50, 50, 180, Keys: new(1, 50, "ID", true, false)));

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{">ID":50,"0":{"logic":"OR","0":{"A":1},"1":{"B":2}}}"""), pages.Ask()["filter"]));
        // Where groups are not understood, the id's condition would be one of those of which one is enough.
        Assert.Null(KeyPages.Of(Method(FieldFlags.None), AnyOfTwo()));
    }

    [Theory]
    [InlineData("""{ "order": { "ID": "DESC" } }""")]
    [InlineData("""{ "order": { "ID": "ASC", "TITLE": "ASC" } }""")]
    [InlineData("""{ "order": "ID" }""")]
    [InlineData("""{ "start": 100 }""")]
    [InlineData("""{ "filter": [["ID", ">", 5]] }""")]
    [InlineData("""{ "filter": {}, "FILTER": {} }""")]
    [InlineData("""{ "select": "ID" }""")]
    public void Call_that_cannot_be_paged_by_id_is_not(string parameters) =>
        Assert.Null(KeyPages.Of(Method(FieldFlags.Logic), JsonNode.Parse(parameters)!.AsObject()));

    [Fact]
    public void Method_that_cannot_be_paged_by_id_is_not()
    {
        Assert.NotNull(KeyPages.Of(Method(), []));
        // b24phpsdk#122, #180, #101: parameters by position.
        Assert.Null(KeyPages.Of(Method(positional: true), []));
        Assert.Null(KeyPages.Of(Method(id: "CODE"), []));
        Assert.Null(KeyPages.Of(Method(FieldFlags.NotFilterable), []));
        Assert.Null(KeyPages.Of(Method(FieldFlags.NotSortable), []));
    }

    [Fact]
    public async Task Other_order_is_paged_by_offset_in_batches()
    {
        using var server = new ListServer();
        using var client = server.Client();

        var ids = await Read(client.Crm.Deal.ListAsync(q => q.OrderByDescending(d => d.DateCreate)), static d => d.Id);

        Assert.Equal(AllIds.Reverse(), ids);
        Assert.Equal(["crm.deal.list", "batch"], server.Methods);
        Assert.Equal(["0", "50", "100", "150"], server.Asked.Select(static a => a["start"]!.ToString()));
    }

    [Fact]
    public async Task Paging_by_id_is_turned_off_by_the_query_or_the_options()
    {
        using var server = new ListServer();
        using var plain = server.Client(static o => o with { PagingMode = PagingMode.Plain });

        Assert.Equal(AllIds.Reverse(), await Read(plain.Crm.Deal.ListAsync(), static d => d.Id));
        Assert.Equal(AllIds, await Read(plain.Crm.Deal.ListAsync(q => q.PageBy(PagingMode.PageByPage)), static d => d.Id));
        Assert.Equal(["0", "50", "100", "150", "0", "-1", "-1", "-1"], server.Asked.Select(static a => a["start"]!.ToString()));
    }

    [Theory]
    [InlineData(PagingMode.Fastest)]
    [InlineData(PagingMode.PageByPage)]
    public async Task Method_that_does_not_look_at_the_condition_is_paged_by_offset(PagingMode mode)
    {
        using var server = new ListServer { Condition = ">Id" };
        using var client = server.Client();

        Assert.Equal(AllIds, await Read(client.Crm.Deal.ListAsync(q => q.PageBy(mode)), static d => d.Id));
    }

    [Theory]
    [InlineData(PagingMode.Fastest)]
    [InlineData(PagingMode.PageByPage)]
    public async Task Method_that_does_not_look_at_the_order_is_paged_by_offset(PagingMode mode)
    {
        using var server = new ListServer { Order = "-" };
        using var client = server.Client();

        Assert.Equal(AllIds.Reverse(), await Read(client.Crm.Deal.ListAsync(q => q.PageBy(mode)), static d => d.Id));
    }

    [Theory]
    [InlineData(PagingMode.Fastest)]
    [InlineData(PagingMode.PageByPage)]
    [InlineData(PagingMode.Plain)]
    public async Task Server_that_gives_one_page_for_ever_is_an_error(PagingMode mode)
    {
        using var server = new ListServer { IsStuck = true, Condition = "-" };
        using var client = server.Client();

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => Read(client.Crm.Deal.ListAsync(q => q.PageBy(mode)), static d => d.Id));
        Assert.InRange(server.Methods.Count, 2, 4);
    }

    [Theory]
    [InlineData(PagingMode.Fastest)]
    [InlineData(PagingMode.PageByPage)]
    [InlineData(PagingMode.Plain)]
    public async Task Pages_shorter_than_documented_do_not_end_the_list(PagingMode mode)
    {
        // b24jssdk#253, #465, #531: the server clamps the page.
        using var server = new ListServer { PageSize = 20 };
        using var client = server.Client();

        Assert.Equal(AllIds, (await Read(client.Crm.Deal.ListAsync(q => q.PageBy(mode)), static d => d.Id)).Order());
    }

    [Fact]
    public async Task Error_of_a_page_in_a_batch_follows_the_pages_before_it()
    {
        // b24pysdk: errors in batches were logged, and the list was short. b24jssdk#184: they had no command.
        using var server = new ListServer { Failure = (1, "INVALID_ARG_VALUE") };
        using var client = server.Client();
        var ids = new List<long>();

        var e = await Assert.ThrowsAsync<Bitrix24ApiException>(async () =>
        {
            await foreach (var deal in client.Crm.Deal.ListAsync())
                ids.Add(deal.Id);
        });

        Assert.Equal(("crm.deal.list", "INVALID_ARG_VALUE"), (e.Method, e.Code));
        Assert.Equal(AllIds.Take(100), ids);
    }

    [Fact]
    public async Task Page_of_a_batch_that_is_refused_for_a_limit_comes_later()
    {
        using var server = new ListServer { Failure = (1, "QUERY_LIMIT_EXCEEDED") };
        using var client = server.Client();

        Assert.Equal(AllIds, await Read(client.Crm.Deal.ListAsync(), static d => d.Id));
        Assert.Equal(["crm.deal.list", "batch", "crm.deal.list", "crm.deal.list"], server.Methods);
    }

    [Fact]
    public async Task Batch_holds_no_more_pages_than_are_wanted()
    {
        using var server = new ListServer { Rows = 10_000 };
        using var client = server.Client();
        var reports = new Reports();

        Assert.Equal(Enumerable.Range(1, 220).Select(static i => (long)i), await Read(client.Crm.Deal.ListAsync(q => q.Take(220).ReportTo(reports)), static d => d.Id));
        Assert.Equal(5, server.Asked.Count);
        Assert.Equal([new(1, 50, 10_000), new(2, 100, 10_000), new(3, 150, 10_000), new(4, 200, 10_000), new(5, 250, 10_000)], reports.Seen);
    }

    [Fact]
    public async Task Text_that_a_batch_takes_for_a_reference_is_sent_alone()
    {
        using var server = new ListServer();
        using var client = server.Client();

        Assert.Equal(AllIds, await Read(client.Crm.Deal.ListAsync(q => q.Where(d => d.Title == "$result[0]")), static d => d.Id));
        Assert.DoesNotContain("batch", server.Methods);
    }

    [Fact]
    public async Task Enumeration_that_is_cancelled_between_pages_of_a_batch_ends()
    {
        // b24jssdk#484: an enumeration could not be aborted.
        using var server = new ListServer();
        using var client = server.Client();
        using var cancellation = new CancellationTokenSource();
        var count = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.Crm.Deal.ListAsync(cancellationToken: cancellation.Token))
            {
                if (++count == 60)
                    await cancellation.CancelAsync();
            }
        });

        Assert.Equal(100, count);
    }

    private static MethodDescriptor Method(FieldFlags flags = FieldFlags.None, string id = "ID", bool positional = false)
    {
        var type = new TypeDescriptor("Deal", () => [new(id, ValueKind.Int, flags & ~FieldFlags.Logic)]);
        return new("crm.deal.list", () =>
        [
            new("filter", ValueKind.Object, flags & FieldFlags.Logic, type) { As = View.Filter },
            new("order", ValueKind.Object, FieldFlags.None, type) { As = View.Order },
        ])
        {
            Operation = Operation.List,
            Paging = Infrastructure.Paging.Start,
            Positional = positional,
        };
    }

    private static JsonObject AnyOfTwo() =>
        JsonNode.Parse("""{ "filter": { "logic": "OR", "0": { "A": 1 }, "1": { "B": 2 } } }""")!.AsObject();

    internal static async Task<List<long>> Read<T>(IAsyncEnumerable<T> rows, Func<T, long?> id)
    {
        var ids = new List<long>();
        await foreach (var row in rows)
            ids.Add(id(row) ?? 0);
        return ids;
    }

    private sealed class Reports : IProgress<ListProgress>
    {
        public List<ListProgress> Seen { get; } = [];

        public void Report(ListProgress value) => Seen.Add(value);
    }
}
