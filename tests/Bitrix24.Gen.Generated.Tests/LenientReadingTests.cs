using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.BiConnector;
using Bitrix24.Landing;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Generated.Tests;

/// <summary>What an answer has of another form than documented is neither an exception nor lost.</summary>
public class LenientReadingTests
{
    public static TheoryData<string> Responses => new(FixtureData.Responses.Where(static r => r.Status == 200).Select(static r => r.Id));

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task EveryNumberAFraction_IsKept(string id)
    {
        var (method, body) = Response(id);
        var numbers = new List<string>();
        Replace(body["result"], static v => v.GetValueKind() == JsonValueKind.Number, v =>
        {
            var fraction = (v.GetValue<decimal>() + 0.25m).ToString(CultureInfo.InvariantCulture);
            numbers.Add(fraction);
            return JsonNode.Parse(fraction);
        });
        // What is no object has nowhere to keep it but the response, see below.
        if (body["result"] is JsonValue)
            return;
        var read = await ReadAsync(method, body);
        Assert.All(numbers, n => Assert.Contains(n, read));
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task EveryDateAnOddOne_IsReadOrKept(string id)
    {
        foreach (var odd in AnswerNodes.OddDates)
        {
            var (method, body) = Response(id);
            var dates = 0;
            Replace(body["result"], static v => v.GetValueKind() == JsonValueKind.String && DateTimeOffset.TryParse(v.GetValue<string>(), CultureInfo.InvariantCulture, out _), _ =>
            {
                dates++;
                return odd;
            });
            var read = await ReadAsync(method, body);
            if (dates > 0 && odd[0] is not ('0' or '-'))
                Assert.True(read.Contains(odd) || read.Contains("2024-05-25T14:30:00.0000000+00:00"), $"{odd} is lost");
        }
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task EveryObjectNothing_IsRead(string id)
    {
        var count = Objects(Response(id).Body["result"]).Count();
        for (var i = 0; i < count; i++)
        {
            foreach (var nothing in new[] { "[]", "false" })
            {
                var (method, body) = Response(id);
                Objects(body["result"]).ElementAt(i).ReplaceWith(JsonNode.Parse(nothing));
                await ReadAsync(method, body);
            }
        }
    }

    [Fact]
    public async Task ListWithAMisfit_KeepsItsRecords()
    {
        var log = new Recorder();
        using var portal = new CannedServer("""{"result":[{"id":1.5,"name":"a"},{"id":2,"name":"b","dateCreate":"soon"},"c"],"total":3.5,"time":{"start":1,"operating_reset_at":1700000000.7}}""").Connect(logger: log);
        var response = await portal.SendForResponseAsync(new DatasetListRequest());
        Assert.Equal([(0, "a"), (2, "b"), (0, "")], response.Result.Select(static d => (d.Id, d.Name)));
        Assert.Equal("1.5", response.Result[0].Extra["id"].GetRawText());
        Assert.Equal("soon", response.Result[1].Extra["dateCreate"].GetString());
        Assert.Equal(3, response.Extra["result"].GetArrayLength());
        Assert.Equal((3, 1700000000), (response.Total, response.Time!.OperatingResetAt));
        var line = Assert.Single(log.Lines, static l => l.Contains("do not fit", StringComparison.Ordinal));
        Assert.Contains("biconnector.dataset.list of example.bitrix24.com answered 3 values", line, StringComparison.Ordinal);
        Assert.Contains("'result[0].id': expected a whole number", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScalarThatDoesNotFit_IsKeptBesideTheResult()
    {
        using var portal = new CannedServer("""{"result":28619.25}""").Connect();
        var response = await portal.SendForResponseAsync(new LandingFavoriteBlockRequest { Lid = 1, Block = 2 });
        Assert.Equal("28619.25", response.Extra["result"].GetRawText());
    }

    [Theory]
    [InlineData("""{"result":[{"id":1.5}]}""", "result[0].id")]
    [InlineData("""{"result":["a"]}""", "result[0]")]
    [InlineData("""{"result":[{"id":{"a":1}}]}""", "result[0].id")]
    public async Task StrictReading_Throws(string body, string path)
    {
        using var portal = new CannedServer(body).Connect(strict: true);
        var e = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => portal.SendAsync(new DatasetListRequest()));
        Assert.Contains($"'{path}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompletedWrite_DoesNotThrow()
    {
        using var portal = new CannedServer("""{"result":{"id":"new"},"time":{"operating_reset_at":"later","date_start":{}}}""").Connect();
        var response = await portal.SendForResponseAsync(new DatasetAddRequest { Fields = TypedTests.Dataset() });
        Assert.Equal("new", response.Result.Extra["id"].GetString());
        Assert.Null(response.Time!.OperatingResetAt);
    }

    [Fact]
    public async Task MisfitOfAnItem_StaysOutOfTheNextOne()
    {
        using var portal = new CannedServer("""{"result":{"item":{"id":5,"name":"a","fields":["odd",{"id":1,"name":"N"},{"id":"soon","name":"M"}]}},"time":{"start":1}}""").Connect();
        var dataset = await portal.BiConnector.Dataset.GetAsync(5);
        Assert.Equal(["", "N", "M"], dataset.Fields.Select(static f => f.Name ?? ""));
        // The field around the list keeps what no item can; an item keeps its own.
        Assert.Equal(["fields"], dataset.Extra.Keys);
        Assert.Equal("odd", dataset.Extra["fields"][0].GetString());
        Assert.Equal([0, 0, 1], dataset.Fields.Select(static f => f.Extra.Count));
    }

    private static (string Method, JsonObject Body) Response(string id)
    {
        var response = FixtureData.Responses.Single(r => r.Id == id);
        return (response.Method, JsonNode.Parse(response.Body)!.AsObject());
    }

    private static async Task<HashSet<string>> ReadAsync(string method, JsonObject body)
    {
        using var portal = new CannedServer(body.ToJsonString()).Connect();
        var call = FixtureTests.Call(portal, method);
        await call;
        return AnswerTexts.Of(call.GetType().GetProperty("Result")?.GetValue(call));
    }

    private static void Replace(JsonNode? node, Func<JsonNode, bool> where, Func<JsonNode, JsonNode?> with)
    {
        foreach (var value in AnswerNodes.Descendants(node).OfType<JsonValue>().Where(where).ToList())
            value.ReplaceWith(with(value));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => AnswerNodes.Descendants(node).OfType<JsonObject>();

    private sealed class Recorder : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }

    [Fact]
    public async Task TruthValues_ThatAreWrittenInTwoWays_AreOneType()
    {
        var server = new CannedServer("""{"result": {"type": {"id": 5, "title": "T", "isCategoriesEnabled": true, "isStagesEnabled": "Y", "isClientEnabled": "N"}}}""");
        using var portal = server.Connect(strict: true);

        var type = await portal.Crm.Type.AddAsync(new() { Title = "T", IsCategoriesEnabled = true });

        Assert.Contains("\"isCategoriesEnabled\":true", server.Sent, StringComparison.Ordinal);
        Assert.Equal((true, true, false), (type.IsCategoriesEnabled, type.IsStagesEnabled, type.IsClientEnabled));
    }
}
