namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>The batch call: maps, references, limits.</summary>
public sealed class BatchTests : IAsyncLifetime
{
    private const string Connector =
        "fields[title]=T&fields[logo]=L&fields[urlCheck]=c&fields[urlData]=d&fields[urlTableList]=l&fields[urlTableDescription]=e"
        + "&fields[settings][0][name]=Token&fields[settings][0][code]=token&fields[settings][0][type]=STRING";

    private PortalEmulator _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Commands_HaveOutcomesOfTheirOwn_AndReferToEarlierOnes()
    {
        var result = await BatchAsync(new()
        {
            ["add"] = $"biconnector.connector.add?{Connector}",
            ["get"] = "biconnector.connector.get?id=$result[add][id]",
            ["missing"] = "biconnector.connector.get?id=99",
            ["unknown"] = "no.such.method",
        });
        Assert.Equal(1, result["result"]!["get"]!["item"]!["id"]!.GetValue<int>());
        Assert.Equal("CONNECTOR_NOT_FOUND", result["result"]!["missing"]!["error"]!["error"]!.GetValue<string>());
        Assert.Equal("ERROR_METHOD_NOT_FOUND", result["result_error"]!["unknown"]!["error"]!.GetValue<string>());
        Assert.Null(result["result_error"]!["missing"]);
        Assert.Equal("[]", result["result_total"]!.ToJsonString());
        Assert.NotNull(result["result_time"]!["add"]!["duration"]);
    }

    [Fact]
    public async Task MapsThatCountFromZero_AreLists()
    {
        var reply = await _portal.CallAsync("batch", """{"CMD":["biconnector.connector.fields","no.such.method"]}""");
        Assert.Single(reply.Result!["result"]!.AsArray());
        Assert.Equal("ERROR_METHOD_NOT_FOUND", reply.Result["result_error"]!["1"]!["error"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("1", false)]
    [InlineData("\"false\"", false)]
    [InlineData("0", true)]
    [InlineData("\"\"", true)]
    public async Task Halt_IsTruthAsPhpSeesIt(string halt, bool goesOn)
    {
        var reply = await _portal.CallAsync("batch", $$"""{"halt":{{halt}},"cmd":{"a":"no.such.method","b":"biconnector.connector.fields"} }""");
        Assert.Equal(goesOn, reply.Result!["result"] is JsonObject);
    }

    [Fact]
    public async Task CommandsOverFifty_AreRefusedOneByOne()
    {
        var result = await BatchAsync(new(Enumerable.Range(1, 51).Select(i => KeyValuePair.Create($"c{i}", "biconnector.connector.fields"))));
        Assert.Equal(50, result["result"]!.AsObject().Count);
        Assert.Equal("ERROR_BATCH_LENGTH_EXCEEDED", result["result_error"]!["c51"]!["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task BatchInABatch_IsRefused_AndWhatIsNoTextSkipped()
    {
        var reply = await _portal.CallAsync("batch", """{"cmd":{"a":"batch?cmd[x]=y","b":{"method":"x"},"c":5}}""");
        Assert.Equal("ERROR_BATCH_METHOD_NOT_ALLOWED", reply.Result!["result_error"]!["a"]!["error"]!.GetValue<string>());
        Assert.Single(reply.Result["result_error"]!.AsObject());
    }

    [Fact]
    public async Task ParametersThatReferencesNestTooDeep_AreRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 124)) + string.Concat(Enumerable.Repeat("]", 124));
        var stored = await _portal.CallAsync("landing.repowidget.register", $$"""
            {"code":"w","fields":{"NAME":"n","CONTENT":"c","SECTIONS":"widgets_hr","PREVIEW":"p",
             "WIDGET_PARAMS":{"rootNode":"r","handler":"https://x.example","demoData":{{deep}} } } }
            """);
        Assert.Null(stored.Error);
        var result = await BatchAsync(new()
        {
            ["list"] = "landing.repowidget.getlist?params[order][ID]=ASC",
            ["deeper"] = "landing.repowidget.register?code=w&fields[WIDGET_PARAMS][demoData]=$result[list]",
        });
        Assert.Equal("ERROR_ARGUMENT", result["result_error"]!["deeper"]!["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task Batch_NeedsACaller()
    {
        var reply = await PortalCalls.SendAsync(PortalCalls.Post($"{_portal.RestUrl}batch", """{"cmd":{}}""", null));
        Assert.Equal("NO_AUTH_FOUND", reply.Error);
    }

    [Fact]
    public async Task Log_HasTheCommandsBesideTheBatch()
    {
        await BatchAsync(new() { ["a"] = "biconnector.connector.fields", ["b"] = "biconnector.source.fields" });
        Assert.Equal(1, _portal.RequestCount);
        Assert.Equal(2, _portal.Requests.Count(c => c.InBatch));
        Assert.Equal(1, _portal.Requests.Executions("biconnector.source.fields"));
    }

    private async Task<JsonNode> BatchAsync(Dictionary<string, string> commands)
    {
        var cmd = new JsonObject(commands.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value)));
        return (await _portal.CallAsync("batch", new JsonObject { ["cmd"] = cmd }.ToJsonString())).Result!;
    }
}
