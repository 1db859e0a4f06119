using System.Text.Json;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class BatchReferenceTests
{
    [Fact]
    public async Task Calls_that_refer_to_each_other_travel_together()
    {
        // b24pysdk: chunks are merged, but $result cannot cross them.
        await using var server = await BatchTests.Echo();
        using var client = server.Client();
        var batch = client.CreateBatch();
        for (var i = 1; i <= 49; i++)
            batch.Add(new DatasetGetRequest { Id = i });
        var created = batch.Add(new DatasetAddRequest { Fields = Requests.Create });
        var got = batch.Add(new DatasetGetRequest { Id = 0 }, b => b.Set("id", created.Reference("id")));
        batch.Add(new DatasetUpdateRequest { Id = 0, Fields = new() }, b => b.Set("id", got.Reference("id")).Set("fields.description", got.Reference("name")));

        await batch.SendAsync();

        var commands = server.Requests.Select(static r => BatchTests.Commands(r.Body)).ToList();
        Assert.Equal([49, 3], commands.Select(static c => c.Count));
        Assert.Equal("biconnector.dataset.get?id=$result[c49][id]", commands[1]["c50"]);
        Assert.Equal("biconnector.dataset.update?id=$result[c50][item][id]&fields[description]=$result[c50][item][name]", commands[1]["c51"]);
    }

    [Fact]
    public void Reference_to_a_later_or_foreign_call_is_refused()
    {
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"));
        var other = client.CreateBatch().Add(new DatasetGetRequest { Id = 1 });

        Assert.Throws<ArgumentException>(() => client.CreateBatch().Add(new DatasetGetRequest { Id = 1 }, b => b.Set("id", other.Reference("id"))));
    }

    [Fact]
    public async Task Chain_longer_than_a_request_is_refused_before_anything_is_sent()
    {
        await using var server = await BatchTests.Echo();
        using var client = server.Client();
        var batch = client.CreateBatch();
        var last = batch.Add(new DatasetGetRequest { Id = 1 });
        for (var i = 0; i < 50; i++)
        {
            var before = last;
            last = batch.Add(new DatasetGetRequest { Id = 0 }, b => b.Set("id", before.Reference("id")));
        }

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => batch.SendAsync());

        Assert.Contains("51 calls", e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Equal(BatchOutcome.Pending, last.Outcome);
    }

    [Fact]
    public async Task Next_page_and_total_of_a_list_can_be_referred_to()
    {
        await using var server = await LoopbackServer.StartAsync(
            """{"result":{"result":{"c0":[{"id":1}],"c1":[],"c2":{"item":{"id":5}}},"result_next":{"c0":50},"result_total":{"c0":70}}}""");
        using var client = server.Client();
        var batch = client.CreateBatch();
        var list = batch.Add(new DatasetListRequest { Page = 1 });
        var next = batch.Add(new DatasetListRequest { Page = 1 }, b => b.Set("page", list.NextReference()));
        batch.Add(new DatasetGetRequest { Id = 1 }, b => b.Set("id", list.TotalReference()));

        await batch.SendAsync();

        var commands = BatchTests.Commands(Assert.Single(server.Requests).Body);
        Assert.Equal(("biconnector.dataset.list?page=$next[c0]", "biconnector.dataset.get?id=$total[c0]"), (commands["c1"], commands["c2"]));
        Assert.Equal(BatchOutcome.Succeeded, next.Outcome);
    }

    [Fact]
    public void Lists_of_values_are_referred_to_in_the_newer_version_only()
    {
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"));
        var batch = client.CreateBatch();
        var list = batch.Add(new DatasetListRequest { Page = 1 });

        Assert.Throws<ArgumentException>(() => batch.Add(new DatasetGetRequest { Id = 1 }, b => b.Set("id", list.References("id"))));
    }

    [Fact]
    public void A_reference_is_a_value_that_is_not_known_yet_at_a_name_that_is()
    {
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"));
        var batch = client.CreateBatch();
        var first = batch.Add(new DatasetGetRequest { Id = 1 });

        batch.Add(new DatasetUpdateRequest { Id = 0, Fields = new() }, b => b.Set("id", first.Reference("id")));
        var refused = Assert.Throws<Bitrix24ValidationException>(() =>
            batch.Add(new DatasetUpdateRequest { Id = 5, Fields = new() }, b => b.Set("fields.dateCreate", first.Reference("dateCreate"))));

        Assert.Equal("B24104 fields.dateCreate", string.Join("; ", refused.Violations.Select(static v => $"{v.Rule} {v.Path}")));
    }
}
