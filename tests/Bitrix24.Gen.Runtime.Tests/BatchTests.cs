using System.Text.Json;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class BatchTests
{
    [Fact]
    public async Task Batch_is_sent_also_where_calls_do_not_wait_for_limits()
    {
        var portal = new StubPortal { Answer = static (_, _) => (200, """{"result":{"result":{"c0":{"id":1}}}}""") };
        using var client = portal.Client(static o => o with { MaxLimitWait = TimeSpan.Zero });
        var batch = client.CreateBatch();
        var item = batch.Add(new DatasetAddRequest { Fields = Requests.Create });

        await portal.Run(Done(batch.SendAsync()));

        Assert.Equal((1, BatchOutcome.Succeeded), (portal.Executed.Count, item.Outcome));

        static async Task<bool> Done(Task task)
        {
            await task;
            return true;
        }
    }

    [Fact]
    public async Task Any_number_of_calls_travels_50_a_request()
    {
        await using var server = await Echo();
        using var client = server.Client();
        var batch = client.CreateBatch();
        var items = Enumerable.Range(1, 120).Select(i => batch.Add(new DatasetGetRequest { Id = i })).ToList();

        await batch.SendAsync();

        Assert.Equal(Enumerable.Range(1, 120), items.Select(static i => i.Result.Id));
        Assert.Equal([50, 50, 20], server.Requests.Select(static r => Commands(r.Body).Count));
    }

    [Fact]
    public async Task One_failed_call_does_not_lose_the_good_rows()
    {
        // b24phpsdk: the first result_error threw, and the other rows were lost.
        await using var server = await LoopbackServer.StartAsync(
            """{"result":{"result":{"c0":{"item":{"id":1}},"c2":{"error":{"error":"DATASET_NOT_FOUND","error_description":"Dataset was not found."}}},"result_error":{"c1":{"error":"ACCESS_DENIED","error_description":"No."}},"result_total":[],"result_next":[],"result_time":{"c0":{"duration":0.5}}}}""");
        using var client = server.Client();
        var batch = client.CreateBatch();
        var items = Enumerable.Range(1, 4).Select(i => batch.Add(new DatasetGetRequest { Id = i })).ToList();

        await batch.SendAsync();

        Assert.Equal((BatchOutcome.Succeeded, 1, 0.5), (items[0].Outcome, items[0].Result.Id, items[0].Time?.Duration));
        Assert.Equal("ACCESS_DENIED", Assert.Throws<Bitrix24ApiException>(() => items[1].Result).Code);
        Assert.Equal("DATASET_NOT_FOUND", Assert.IsType<Bitrix24ApiException>(items[2].Error).Code);
        Assert.IsType<Bitrix24ProtocolException>(items[3].Error);
    }

    [Fact]
    public async Task Error_names_its_command()
    {
        // b24jssdk#184 and 2BAD/bitrix#50: nobody could tell which command had failed.
        await using var server = await LoopbackServer.StartAsync("""{"result":{"result":[],"result_error":{"c0":{"error":"X","error_description":"y"}}}}""");
        using var client = server.Client();
        var batch = client.CreateBatch();
        var item = batch.Add(new DatasetGetRequest { Id = 1 });

        await batch.SendAsync();

        var error = Assert.IsType<Bitrix24ApiException>(item.Error);
        Assert.Equal(("biconnector.dataset.get", "X", 0), (error.Method, error.Code, item.Index));
    }

    [Fact]
    public async Task Maps_that_arrive_as_lists_are_read()
    {
        // fast_bitrix24#44: keys "0" to "49" come back as a list.
        await using var server = await LoopbackServer.StartAsync(
            """{"result":{"result":[{"item":{"id":7}},[{"id":8}]],"result_error":[],"result_total":[null,"5"]}}""");
        using var client = server.Client();
        var batch = client.CreateBatch();
        var one = batch.Add(new DatasetGetRequest { Id = 7 });
        var list = batch.Add(new DatasetListRequest { Page = 1 });

        await batch.SendAsync();

        Assert.Equal((7, 8, 5L), (one.Result.Id, Assert.Single(list.Result).Id, list.Total));
    }

    [Fact]
    public void Violating_call_is_refused_where_it_is_added()
    {
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"));

        Assert.Throws<Bitrix24ValidationException>(() => client.CreateBatch().Add(new DatasetGetRequest { Id = -1 }));
    }

    [Fact]
    public async Task Halt_skips_what_comes_after_an_error_in_later_requests_too()
    {
        await using var server = await LoopbackServer.StartAsync("""{"result":{"result":{"c0":{"item":{"id":1}}},"result_error":{"c1":{"error":"X"}}}}""");
        using var client = server.Client();
        var batch = client.CreateBatch();
        batch.Halt = true;
        var items = Enumerable.Range(1, 60).Select(i => batch.Add(new DatasetGetRequest { Id = i })).ToList();

        await batch.SendAsync();

        Assert.Single(server.Requests);
        Assert.Equal(
            [BatchOutcome.Succeeded, BatchOutcome.Failed, BatchOutcome.Skipped, BatchOutcome.Skipped],
            new[] { 0, 1, 2, 59 }.Select(i => items[i].Outcome));
    }

    [Fact]
    public async Task Lost_request_leaves_the_outcomes_of_earlier_ones()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync((context, body) =>
            ++calls == 1 ? Answer(context, body) : LoopbackServer.Answer(context, "<html>", 502));
        using var client = server.Client();
        var batch = client.CreateBatch();
        var items = Enumerable.Range(1, 60).Select(i => batch.Add(new DatasetGetRequest { Id = i })).ToList();

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => batch.SendAsync());

        Assert.Equal(50, items.Count(static i => i.Outcome == BatchOutcome.Succeeded));
        Assert.Equal(10, items.Count(static i => i.Outcome == BatchOutcome.Unknown));
        Assert.Throws<Bitrix24ProtocolException>(() => items[59].Result);
    }

    [Fact]
    public async Task Refused_request_leaves_the_calls_of_later_ones_to_be_sent()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync((context, body) =>
            ++calls == 1 ? LoopbackServer.Answer(context, """{"error":"ACCESS_DENIED","error_description":"No."}""", 403) : Answer(context, body));
        using var client = server.Client();
        var batch = client.CreateBatch();
        var items = Enumerable.Range(1, 60).Select(i => batch.Add(new DatasetGetRequest { Id = i })).ToList();

        await Assert.ThrowsAsync<Bitrix24ApiException>(() => batch.SendAsync());
        Assert.Equal((BatchOutcome.Failed, BatchOutcome.Pending), (items[0].Outcome, items[59].Outcome));
        await batch.SendAsync();

        Assert.Equal((BatchOutcome.Failed, BatchOutcome.Succeeded), (items[0].Outcome, items[59].Outcome));
        Assert.Equal([50, 10], server.Requests.Select(static r => Commands(r.Body).Count));
    }

    [Fact]
    public async Task Batch_that_is_given_up_is_not_sent_a_second_time()
    {
        // b24jssdk#24: a retry after a timeout made three documents.
        using var cancellation = new CancellationTokenSource();
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            await cancellation.CancelAsync();
            await LoopbackServer.Answer(context, """{"result":{"result":{"c0":{"id":1}}}}""");
        });
        using var client = server.Client();
        var batch = client.CreateBatch();
        var item = batch.Add(new DatasetAddRequest { Fields = Requests.Create });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.SendAsync(cancellation.Token));
        await batch.SendAsync();

        Assert.Equal(BatchOutcome.Unknown, item.Outcome);
        Assert.Contains("may have been executed", Assert.Throws<InvalidOperationException>(() => item.Result).Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"result":{"c0":{"item":{"id":5}},"c1":{"item":{"id":1}}}}""", BatchOutcome.Succeeded, BatchOutcome.Succeeded)]
    [InlineData("""{"result":{"c0":{"item":{}},"c1":{"item":{"id":1}}}}""", BatchOutcome.Succeeded, BatchOutcome.Failed)]
    [InlineData("""{"result":{"c1":{"item":{"id":1}}},"result_error":{"c0":{"error":"X"}}}""", BatchOutcome.Failed, BatchOutcome.Failed)]
    [InlineData("""{"result":{"c0":{"error":{"error":"DATASET_NOT_FOUND","error_description":""}},"c1":{"item":{"id":1}}}}""", BatchOutcome.Failed, BatchOutcome.Failed)]
    public async Task Call_that_the_server_ran_without_the_value_it_refers_to_is_not_reported_as_done(string result, BatchOutcome first, BatchOutcome second)
    {
        // Where a reference leads nowhere, the server puts in what it found on the way there, and goes on.
        await using var server = await LoopbackServer.StartAsync($$"""{"result":{{result}} }""");
        using var client = server.Client();
        var batch = client.CreateBatch();
        var got = batch.Add(new DatasetGetRequest { Id = 1 });
        var bound = batch.Add(new DatasetGetRequest { Id = 0 }, b => b.Set("id", got.Reference((DatasetSelect d) => d.Id)));

        await batch.SendAsync();

        Assert.Equal((first, second), (got.Outcome, bound.Outcome));
        if (second == BatchOutcome.Failed)
            Assert.Contains("$result[c0][item][id]", bound.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_refused_for_their_operating_time_go_again_and_the_others_do_not()
    {
        var requests = new List<string>();
        var portal = new StubPortal
        {
            Answer = (_, body) =>
            {
                requests.Add(body);
                return (200, requests.Count == 1
                    ? """{"result":{"result":{"c0":{"id":1}},"result_error":{"c1":{"error":"OPERATION_TIME_LIMIT","error_description":"Method is blocked due to operation time limit."}}}}"""
                    : """{"result":{"result":{"c1":{"item":{"id":2}}}}}""");
            },
        };
        using var client = portal.Client();
        var batch = client.CreateBatch();
        var added = batch.Add(new DatasetAddRequest { Fields = Requests.Create });
        var got = batch.Add(new DatasetGetRequest { Id = 2 });

        await portal.Run(Send(batch));

        Assert.Equal((1, 2), (added.Result.Id, got.Result.Id));
        Assert.Equal(["c1"], Commands(requests[1]).Keys);

        static async Task<bool> Send(Bitrix24Batch batch)
        {
            await batch.SendAsync();
            return true;
        }
    }

    [Fact]
    public async Task Parameters_are_written_as_php_reads_them()
    {
        await using var server = await Echo();
        using var client = server.Client();
        var batch = client.CreateBatch();
        batch.Add(new DatasetAddRequest { Fields = Requests.Create });
        batch.Add(new DatasetListRequest().With(q => q.Where(d => d.Id.In(1, 2) & d.Name == "a&b=ё")));
        batch.Add(new DatasetUpdateRequest { Id = 1, Fields = new() { Description = null } });

        await batch.SendAsync();

        var commands = Commands(Assert.Single(server.Requests).Body);
        Assert.Equal("biconnector.dataset.add?fields[sourceId]=3&fields[name]=sales&fields[fields][0][type]=int&fields[fields][0][name]=ID&fields[fields][0][externalCode]=ID", commands["c0"]);
        Assert.Equal("biconnector.dataset.list?filter[@id][0]=1&filter[@id][1]=2&filter[=name]=a&b=ё", commands["c1"]);
        Assert.Equal("biconnector.dataset.update?id=1&fields[description]=", commands["c2"]);
    }

    internal static Task<LoopbackServer> Echo() => LoopbackServer.StartAsync(Answer);

    internal static Task Answer(Microsoft.AspNetCore.Http.HttpContext context, string body)
    {
        var results = Commands(body).Select(c => $"\"{c.Key}\":{{\"id\":1,\"item\":{{\"id\":\"{c.Value.Split('=')[^1].Split('[')[^1].TrimEnd(']')}\"}}}}");
        return LoopbackServer.Answer(context, "{\"result\":{\"result\":{" + string.Join(',', results) + "},\"result_error\":[]}}");
    }

    /// <summary>The commands of a batch, unescaped.</summary>
    internal static Dictionary<string, string> Commands(string body) => JsonDocument.Parse(body).RootElement.GetProperty("cmd")
        .EnumerateObject().ToDictionary(static p => p.Name, static p => Uri.UnescapeDataString(p.Value.GetString()!));
}
