using System.Net;
using System.Text;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>REST 3.0: paths, errors, filters, pages, batches, repeated calls.</summary>
public sealed class RestV3Tests : IAsyncLifetime
{
    private const string Prefix = "BITRIX_REST_V3_EXCEPTION_";
    internal const string Spec = """
        {
          "api": "bitrix24-v3", "scope": "box",
          "types": {
            "Thing": {
              "fields": {
                "id": { "type": "int", "readOnly": true, "server": "autoIncrement" },
                "name": { "type": "string", "required": true },
                "size": { "type": "int" },
                "secret": { "type": "string", "filterable": false, "sortable": false },
                "maker": { "fields": { "id": { "type": "int" }, "name": { "type": "string" } } }
              }
            }
          },
          "methods": {
            "box.thing.add": {
              "operation": "add", "of": "Thing",
              "params": { "fields": { "type": "Thing", "as": "create", "required": true } },
              "result": { "type": "Thing", "at": "item" }
            },
            "box.thing.get": {
              "operation": "get", "of": "Thing",
              "params": { "id": { "type": "int", "required": true }, "select": { "type": "Thing", "as": "select" } },
              "result": { "type": "Thing", "at": "item" }
            },
            "box.thing.delete": {
              "operation": "delete", "of": "Thing",
              "params": { "id": { "type": "int", "required": true } },
              "result": { "type": "bool", "at": "result" }
            },
            "box.thing.list": {
              "operation": "list", "of": "Thing", "paging": "offset",
              "params": { "filter": { "type": "Thing", "as": "filter" }, "order": { "type": "Thing", "as": "order" }, "pagination": { "type": "json" } },
              "result": { "type": "Thing[]", "at": "items" }
            },
            "box.thing.tail": {
              "operation": "list", "of": "Thing", "paging": "cursor",
              "params": { "filter": { "type": "Thing", "as": "filter" }, "cursor": { "type": "json" } },
              "result": { "type": "Thing[]", "at": "items" }
            }
          }
        }
        """;

    private PortalEmulator _portal = null!;

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync(new() { Specs = [new PortalSpec("bitrix24-v3/box.thing.b24.json", Spec)] });
        for (var i = 1; i <= 60; i++)
            _portal.Seed("box.thing/Thing", $$"""{"name":"n{{i}}","size":{{i % 3}}}""");
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Result_IsAnObject_AndKeysAreNumbers()
    {
        var reply = await CallAsync("box.thing.add", """{"fields":{"name":"new"}}""");
        Assert.Equal(61, reply.Result!["item"]!["id"]!.GetValue<int>());
        Assert.True((await CallAsync("box.thing.delete", """{"id":61}""")).Result!["result"]!.GetValue<bool>());
        Assert.Equal(1, (await CallAsync("box.thing.list", "{}")).Result!["items"]![0]!["id"]!.GetValue<int>());
    }

    [Fact]
    public async Task MethodsOfOneVersion_AreUnknownToTheOther()
    {
        Assert.Equal("ERROR_METHOD_NOT_FOUND", (await _portal.CallAsync("box.thing.get", """{"id":1}""")).Error);
        Assert.Equal((404, Prefix + "METHODNOTFOUNDEXCEPTION"), Code(await CallAsync("biconnector.dataset.get", """{"id":1}""")));
    }

    [Theory]
    [InlineData("box.thing.get", """{"id":99}""", 400, "ENTITYNOTFOUNDEXCEPTION")]
    [InlineData("box.thing.get", "{}", 400, "VALIDATION_REQUESTVALIDATIONEXCEPTION")]
    [InlineData("box.thing.add", """{"fields":{}}""", 400, "VALIDATION_REQUESTVALIDATIONEXCEPTION")]
    [InlineData("box.thing.get", "{\"id\":", 400, "INVALIDJSONEXCEPTION")]
    [InlineData("batch", """{"cmd":{"a":"box.thing.get?id=1"}}""", 400, "INVALIDSELECTEXCEPTION")]
    public async Task Errors_AreObjects(string method, string json, int status, string code)
    {
        var reply = await CallAsync(method, json);
        Assert.Equal((status, Prefix + code), Code(reply));
        if (code.StartsWith("VALIDATION", StringComparison.Ordinal))
            Assert.NotEmpty(reply.Body!["error"]!["validation"]!.AsArray());
    }

    [Fact]
    public async Task WrongCaller_IsRefused_AndSoAreForms()
    {
        var reply = await PortalCalls.SendAsync(PortalCalls.Post($"{_portal.PortalUrl}/rest/api/box.thing.get", """{"id":1}""", null));
        Assert.Equal((401, Prefix + "ACCESSDENIEDEXCEPTION"), Code(reply));
        var inBody = await PortalCalls.SendAsync(PortalCalls.Post($"{_portal.PortalUrl}/rest/api/box.thing.get", $$"""{"id":1,"auth":"{{_portal.AccessToken}}"}""", null));
        Assert.Equal(HttpStatusCode.OK, inBody.Status);
        var form = new HttpRequestMessage(HttpMethod.Post, Url("box.thing.get")) { Content = new StringContent("id=1", Encoding.UTF8, "application/x-www-form-urlencoded") };
        Assert.Equal((400, Prefix + "INVALIDJSONEXCEPTION"), Code(await PortalCalls.SendAsync(form)));
        var query = await PortalCalls.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{Url("box.thing.get")}?id=1"));
        Assert.Equal((400, Prefix + "VALIDATION_REQUESTVALIDATIONEXCEPTION"), Code(query));
    }

    [Theory]
    [InlineData("""[["id","<=",2]]""", "1,2")]
    [InlineData("""[["id",[3,4]],["size","!=",0]]""", "4")]
    [InlineData("""[["id","between",[5,7]]]""", "5,6,7")]
    [InlineData("""[{"logic":"or","conditions":[["id","=",1],["id","in",[59,60]]]}]""", "1,59,60")]
    [InlineData("""[["id","<",4],{"logic":"and","conditions":[["id","=",1]],"negative":true}]""", "2,3")]
    public async Task Filter_IsAListOfConditions(string filter, string expected)
    {
        var reply = await CallAsync("box.thing.list", $$"""{"filter":{{filter}},"order":{"id":"ASC"} }""");
        Assert.Equal(expected, Keys(reply));
    }

    [Theory]
    [InlineData("""{"filter":[["nothing","=",1]]}""", "UNKNOWNDTOPROPERTYEXCEPTION")]
    [InlineData("""{"filter":[["maker.nothing","=",1]]}""", "UNKNOWNDTOPROPERTYEXCEPTION")]
    [InlineData("""{"filter":[["id","~",1]]}""", "UNKNOWNFILTEROPERATOREXCEPTION")]
    [InlineData("""{"filter":[["id","=","one"]]}""", "VALIDATION_REQUESTVALIDATIONEXCEPTION")]
    [InlineData("""{"filter":{">id":1}}""", "INVALIDFILTEREXCEPTION")]
    [InlineData("""{"filter":[{"logic":"xor","conditions":[["id",1]]}]}""", "INVALIDFILTEREXCEPTION")]
    [InlineData("""{"filter":[["secret","=","x"]]}""", "VALIDATION_REQUESTVALIDATIONEXCEPTION")]
    [InlineData("""{"order":{"id":"UP"}}""", "INVALIDORDEREXCEPTION")]
    [InlineData("""{"order":{"secret":"ASC"}}""", "INVALIDORDEREXCEPTION")]
    [InlineData("""{"order":{"nothing":"ASC"}}""", "UNKNOWNDTOPROPERTYEXCEPTION")]
    [InlineData("""{"pagination":{"limit":0}}""", "INVALIDPAGINATIONEXCEPTION")]
    [InlineData("""{"pagination":{"limit":10,"page":"two"}}""", "INVALIDPAGINATIONEXCEPTION")]
    public async Task WrongQuery_IsRefused(string json, string code) =>
        Assert.Equal((400, Prefix + code), Code(await CallAsync("box.thing.list", json)));

    [Fact]
    public async Task UnknownField_IsOmitted_AndThatOfARelatedObjectRefused()
    {
        _portal.Seed("box.thing/Thing", """{"id":77,"name":"x","maker":{"id":5,"name":"m"}}""");

        var item = (await CallAsync("box.thing.get", """{"id":77,"select":["id","nothing","maker.name"]}""")).Result!["item"]!;
        Assert.Equal("""{"id":77,"maker":{"name":"m"}}""", item.ToJsonString());
        Assert.Equal(
            (400, Prefix + "UNKNOWNDTOPROPERTYEXCEPTION"),
            Code(await CallAsync("box.thing.get", """{"id":77,"select":["maker.nothing"]}""")));
    }

    [Fact]
    public async Task Pages_GoByOffset_OrByCursor()
    {
        Assert.Equal(50, (await CallAsync("box.thing.list", "{}")).Result!["items"]!.AsArray().Count);
        Assert.Equal("11,12", Keys(await CallAsync("box.thing.list", """{"pagination":{"limit":2,"offset":10}}""")));
        Assert.Equal("57,58,59,60", Keys(await CallAsync("box.thing.list", """{"pagination":{"limit":7,"page":9}}""")));
        Assert.Equal("58,59", Keys(await CallAsync("box.thing.tail", """{"cursor":{"field":"id","value":57,"order":"ASC","limit":2}}""")));
        Assert.Equal("2,1", Keys(await CallAsync("box.thing.tail", """{"cursor":{"field":"id","value":3,"order":"DESC","limit":5}}""")));
    }

    [Fact]
    public async Task Batch_RunsInOrder_AndRefersBack()
    {
        var reply = await CallAsync("batch", """
            [{"method":"box.thing.add","query":{"fields":{"name":"x"}},"as":"made"},
             {"method":"box.thing.get","query":{"id":{"$ref":"made.item.id"}}},
             {"method":"box.thing.list","query":{"filter":[["id","in",[1,2]]]},"as":"some"},
             {"method":"box.thing.list","query":{"filter":[["id","in",{"$refArray":"some.items.id"}]]}},
             {"method":"box.thing.list","query":{"filter":[["id","in",{"$refArray":"some.id"}]]}}]
            """);
        Assert.Equal(2, reply.Result![4]!["items"]!.AsArray().Count);
        Assert.Equal("x", reply.Result![1]!["item"]!["name"]!.GetValue<string>());
        Assert.Equal(2, reply.Result[3]!["items"]!.AsArray().Count);
        Assert.Equal((1, 5), (_portal.RequestCount, _portal.Requests.Count(c => c.InBatch)));

        var failed = await CallAsync("batch", """[{"method":"box.thing.get","query":{"id":1}},{"method":"box.thing.get","query":{"id":99}}]""");
        Assert.Equal((400, Prefix + "ENTITYNOTFOUNDEXCEPTION"), Code(failed));
    }

    [Fact]
    public async Task Batch_MayBeAMap_AsB24JsSdkSendsIt()
    {
        var reply = await CallAsync("batch", """{"0":{"method":"box.thing.get","query":{"id":1},"parallel":false},"1":{"method":"box.thing.get","query":{"id":2}}}""");

        Assert.Equal([1, 2], reply.Result!.AsArray().Select(item => item!["item"]!["id"]!.GetValue<int>()));
    }

    [Fact]
    public async Task IdempotencyKey_MakesARepeatedCallAReplay()
    {
        var first = await RepeatableAsync("key", """{"fields":{"name":"once"}}""");
        var again = await RepeatableAsync("key", """{"fields":{"name":"once"}}""");
        Assert.False(first.Replayed);
        Assert.True(again.Replayed);
        Assert.Equal(first.Reply.Result!.ToJsonString(), again.Reply.Result!.ToJsonString());
        Assert.Equal(1, _portal.Requests.Executions("box.thing.add"));
        Assert.Equal((422, Prefix + "IDEMPOTENCYKEYREUSEDEXCEPTION"), Code((await RepeatableAsync("key", """{"fields":{"name":"other"}}""")).Reply));
        Assert.Equal((400, Prefix + "INVALIDIDEMPOTENCYKEYEXCEPTION"), Code((await RepeatableAsync(new string('k', 256), """{"fields":{"name":"x"}}""")).Reply));
    }

    [Fact]
    public async Task IdempotencyKey_OfAFailedCall_IsNotUsedUp()
    {
        Assert.Equal(400, (int)(await RepeatableAsync("key", """{"fields":{}}""")).Reply.Status);
        Assert.Equal(200, (int)(await RepeatableAsync("key", """{"fields":{"name":"now"}}""")).Reply.Status);
    }

    private async Task<(Reply Reply, bool Replayed)> RepeatableAsync(string key, string json)
    {
        using var http = new HttpClient();
        using var request = PortalCalls.Post(Url("box.thing.add"), json, null);
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await http.SendAsync(request);
        return (new Reply(answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())), answer.Headers.Contains("Idempotent-Replayed"));
    }

    private Task<Reply> CallAsync(string method, string json) => PortalCalls.SendAsync(PortalCalls.Post(Url(method), json, null));

    private string Url(string method) => $"{_portal.WebhookUrl.Replace("/rest/", "/rest/api/", StringComparison.Ordinal)}{method}";

    private static string Keys(Reply reply) => string.Join(',', reply.Result!["items"]!.AsArray().Select(i => i!["id"]!.GetValue<int>()));

    private static (int Status, string Code) Code(Reply reply) => ((int)reply.Status, reply.Body!["error"]!["code"]!.GetValue<string>());
}
