using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class ValidationTests
{
    private const string Field = """{"type":"int","name":"ID","externalCode":"ID"}""";

    [Fact]
    public void Good_request_has_no_violation() => Assert.Empty(new DatasetAddRequest { Fields = Requests.Create }.Validate());

    [Fact]
    public void Typed_request_lists_every_violation_in_the_servers_order()
    {
        var request = new DatasetAddRequest
        {
            Fields = new()
            {
                SourceId = 1,
                Name = "Sales" + new string('x', 300),
                Fields =
                [
                    new() { Type = new("text"), Name = "name", ExternalCode = "A" },
                    new() { Type = DatasetFieldType.Int, Name = "OTHER", ExternalCode = "A" },
                ],
            },
        };

        Assert.Equal(
            [
                new("B24110", "fields.fields[1].externalCode", "VALIDATION_DUPLICATE_FIELD_CODE", "Duplicate values found in the \"code\" parameter: A"),
                new("B24109", "fields.fields[0].type", "VALIDATION_FIELD_INVALID_TYPE", "\"type\" must be one of int, string, double, date, datetime."),
                new("B24107", "fields.fields[0].name", "VALIDATION_FIELD_NAME_INVALID_FORMAT", "\"name\" must match ^[A-Z][A-Z0-9_]*$."),
                new("B24107", "fields.name", "VALIDATION_DATASET_NAME_INVALID", "\"name\" must match ^[a-z][a-z0-9_]*$."),
                new Violation("B24108", "fields.name", "VALIDATION_DATASET_NAME_TOO_LONG", "Dataset name must not exceed 230 characters."),
            ],
            request.Validate());
    }

    [Theory]
    [InlineData("""{}""", "B24103  fields")]
    [InlineData("""{"fields":null}""", "B24103  fields")]
    [InlineData("""{"fields":5}""", "B24106  fields")]
    [InlineData("""[1]""", "B24106  ")]
    [InlineData("""{"fields":{"name":"a","fields":[%]}}""", "B24103 VALIDATION_REQUIRED_FIELD_MISSING fields.sourceId")]
    [InlineData("""{"fields":{"id":1,"sourceId":1,"name":"a","fields":[%]}}""", "B24104 VALIDATION_READ_ONLY_FIELD fields.id")]
    [InlineData("""{"fields":{"sourceId":"x","name":"a","fields":[%]}}""", "B24106 VALIDATION_INVALID_FIELD_TYPE fields.sourceId")]
    [InlineData("""{"fields":{"sourceId":"1","name":"a","fields":{"0":%}}}""", "")]
    [InlineData("""{"fields":{"sourceId":1,"name":"a","fields":[]}}""", "B24108  fields.fields")]
    [InlineData("""{"fields":{"sourceId":1,"name":"a","fields":[{"name":"X","type":"int"}]}}""", "B24103 VALIDATION_FIELD_MISSING_REQUIRED_PARAMETERS fields.fields[0].externalCode")]
    [InlineData("""{"fields":{"sourceId":1,"name":"a","fields":[null]}}""", "B24106 VALIDATION_INVALID_FIELD_TYPE fields.fields[0]")]
    [InlineData("""{"fields":{"sourceId":1,"name":"a","nmae":"b","fields":[%]}}""", "B24102 VALIDATION_UNKNOWN_PARAMETERS fields.nmae")]
    [InlineData("""{"feilds":{},"fields":{"sourceId":1,"name":"a","fields":[%]}}""", "B24102  feilds")]
    public void Create_is_checked(string json, string expected) => Check(DatasetMethods.Add, json.Replace("%", Field, StringComparison.Ordinal), expected);

    [Theory]
    [InlineData("""{"id":1,"fields":{"description":"x"}}""", "")]
    [InlineData("""{"id":0,"fields":{}}""", "B24108  id")]
    [InlineData("""{"id":1,"fields":{"name":"x"}}""", "B24105 VALIDATION_IMMUTABLE_FIELD fields.name")]
    [InlineData("""{"id":1,"fields":{"fields":[]}}""", "B24116 INVALID_METHOD fields.fields")]
    public void Update_is_checked(string json, string expected) => Check(DatasetMethods.Update, json, expected);

    [Theory]
    [InlineData("""{"filter":{">=id":1,"logic":"OR","0":{"%=name":"x"}},"select":["id","*"],"order":{"id":"desc"},"page":1}""", "")]
    [InlineData("""{"filter":{"~id":1}}""", "B24111  filter.~id")]
    [InlineData("""{"filter":{">idd":1}}""", "B24111 VALIDATION_UNKNOWN_PARAMETERS filter.>idd")]
    [InlineData("""{"filter":{"fields":1}}""", "B24111  filter.fields")]
    [InlineData("""{"filter":{"logic":"XOR"}}""", "B24111  filter.logic")]
    [InlineData("""{"filter":{"0":{"idd":1}}}""", "B24111 VALIDATION_UNKNOWN_PARAMETERS filter.0.idd")]
    [InlineData("""{"filter":"id"}""", "B24106  filter")]
    [InlineData("""{"select":["idd"]}""", "B24112 VALIDATION_UNKNOWN_PARAMETERS select[0]")]
    [InlineData("""{"order":{"id":"up"}}""", "B24113  order.id")]
    [InlineData("""{"order":{"idd":"ASC"}}""", "B24113 VALIDATION_UNKNOWN_PARAMETERS order.idd")]
    [InlineData("""{"page":0}""", "B24108  page")]
    public void List_query_is_checked(string json, string expected) =>
        Check(DatasetMethods.List, json, expected);

    [Fact]
    public async Task Violating_call_is_not_sent_unless_validation_is_off()
    {
        await using var server = await LoopbackServer.StartAsync("""{"result":true}""");
        using var strict = server.Client();
        using var loose = server.Client(new() { ValidateBeforeSending = false });

        var e = await Assert.ThrowsAsync<Bitrix24ValidationException>(
            () => strict.CallAsync("biconnector.dataset.update", new { id = 1, fields = new { name = "x" } }));
        Assert.Equal("B24105", Assert.Single(e.Violations).Rule);
        Assert.Empty(server.Requests);

        await loose.CallAsync("biconnector.dataset.update", new { id = 1, fields = new { name = "x" } });
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Name_that_only_a_newer_server_knows_is_sent()
    {
        await using var server = await LoopbackServer.StartAsync("""{"result":{}}""");
        using var client = server.Client();

        await client.CallAsync("biconnector.dataset.get", """{"id":1,"new":true}""");

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Webhook_cannot_call_what_is_for_applications()
    {
        await using var server = await LoopbackServer.StartAsync("{}");
        using var client = server.Client(credentials: server.Webhook);

        var e = await Assert.ThrowsAsync<Bitrix24ValidationException>(() => client.BiConnector.Dataset.GetAsync(1));

        Assert.Equal(("B24115", "ACCESS_DENIED"), (e.Violations[0].Rule, e.Violations[0].Code));
    }

    [Fact]
    public async Task Every_form_of_raw_parameters_is_checked_alike()
    {
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"));
        const string method = "biconnector.dataset.get";

        foreach (var call in new Func<Task>[]
        {
            () => client.CallAsync(method),
            () => client.CallAsync(method, new { id = "x" }),
            () => client.CallAsync(method, """{"id":"x"}"""),
            () => client.CallAsync(method, new System.Text.Json.Nodes.JsonObject { ["id"] = "x" }),
            () => client.CallAsync(method, new Dictionary<string, object?> { ["id"] = "x" }),
            () => client.CallAsync("Biconnector.Dataset.GET", System.Text.Json.JsonDocument.Parse("""{"id":"x"}""").RootElement),
        })
        {
            var e = await Assert.ThrowsAsync<Bitrix24ValidationException>(call);
            Assert.Equal("id", Assert.Single(e.Violations).Path);
        }

        await Assert.ThrowsAsync<ArgumentException>(() => client.CallAsync(method, "{id"));
    }

    private static void Check(Infrastructure.MethodDescriptor method, string json, string expected)
    {
        var found = CallValidator.Validate(method, System.Text.Encoding.UTF8.GetBytes(json), method.Access);
        Assert.Equal(expected, string.Join('\n', found.Select(static v => $"{v.Rule} {v.Code} {v.Path}")));
    }
}
