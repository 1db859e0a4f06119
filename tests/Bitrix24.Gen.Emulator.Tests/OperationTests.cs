namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>What the operations do to the records, and how they answer.</summary>
public sealed class OperationTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private PortalEmulator _portal = null!;

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync(new() { TimeProvider = _clock, UserId = 7 });
        _portal.SeedBiConnector();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Add_FillsInWhatTheServerFillsIn()
    {
        var id = await _portal.AddAsync("biconnector.dataset.add", """
            {"fields":{"sourceId":1,"name":"sales","externalName":"Sales","externalCode":"sales",
             "fields":[{"type":"money","name":"SUM","externalCode":"sum"}]}}
            """);
        Assert.Equal(2, id);
        var item = (await _portal.CallAsync("biconnector.dataset.get", $$"""{"id":"{{id}}"}""")).Result!["item"]!;
        Assert.Equal("rest", item["type"]!.GetValue<string>());
        Assert.Equal("2026-01-02 03:04:05", item["dateCreate"]!.GetValue<string>());
        Assert.Equal(7, item["createdById"]!.GetValue<int>());
        Assert.Equal("""[{"id":3,"datasetId":2,"name":"SUM","externalCode":"sum","type":"money","visible":true}]""", Ordered(item["fields"]!));
    }

    [Fact]
    public async Task Update_ChangesOnlyWhatItNames()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.True((await _portal.CallAsync("biconnector.dataset.update", """{"id":1,"fields":{"description":"new"}}""")).Result!.GetValue<bool>());
        var item = (await _portal.CallAsync("biconnector.dataset.get", """{"id":1}""")).Result!["item"]!;
        Assert.Equal(("new", "taken"), (item["description"]!.GetValue<string>(), item["name"]!.GetValue<string>()));
        Assert.Equal("2026-01-02 03:04:05", item["dateCreate"]!.GetValue<string>());
        Assert.Equal("2026-01-03 03:04:05", item["dateUpdate"]!.GetValue<string>());
    }

    [Fact]
    public async Task Names_InAnotherCase_AreTakenWhereTheSpecSaysSo()
    {
        var id = (await _portal.CallAsync("crm.deal.add", """{"Fields":{"TITLE":"first"}}""")).Result!.GetValue<int>();
        Assert.True((await _portal.CallAsync("crm.deal.update", $$$"""{"ID":{{{id}}},"FIELDS":{"Title":"second"}}""")).Result!.GetValue<bool>());
        var deal = (await _portal.CallAsync("crm.deal.get", $$"""{"Id":{{id}}}""")).Result!;
        Assert.Equal("second", deal["TITLE"]!.GetValue<string>());
        Assert.Equal("VALIDATION_ID_NOT_PROVIDED", (await _portal.CallAsync("biconnector.source.get", """{"ID":1}""")).Error);
    }

    [Fact]
    public async Task Delete_TakesTheRecordAway_ChildrenFirst()
    {
        foreach (var type in new[] { "dataset", "source", "connector" })
            Assert.True((await _portal.CallAsync($"biconnector.{type}.delete", """{"id":1}""")).Result!.GetValue<bool>());
        Assert.Empty(_portal.Records(World.Connector));
    }

    [Fact]
    public async Task SourceGet_ShowsTheConnection_AndTheConnectorsSettingsWithTheirValues()
    {
        var item = (await _portal.CallAsync("biconnector.source.get", """{"id":1}""")).Result!["item"]!;
        Assert.Equal(("S", "rest_1"), (item["connection"]!["title"]!.GetValue<string>(), item["connection"]!["code"]!.GetValue<string>()));
        Assert.Equal(1, item["connectorId"]!.GetValue<int>());
        var setting = Assert.Single(item["settings"]!.AsArray())!;
        Assert.Equal(("token", "t"), (setting["code"]!.GetValue<string>(), setting["value"]!.GetValue<string>()));
    }

    [Fact]
    public async Task PatchItems_AddsChangesAndDeletes()
    {
        var reply = await _portal.CallAsync("biconnector.dataset.fields.update", """
            {"id":1,"add":[{"type":"date","name":"DAY","externalCode":"DAY"}],"update":[{"id":1,"visible":false},{"id":77,"visible":true}],"delete":[2]}
            """);
        Assert.True(reply.Result!.GetValue<bool>());
        var fields = (await _portal.CallAsync("biconnector.dataset.get", """{"id":1}""")).Result!["item"]!["fields"]!.AsArray();
        Assert.Equal(["ID False", "DAY True"], fields.Select(f => $"{f!["name"]} {f["visible"]!.GetValue<bool>()}"));
    }

    [Fact]
    public async Task Fields_TellsTheFlags()
    {
        var fields = (await _portal.CallAsync("biconnector.dataset.fields")).Result!["fields"]!.AsArray();
        Assert.Equal(
            """{"title":"sourceId","type":"integer","isRequired":true,"isReadOnly":false,"isImmutable":true,"isMultiple":false}""",
            fields[1]!.ToJsonString());
        Assert.Equal(
            """{"title":"fields","type":"array","isRequired":true,"isReadOnly":false,"isImmutable":false,"isMultiple":true}""",
            fields.Single(f => f!["title"]!.GetValue<string>() == "fields")!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"id":3}""", "c")]
    [InlineData("""{">id":2}""", "cde")]
    [InlineData("""{">=id":2,"<id":4}""", "bc")]
    [InlineData("""{"!id":1,"<=id":2}""", "b")]
    [InlineData("""{"@id":[1,5,"9"]}""", "ae")]
    [InlineData("""{"!@id":[1,5]}""", "bcd")]
    [InlineData("""{"title":"title-b"}""", "b")]
    [InlineData("""{"%title":"LE-C"}""", "c")]
    [InlineData("""{"!%title":"-c"}""", "abde")]
    [InlineData("""{"=%title":"%-d"}""", "d")]
    [InlineData("""{"%=title":"title__"}""", "abcde")]
    [InlineData("""{"=%title":"-d"}""", "")]
    [InlineData("""{"><sort":[200,300]}""", "bc")]
    [InlineData("""{">dateCreate":"2026-01-02 03:04:05"}""", "")]
    [InlineData("""{"supportMapping":false,">sort":400}""", "e")]
    [InlineData("""{"logic":"OR","0":{"id":1},"1":{">id":4}}""", "ae")]
    [InlineData("""{"0":{"logic":"OR","id":1,"sort":300},"<id":9}""", "ac")]
    [InlineData("""{"description":""}""", "abcde")]
    public async Task List_Filters(string filter, string expected)
    {
        await using var portal = await ConnectorsAsync();
        var reply = await portal.CallAsync("biconnector.connector.list", $$"""{"filter":{{filter}},"order":{"id":"asc"} }""");
        Assert.True(reply.Error is null, reply.Body!.ToJsonString());
        Assert.Equal(expected, string.Concat(reply.Result!.AsArray().Select(r => r!["title"]!.GetValue<string>()[^1])));
    }

    [Fact]
    public async Task List_SelectsOrdersAndGivesKeysAsText()
    {
        await using var portal = await ConnectorsAsync();
        var reply = await portal.CallAsync("biconnector.connector.list", """{"select":["id","sort"],"order":{"supportMapping":"ASC","sort":"DESC"},"filter":{"<id":3}}""");
        Assert.Equal("""[{"id":"2","sort":200},{"id":"1","sort":100}]""", reply.Result!.ToJsonString());
        Assert.Null(reply.Body!["total"]);
        var whole = (await portal.CallAsync("biconnector.connector.list", """{"filter":{"id":1}}""")).Result![0]!.AsObject();
        Assert.True(whole.ContainsKey("dateCreate"));
    }

    [Fact]
    public async Task List_GoesByPagesOfFifty()
    {
        for (var i = 0; i < 119; i++)
            _portal.Seed(World.Connector, """{"title":"x"}""");
        foreach (var (page, count) in new[] { (1, 50), (2, 50), (3, 20), (4, 0), (1_000_000_000, 0) })
        {
            var rows = (await _portal.CallAsync("biconnector.connector.list", $$"""{"page":{{page}},"order":{"id":"ASC"} }""")).Result!.AsArray();
            Assert.Equal(count, rows.Count);
            if (page == 2)
                Assert.Equal("51", rows[0]!["id"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData(false, "ASC", ">id")]
    [InlineData(false, "DESC", "<id")]
    [InlineData(true, "ASC", ">id")]
    [InlineData(true, "DESC", "<id")]
    public async Task PagingByKey_MeetsEveryRecordOnce_HoweverTheyWereMade(bool shuffled, string direction, string condition)
    {
        await using var portal = await PortalEmulator.StartAsync();
        var keys = Enumerable.Range(1, 230).ToArray();
        if (shuffled)
            new Random(1).Shuffle(keys);
        foreach (var key in keys)
            portal.Seed(World.Connector, $$"""{"id":{{key}},"title":"x","sort":{{key % 2}}}""");
        await portal.CallAsync("biconnector.connector.delete", """{"id":100}""");

        var met = new List<int>();
        for (var last = direction == "ASC" ? 0 : 1000; ;)
        {
            var reply = await portal.CallAsync("biconnector.connector.list", $$"""{"select":["id"],"filter":{"{{condition}}":{{last}},"sort":0},"order":{"id":"{{direction}}"} }""");
            var page = reply.Result!.AsArray().Select(r => int.Parse(r!["id"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)).ToList();
            met.AddRange(page);
            if (page.Count < 50)
                break;
            last = page[^1];
        }

        var expected = Enumerable.Range(1, 230).Where(k => k % 2 == 0 && k != 100);
        Assert.Equal(direction == "ASC" ? expected : expected.Reverse(), met);
    }

    [Fact]
    public async Task Upsert_ReplacesTheRecordOfTheSameCode_AndUnregisterSaysWhetherThereWasOne()
    {
        const string widget = """
            {"code":"w","fields":{"NAME":"$","CONTENT":"<div></div>","SECTIONS":"widgets_hr","PREVIEW":"p",
             "WIDGET_PARAMS":{"rootNode":".$","handler":"https://example.com","demoData":{"a":1}}}}
            """;
        var first = (await _portal.CallAsync("landing.repowidget.register", widget.Replace("$", "one", StringComparison.Ordinal))).Result!.GetValue<int>();
        var second = (await _portal.CallAsync("landing.repowidget.register", widget.Replace("$", "two", StringComparison.Ordinal))).Result!.GetValue<int>();
        Assert.Equal(first, second);
        var listed = Assert.Single((await _portal.CallAsync("landing.repowidget.getlist", """{"params":{"filter":{"XML_ID":"w"}}}""")).Result!.AsArray())!;
        Assert.Equal(("two", ".two"), (listed["NAME"]!.GetValue<string>(), listed["MANIFEST"]!["block"]!["subtype_params"]!["rootNode"]!.GetValue<string>()));
        Assert.Equal("02.01.2026 03:04:05", listed["DATE_CREATE"]!.GetValue<string>());
        Assert.True((await _portal.CallAsync("landing.repowidget.unregister", """{"code":"w"}""")).Result!.GetValue<bool>());
        Assert.False((await _portal.CallAsync("landing.repowidget.unregister", """{"code":"w"}""")).Result!.GetValue<bool>());
    }

    [Fact]
    public async Task FavoriteBlock_AnswersTheKeyOfTheCopy()
    {
        _portal.Seed(World.Page, """{"ID":5}""");
        _portal.Seed(World.Block, """{"ID":8,"LID":5}""");
        Assert.Equal(9, (await _portal.CallAsync("landing.landing.favoriteBlock", """{"lid":5,"block":8,"meta":{"name":"n"}}""")).Result!.GetValue<int>());
        Assert.Equal(0, _portal.Records(World.Block)[1]["LID"]!.GetValue<int>());
    }

    [Fact]
    public async Task TruthInAForm_IsReadFromItsWords_ButNotInJson()
    {
        foreach (var word in new[] { "1", "true", "Y", "0" })
        {
            var reply = await PortalCalls.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{_portal.RestUrl}landing.repowidget.debug?enable={word}&auth={_portal.AccessToken}"));
            Assert.True(reply.Result!.GetValue<bool>());
        }

        Assert.Equal("TYPE_ERROR", (await _portal.CallAsync("landing.repowidget.debug", """{"enable":"maybe"}""")).Error);
    }

    [Fact]
    public async Task StrictPortal_RefusesAlsoWhatTheServerWouldLetPass()
    {
        const string call = """{"page":0}""";
        Assert.Null((await _portal.CallAsync("biconnector.connector.list", call)).Error);
        Assert.Equal(["B24108"], _portal.Requests.Single().Violations);
        await using var strict = await PortalEmulator.StartAsync(new() { Strict = true });
        Assert.Equal("ERROR_ARGUMENT", (await strict.CallAsync("biconnector.connector.list", call)).Error);
    }

    [Fact]
    public async Task WrongDirection_IsTheOneErrorOutsideTheResult()
    {
        var reply = await _portal.CallAsync("biconnector.source.list", """{"order":{"id":"up"}}""");
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal("ERROR_ARGUMENT", reply.Body!["error"]!.GetValue<string>());
    }

    /// <summary>What the importer reads from documentation that does not name codes, and spells a field in two ways.</summary>
    [Fact]
    public async Task SpecThatSaysLittle_IsStillServed()
    {
        const string spec = """
            {
              "api": "bitrix24",
              "types": {
                "Job": { "open": true, "fields": { "id": { "type": "int", "server": "autoIncrement" }, "title": { "type": "string" }, "responsibleId": { "type": "int" } } },
                "JobFields": { "open": true, "fields": { "TITLE": { "type": "string" }, "RESPONSIBLE_ID": { "type": "int" } } }
              },
              "methods": {
                "job.add": { "operation": "add", "of": "Job", "params": { "fields": { "type": "JobFields" } }, "result": { "type": "Job", "at": "job" } },
                "job.get": { "operation": "get", "of": "Job", "key": "jobId", "params": { "jobId": { "type": "int" }, "select": { "type": "Job", "as": "select" } }, "result": { "type": "Job", "at": "job" } },
                "job.ping": { "operation": "action", "result": { "type": "string" } }
              }
            }
            """;
        await using var portal = await PortalEmulator.StartAsync(new() { Specs = [new PortalSpec("bitrix24/job.b24.json", spec)] });
        var added = await portal.CallAsync("job.add", """{"fields":{"TITLE":"t","RESPONSIBLE_ID":"5","UF_X":1}}""");
        Assert.Equal("""{"id":1,"title":"t","responsibleId":5,"UF_X":1}""", added.Result!["job"]!.ToJsonString());
        var some = await portal.CallAsync("job.get", """{"jobId":1,"select":["id","UF_*"]}""");
        Assert.Equal("""{"id":1,"UF_X":1}""", some.Result!["job"]!.ToJsonString());
        Assert.Equal(("NOT_FOUND", 400), ((await portal.CallAsync("job.get", """{"jobId":2}""")).Error, (int)(await portal.CallAsync("job.get", """{"jobId":2}""")).Status));
        Assert.Null((await portal.CallAsync("job.ping")).Error);
    }

    [Fact]
    public async Task TypeThatHoldsItself_IsShownToSomeDepth()
    {
        const string spec = """
            {
              "api": "bitrix24",
              "types": { "Node": { "fields": { "id": { "type": "int", "server": "autoIncrement" }, "same": { "type": "Node", "server": "record" }, "next": { "type": "Node" } } } },
              "methods": { "node.add": { "operation": "add", "of": "Node", "params": { "fields": { "type": "Node", "as": "create" } }, "result": { "type": "Node" } } }
            }
            """;
        await using var portal = await PortalEmulator.StartAsync(new() { Specs = [new PortalSpec("bitrix24/node.b24.json", spec)] });
        var node = (await portal.CallAsync("node.add", """{"fields":{"next":{"next":{}}}}""")).Result!;
        Assert.Equal(1, node["same"]!["same"]!["id"]!.GetValue<int>());
        Assert.NotNull(node["next"]!["next"]);
    }

    private static async Task<PortalEmulator> ConnectorsAsync()
    {
        var portal = await PortalEmulator.StartAsync(new() { TimeProvider = new ManualClock() });
        foreach (var (letter, at) in "abcde".Select((c, i) => (c, i + 1)))
            portal.Seed(World.Connector, $$"""{"title":"title-{{letter}}","sort":{{at * 100}}}""");
        return portal;
    }

    private static string Ordered(JsonNode items) => new JsonArray([.. items.AsArray().Select(i => (JsonNode)new JsonObject
    {
        ["id"] = i!["id"]!.DeepClone(),
        ["datasetId"] = i["datasetId"]!.DeepClone(),
        ["name"] = i["name"]!.DeepClone(),
        ["externalCode"] = i["externalCode"]!.DeepClone(),
        ["type"] = i["type"]!.DeepClone(),
        ["visible"] = i["visible"]!.DeepClone(),
    })]).ToJsonString();
}
