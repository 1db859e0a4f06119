using System.Net;
using System.Text;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>The gateway before any method: paths, parameters, callers, envelopes.</summary>
public sealed class GatewayTests : IAsyncLifetime
{
    private const string Spec = """
        {
          "api": "bitrix24", "scope": "box",
          "types": {
            "Thing": {
              "fields": {
                "id": { "type": "int", "readOnly": true, "server": "autoIncrement" },
                "name": { "type": "string" },
                "tags": { "type": "string[]" },
                "extra": { "type": "json" }
              }
            }
          },
          "methods": {
            "box.thing.add": {
              "operation": "add", "of": "Thing",
              "params": { "fields": { "type": "Thing", "as": "create", "required": true } },
              "result": { "type": "int" }
            },
            "box.thing.get": {
              "operation": "get", "of": "Thing",
              "params": { "id": { "type": "int", "required": true, "references": "Thing", "errors": { "reference": "THING_NOT_FOUND" } } },
              "result": { "type": "Thing" }
            },
            "box.thing.list": {
              "operation": "list", "of": "Thing", "paging": "start",
              "params": { "filter": { "type": "Thing", "as": "filter" }, "order": { "type": "Thing", "as": "order" }, "start": { "type": "int" } },
              "result": { "type": "Thing[]" }
            }
          }
        }
        """;

    private PortalEmulator _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync(Options());

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    private static PortalOptions Options() => new() { Specs = [new PortalSpec("bitrix24/box.thing.b24.json", Spec)] };

    [Fact]
    public async Task UnknownMethod_IsRefused_BeforeTheCallerIsLookedAt()
    {
        var reply = await PortalCalls.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{_portal.RestUrl}no.such.method"));
        Assert.Equal(HttpStatusCode.NotFound, reply.Status);
        Assert.Equal("ERROR_METHOD_NOT_FOUND", reply.Error);
        Assert.Equal("Method not found!", reply.Description);
        Assert.Null(reply.Body!["time"]);
    }

    [Theory]
    [InlineData("box.thing.add")]
    [InlineData("box.thing.add/")]
    [InlineData("box.thing.add.json")]
    [InlineData("BOX.Thing.Add")]
    public async Task Method_IsFound_InAnyCaseAndWithSuffix(string method)
    {
        var reply = await _portal.CallAsync(method, """{"fields":{"name":"x"}}""");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(1, reply.Result!.GetValue<int>());
        Assert.NotNull(reply.Body!["time"]!["date_start"]);
    }

    [Fact]
    public async Task Caller_MayComeByWebhookBearerOrParameter()
    {
        Assert.Null((await _portal.CallAsWebhookAsync("box.thing.list")).Error);
        Assert.Null((await _portal.CallAsync("box.thing.list")).Error);
        foreach (var name in new[] { "auth", "access_token" })
        {
            var reply = await PortalCalls.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{_portal.RestUrl}box.thing.list?{name}={_portal.AccessToken}"));
            Assert.Null(reply.Error);
        }
    }

    [Theory]
    [InlineData("box.thing.list", "NO_AUTH_FOUND", HttpStatusCode.Unauthorized)]
    [InlineData("box.thing.list?auth=wrong", "invalid_token", HttpStatusCode.Unauthorized)]
    [InlineData("1/wrong/box.thing.list", "INVALID_CREDENTIALS", HttpStatusCode.Forbidden)]
    public async Task WrongCaller_IsRefused(string path, string code, HttpStatusCode status)
    {
        var reply = await PortalCalls.SendAsync(new HttpRequestMessage(HttpMethod.Get, _portal.RestUrl + path));
        Assert.Equal(code, reply.Error);
        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task ExpiredToken_IsRefused_AndAScopeThatIsMissing()
    {
        await using var narrow = await PortalEmulator.StartAsync(Options() with { Scopes = ["crm"] });
        Assert.Equal("insufficient_scope", (await narrow.CallAsync("box.thing.list")).Error);
        _portal.ExpireTokens();
        var reply = await _portal.CallAsync("box.thing.list");
        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
        Assert.Equal("expired_token", reply.Error);
    }

    [Fact]
    public async Task FormBody_NestsByBrackets_AndOverridesTheQuery()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{_portal.WebhookUrl}box.thing.add?fields[name]=query&start=1")
        {
            Content = new StringContent("fields[name]=b%20%2B+c&fields[tags][]=x&fields[tags][]=y&fields[extra][a][b]=1", Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        Assert.Null((await PortalCalls.SendAsync(request)).Error);
        var record = Assert.Single(_portal.Records("box.thing/Thing"));
        Assert.Equal("b + c", record["name"]!.GetValue<string>());
        Assert.Equal("""["x","y"]""", record["tags"]!.ToJsonString());
        Assert.Equal("""{"a":{"b":"1"}}""", record["extra"]!.ToJsonString());
    }

    [Fact]
    public async Task MultipartBody_IsRead()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{_portal.WebhookUrl}box.thing.add")
        {
            Content = new MultipartFormDataContent { { new StringContent("Ünïcode"), "fields[name]" } },
        };
        Assert.Null((await PortalCalls.SendAsync(request)).Error);
        Assert.Equal("Ünïcode", Assert.Single(_portal.Records("box.thing/Thing"))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task JsonBody_IsReadOnlyWhereTheContentTypeSaysSo_AndIgnoredWhereMalformed()
    {
        var malformed = await _portal.CallAsync("box.thing.get", """{"id": 1""");
        Assert.NotEqual("THING_NOT_FOUND", malformed.Error);
        var plain = new HttpRequestMessage(HttpMethod.Post, $"{_portal.WebhookUrl}box.thing.get?id=7")
        {
            Content = new StringContent("""{"id": 1}""", Encoding.UTF8, "text/plain"),
        };
        Assert.Equal("THING_NOT_FOUND", (await PortalCalls.SendAsync(plain)).Error);
    }

    [Fact]
    public async Task TokenInTheBody_CountsToo()
    {
        var reply = await PortalCalls.SendAsync(PortalCalls.Post($"{_portal.RestUrl}box.thing.list", $$"""{"auth":"{{_portal.AccessToken}}"}""", null));
        Assert.Null(reply.Error);
    }

    [Fact]
    public async Task StartPaging_AnswersNextAndTotal_AndNeitherForMinusOne()
    {
        for (var i = 0; i < 120; i++)
            _portal.Seed("box.thing/Thing", $$"""{"name":"n{{i}}"}""");
        var first = await _portal.CallAsync("box.thing.list");
        Assert.Equal(50, first.Result!.AsArray().Count);
        Assert.Equal((50, 120), (first.Body!["next"]!.GetValue<int>(), first.Body["total"]!.GetValue<int>()));
        var last = await _portal.CallAsync("box.thing.list", """{"start":100}""");
        Assert.Equal(20, last.Result!.AsArray().Count);
        Assert.Null(last.Body!["next"]);
        var uncounted = await _portal.CallAsync("box.thing.list", """{"start":-1,"filter":{">id":60},"order":{"id":"DESC"}}""");
        Assert.Equal("120", uncounted.Result![0]!["id"]!.GetValue<string>());
        Assert.Equal((50, 0), (uncounted.Result!.AsArray().Count, uncounted.Body!["total"]!.GetValue<int>()));
        Assert.Null(uncounted.Body["next"]);
    }

    [Fact]
    public async Task MovedPortal_SendsClientsToItsNewAddress()
    {
        _portal.MoveTo(new Uri("https://new.example.com"));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync($"{_portal.RestUrl}box.thing.list?a=1");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("https://new.example.com/rest/box.thing.list?a=1", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Log_TellsWhatWasCalled_AndNoSecret()
    {
        await _portal.CallAsync("box.thing.add", """{"fields":{"name":"hidden"}}""");
        await _portal.CallAsWebhookAsync("box.thing.get", """{"id":9}""");
        var calls = _portal.Requests.ToList();
        Assert.Equal(2, _portal.RequestCount);
        Assert.Equal(("box.thing.add", 200, true, false), (calls[0].Method, calls[0].Status, calls[0].Executed, calls[0].ByWebhook));
        Assert.Equal(("THING_NOT_FOUND", false, true), (calls[1].Error!, calls[1].Executed, calls[1].ByWebhook));
        Assert.DoesNotContain("hidden", string.Concat(calls), StringComparison.Ordinal);
    }
}
