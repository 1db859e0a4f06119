using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;
using HandWritten.BiConnector;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>What arrives of a call that is put into a batch: the call as it was when it was added, whatever it holds.</summary>
public class BatchContentTests
{
    private static readonly ApiDescriptor TestApi = new();

    [Theory]
    [InlineData("see $result[c0]")]
    [InlineData("$result[c0][item][id]")]
    [InlineData("Offer: $total 500")]
    [InlineData("$TOTAL")]
    [InlineData("a$error")]
    [InlineData("Pay in $time")]
    public async Task Text_that_looks_like_a_reference_arrives_as_text(string text)
    {
        await using var server = await Answering();
        using var client = server.Client();
        var batch = client.CreateBatch();
        var first = batch.Add(new DatasetGetRequest { Id = 1 });
        var update = batch.Add(new DatasetUpdateRequest { Id = 2, Fields = new() { Description = text } });
        var last = batch.Add(new DatasetGetRequest { Id = 3 });

        await batch.SendAsync();

        Assert.Equal(["/rest/batch", "/rest/biconnector.dataset.update", "/rest/batch"], server.Requests.Select(static r => r.Path));
        Assert.Equal(text, Sent(server, 1)["fields"]!["description"]!.GetValue<string>());
        Assert.All(new BatchItem[] { first, update, last }, static i => Assert.Equal(BatchOutcome.Succeeded, i.Outcome));
    }

    [Theory]
    [InlineData("""{"ids":[]}""")]
    [InlineData("""{"fields":{"contactIds":[]}}""")]
    [InlineData("""{"fields":{"phones":[{"values":{}}]}}""")]
    [InlineData("""{"fields":{"title]":"x"}}""")]
    [InlineData("""{"fields":{"a[b":"x"}}""")]
    [InlineData("""{"fields":{"":"x"}}""")]
    [InlineData("""{"fields":{" title":"x"}}""")]
    [InlineData("""{"fields":{"$result[c0]":"x"}}""")]
    [InlineData("""{"a.b":"x"}""")]
    [InlineData("""{"a b":"x"}""")]
    [InlineData("""{"a[b]":"x"}""")]
    [InlineData("""{"":"x"}""")]
    public async Task What_a_query_cannot_carry_arrives_as_it_is(string parameters)
    {
        await using var server = await Answering();
        using var client = server.Client();
        var batch = client.CreateBatch();
        var item = batch.Add(new Counted("some.write", parameters));

        await batch.SendAsync();

        Assert.Equal(("/rest/some.write", parameters), (server.Requests.Single().Path, server.Requests.Single().Body));
        Assert.Equal(BatchOutcome.Succeeded, item.Outcome);
    }

    [Fact]
    public async Task More_than_php_takes_in_a_query_arrives_as_it_is()
    {
        await using var server = await Answering();
        using var client = server.Client();
        var batch = client.CreateBatch();
        batch.Add(new Counted("many", $$"""{"ids":[{{string.Join(',', Enumerable.Range(0, 1001))}}]}"""));
        batch.Add(new Counted("fits", $$"""{"ids":[{{string.Join(',', Enumerable.Range(0, 1000))}}]}"""));

        await batch.SendAsync();

        Assert.Equal(["/rest/many", "/rest/batch"], server.Requests.Select(static r => r.Path));
    }

    [Fact]
    public async Task Empty_parameter_of_a_read_means_none_and_stays_in_the_batch()
    {
        await using var server = await Answering();
        using var client = server.Client();
        var batch = client.CreateBatch();
        batch.Add(new Counted("some.list", """{"select":[],"filter":{},"start":0}""", Idempotency.Read));
        // Dropped, this one would list all records.
        batch.Add(new Counted("some.list", """{"filter":{"@ID":[]}}""", Idempotency.Read));

        await batch.SendAsync();

        Assert.Equal(["/rest/batch", "/rest/some.list"], server.Requests.Select(static r => r.Path));
        Assert.Equal("some.list?start=0", BatchTests.Commands(server.Requests.First().Body)["c0"]);
    }

    [Fact]
    public async Task Call_is_written_once_and_a_later_change_is_not_sent()
    {
        await using var server = await Answering();
        using var client = server.Client();
        var batch = client.CreateBatch();
        var calls = Enumerable.Range(0, 120).Select(static i => new Counted("some.write", $$"""{"id":{{i}}}""")).ToList();
        foreach (var call in calls)
            batch.Add(call);
        var update = new DatasetUpdateRequest { Id = 2, Fields = new() { Description = "checked" } };
        batch.Add(update);
        update.Fields.Description = new string('x', 100_000);

        await batch.SendAsync();

        Assert.All(calls, static c => Assert.Equal(1, c.Writes));
        Assert.Equal("biconnector.dataset.update?id=2&fields[description]=checked", BatchTests.Commands(server.Requests.Last().Body)["c120"]);
    }

    [Fact]
    public async Task Call_that_travels_alone_takes_the_values_that_it_refers_to_from_earlier_answers()
    {
        await using var server = await Answering();
        using var client = server.Client();
        var batch = client.CreateBatch();
        var got = batch.Add(new DatasetGetRequest { Id = 7 });
        var fields = Requests.Create;
        fields.Description = "$total 500";
        var added = batch.Add(
            new DatasetAddRequest { Fields = fields },
            b => b.Set("fields.sourceId", got.Reference("id")).Set("fields.name", got.Reference("name")));
        var after = batch.Add(new DatasetGetRequest { Id = 0 }, b => b.Set("id", got.Reference("id")));

        await batch.SendAsync();

        Assert.Equal(["/rest/batch", "/rest/biconnector.dataset.add", "/rest/biconnector.dataset.get"], server.Requests.Select(static r => r.Path));
        var sent = Sent(server, 1)["fields"]!;
        Assert.Equal(("7", "$result[c0]", "$total 500"), ((string)sent["sourceId"]!, (string)sent["name"]!, (string)sent["description"]!));
        Assert.Equal("""{"id":"7"}""", Sent(server, 2).ToJsonString());
        Assert.Equal((BatchOutcome.Succeeded, 7), (added.Outcome, after.Result.Id));
    }

    [Fact]
    public async Task Call_that_travels_alone_is_not_sent_without_the_value_that_it_refers_to()
    {
        await using var server = await Answering();
        using var client = server.Client();
        var batch = client.CreateBatch();
        var got = batch.Add(new DatasetGetRequest { Id = 7 });
        var update = batch.Add(
            new DatasetUpdateRequest { Id = 1, Fields = new() { Description = "$total 500" } },
            b => b.Set("id", got.Reference("nowhere")));
        var last = batch.Add(new DatasetGetRequest { Id = 1 });

        await batch.SendAsync();

        Assert.Equal(["/rest/batch", "/rest/batch"], server.Requests.Select(static r => r.Path));
        Assert.Contains("was not sent", Assert.Throws<Bitrix24ProtocolException>(() => update.Result).Message, StringComparison.Ordinal);
        Assert.Equal(BatchOutcome.Succeeded, last.Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Error_of_a_call_that_travels_alone_is_its_own_and_halts_where_that_is_asked_for(bool halt)
    {
        await using var server = await LoopbackServer.StartAsync(static (context, body) => context.Request.Path == "/rest/batch"
            ? BatchTests.Answer(context, body)
            : LoopbackServer.Answer(context, """{"error":"ACCESS_DENIED","error_description":"No."}""", 403));
        using var client = server.Client();
        var batch = client.CreateBatch();
        batch.Halt = halt;
        var update = batch.Add(new DatasetUpdateRequest { Id = 2, Fields = new() { Description = "$result" } });
        var last = batch.Add(new DatasetGetRequest { Id = 3 });

        await batch.SendAsync();

        Assert.Equal("ACCESS_DENIED", Assert.IsType<Bitrix24ApiException>(update.Error).Code);
        Assert.Equal((BatchOutcome.Failed, halt ? BatchOutcome.Skipped : BatchOutcome.Succeeded), (update.Outcome, last.Outcome));
    }

    [Theory]
    [InlineData("\"result_total\":{\"c0\":1e20},\"result\":{\"c0\":{\"item\":{\"id\":1}},\"c1\":{\"item\":{\"id\":2}}}", BatchOutcome.Succeeded)]
    [InlineData("\"result_time\":{\"c0\":{\"duration\":\"abc\"}},\"result\":{\"c0\":{\"item\":{\"id\":1}},\"c1\":{\"item\":{\"id\":2}}}", BatchOutcome.Succeeded)]
    [InlineData("\"result_error\":{\"c0\":{\"error\":\"\\ud800\",\"error_description\":\"\\ud800\"}},\"result\":{\"c1\":{\"item\":{\"id\":2}}}", BatchOutcome.Failed)]
    [InlineData("\"result_error\":{\"c0\":\"\\udc00\"},\"result\":{\"c1\":{\"item\":{\"id\":2}}}", BatchOutcome.Failed)]
    [InlineData("\"result_error\":{\"c0\":{\"error\":[[]]}},\"result\":{\"c1\":{\"item\":{\"id\":2}}}", BatchOutcome.Failed)]
    [InlineData("\"result\":{\"c0\":{\"item\":7},\"c1\":{\"item\":{\"id\":2}}}", BatchOutcome.Succeeded)]
    [InlineData("\"result\":{\"c0\":{\"item\":7},\"c1\":{\"item\":{\"id\":2}}}", BatchOutcome.Failed, true)]
    [InlineData("\"result\":{\"c0\":\"\\ud800\",\"c1\":{\"item\":{\"id\":2}}}", BatchOutcome.Succeeded)]
    [InlineData("\"result\":{\"c0\":\"\\ud800\",\"c1\":{\"item\":{\"id\":2}}}", BatchOutcome.Failed, true)]
    public async Task Hostile_part_of_an_answer_is_the_outcome_of_its_call_only(string parts, BatchOutcome first, bool strict = false)
    {
        await using var server = await LoopbackServer.StartAsync("{\"result\":{" + parts + "}}");
        using var client = server.Client(new() { MaxRetries = 0, StrictReading = strict });
        var batch = client.CreateBatch();
        var one = batch.Add(new DatasetGetRequest { Id = 1 });
        var two = batch.Add(new DatasetGetRequest { Id = 2 });

        await batch.SendAsync();

        Assert.Equal((first, BatchOutcome.Succeeded, 2), (one.Outcome, two.Outcome, two.Result.Id));
    }

    private static JsonNode Sent(LoopbackServer server, int request) => JsonNode.Parse(server.Requests.ElementAt(request).Body)!;

    private static Task<LoopbackServer> Answering() => LoopbackServer.StartAsync(static (context, body) => context.Request.Path == "/rest/batch"
        ? AnswerBatch(context, body)
        : LoopbackServer.Answer(context, context.Request.Path.Value!.EndsWith(".update", StringComparison.Ordinal)
            ? """{"result":true}"""
            : """{"result":{"id":1,"item":{"id":7,"name":"x"}}}"""));

    private static Task AnswerBatch(HttpContext context, string body)
    {
        var results = BatchTests.Commands(body).Select(static c => $"\"{c.Key}\":" + (c.Value.Contains(".update", StringComparison.Ordinal) ? "true" : """{"id":1,"item":{"id":"7","name":"$result[c0]"}}"""));
        return LoopbackServer.Answer(context, "{\"result\":{\"result\":{" + string.Join(',', results) + "}}}");
    }

    /// <summary>A call that counts how often it is written.</summary>
    private sealed class Counted(string method, string parameters, Idempotency idempotency = Idempotency.Unsafe) : IBitrix24Request<JsonElement>
    {
        public int Writes { get; private set; }

        public MethodDescriptor Method { get; } = new(method, static () => []) { OpenParameters = true, Api = TestApi, Idempotency = idempotency };

        public void WriteParameters(IBufferWriter<byte> buffer)
        {
            Writes++;
            buffer.Write(System.Text.Encoding.UTF8.GetBytes(parameters));
        }

        public JsonElement ReadResult(ref FieldReader reader) => reader.GetElement();
    }
}
