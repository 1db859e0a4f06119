using System.Net;

namespace Bitrix24.Gen.Emulator.Tests.Statements;

/// <summary>What the documents say that a portal answers, asked over HTTP.</summary>
public sealed class SeedAnswerTests : IAsyncLifetime
{
    private const string Widget = """
        { "code": "acme_w", "fields": { "NAME": "W", "DESCRIPTION": "D", "PREVIEW": "https://e.example/p.png", "CONTENT": "<div class=\"a\"></div>", "SECTIONS": "widgets_hr",
          "SITE_TEMPLATE_ID": "bitrix24", "WIDGET_PARAMS": { "rootNode": ".a", "handler": "https://e.example/h", "demoData": { "a": 1 } } } }
        """;

    private const string Connector = """
        { "fields": { "title": "C", "logo": "https://e.example/l.png", "urlCheck": "https://e.example/c", "urlData": "https://e.example/d",
          "urlTableList": "https://e.example/l", "urlTableDescription": "https://e.example/t", "settings": [{ "name": "T", "code": "token", "type": "STRING" }] } }
        """;

    private PortalEmulator _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData("ID")]
    [InlineData("XML_ID")]
    [InlineData("APP_CODE")]
    [InlineData("ACTIVE")]
    [InlineData("NAME")]
    [InlineData("DESCRIPTION")]
    [InlineData("SECTIONS")]
    [InlineData("PREVIEW")]
    [InlineData("WIDGET_PARAMS")]
    [InlineData("CONTENT")]
    [InlineData("MANIFEST")]
    [InlineData("CREATED_BY_ID")]
    [InlineData("MODIFIED_BY_ID")]
    [InlineData("DATE_CREATE")]
    [InlineData("DATE_MODIFY")]
    [InlineData("SITE_TEMPLATE_ID")]
    public async Task A_listed_widget_has(string field)
    {
        await _portal.CallAsync("landing.repowidget.register", Widget);
        var listed = Assert.Single((await _portal.CallAsync("landing.repowidget.getlist", """{"params":{}}""")).Result!.AsArray())!;
        var value = listed[field]!.ToJsonString();
        Assert.Matches(
            field switch
            {
                "ID" or "CREATED_BY_ID" or "MODIFIED_BY_ID" => @"^""\d+""$",
                "DATE_CREATE" or "DATE_MODIFY" => @"^""\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d""$",
                "WIDGET_PARAMS" or "MANIFEST" => @"^\{",
                "ACTIVE" => @"^""Y""$",
                _ => @"^"".+""$",
            },
            value);
    }

    [Fact]
    public async Task Widget_methods_need_the_scope_landing()
    {
        await using var narrow = await PortalEmulator.StartAsync(new() { Scopes = ["crm"] });
        foreach (var (method, parameters) in new[] { ("register", Widget), ("unregister", """{"code":"w"}"""), ("getlist", """{"params":{}}"""), ("debug", """{"enable":true}""") })
            Assert.Equal("insufficient_scope", (await narrow.CallAsync("landing.repowidget." + method, parameters)).Error);
    }

    [Fact]
    public async Task Registering_a_code_again_keeps_the_id()
    {
        var first = (await _portal.CallAsync("landing.repowidget.register", Widget)).Result!.GetValue<int>();
        var second = (await _portal.CallAsync("landing.repowidget.register", Widget.Replace("\"W\"", "\"Other\"", StringComparison.Ordinal))).Result!.GetValue<int>();
        Assert.Equal(first, second);
        var listed = Assert.Single((await _portal.CallAsync("landing.repowidget.getlist", """{"params":{}}""")).Result!.AsArray())!;
        Assert.Equal("Other", listed["NAME"]!.GetValue<string>());
        Assert.True((await _portal.CallAsync("landing.repowidget.unregister", """{"code":"acme_w"}""")).Result!.GetValue<bool>());
        Assert.False((await _portal.CallAsync("landing.repowidget.unregister", """{"code":"acme_w"}""")).Result!.GetValue<bool>());
    }

    [Fact]
    public async Task Debugging_needs_an_application()
    {
        var refused = await _portal.CallAsWebhookAsync("landing.repowidget.debug", """{"enable":true}""");
        Assert.Equal(("APP_NOT_FOUND", HttpStatusCode.BadRequest), (refused.Error, refused.Status));
        Assert.Null((await _portal.CallAsync("landing.repowidget.debug", """{"enable":true}""")).Error);
    }

    [Fact]
    public async Task A_webhook_may_only_describe_fields()
    {
        foreach (var entity in new[] { "connector", "source", "dataset" })
        {
            Assert.Equal("ACCESS_DENIED", (await _portal.CallAsWebhookAsync($"biconnector.{entity}.list")).Error);
            Assert.Null((await _portal.CallAsWebhookAsync($"biconnector.{entity}.fields")).Error);
        }
    }

    [Theory]
    [InlineData("isRequired")]
    [InlineData("isReadOnly")]
    [InlineData("isImmutable")]
    [InlineData("isMultiple")]
    public async Task A_described_field_has(string flag)
    {
        foreach (var entity in new[] { "connector", "source", "dataset" })
        {
            var fields = (await _portal.CallAsync($"biconnector.{entity}.fields")).Result!["fields"]!.AsArray();
            Assert.NotEmpty(fields);
            Assert.All(fields, f => Assert.True(f![flag]!.GetValue<bool>() is var _));
        }
    }

    [Fact]
    public async Task What_is_not_said_has_a_default()
    {
        var (connector, source, _) = await FillAsync();
        Assert.Equal("100", (await _portal.CallAsync("biconnector.connector.get", $$"""{"id":{{connector}}}""")).Result!["item"]!["sort"]!.ToString());
        Assert.True((await _portal.CallAsync("biconnector.source.get", $$"""{"id":{{source}}}""")).Result!["item"]!["connection"]!["active"]!.ToString() is "true" or "Y" or "1");
    }

    [Fact]
    public async Task What_others_refer_to_cannot_be_deleted()
    {
        var (connector, source, dataset) = await FillAsync();
        Assert.Equal("CONNECTOR_DELETE_RESTRICTED", (await _portal.CallAsync("biconnector.connector.delete", $$"""{"id":{{connector}}}""")).Error);
        Assert.Equal("BX_ERROR", (await _portal.CallAsync("biconnector.source.delete", $$"""{"id":{{source}}}""")).Error);
        foreach (var (method, id) in new[] { ("dataset", dataset), ("source", source), ("connector", connector) })
            Assert.True((await _portal.CallAsync($"biconnector.{method}.delete", $$"""{"id":{{id}}}""")).Result!.GetValue<bool>());
    }

    [Fact]
    public async Task A_source_is_answered_with_its_connection_and_settings()
    {
        var (connector, source, _) = await FillAsync();
        var item = (await _portal.CallAsync("biconnector.source.get", $$"""{"id":{{source}}}""")).Result!["item"]!;
        var setting = Assert.Single(item["settings"]!.AsArray())!;
        Assert.Equal(("token", "t"), (setting["code"]!.GetValue<string>(), setting["value"]!.GetValue<string>()));
        Assert.Equal(connector.ToString(System.Globalization.CultureInfo.InvariantCulture), item["connectorId"]!.ToString());
    }

    [Fact]
    public async Task A_name_of_a_dataset_is_taken_once()
    {
        var (_, source, _) = await FillAsync();
        var refused = await _portal.CallAsync("biconnector.dataset.add", Dataset(source));
        Assert.True(refused.Error is "0" or "DATASET_ALREADY_EXIST", refused.Error);
        Assert.Contains("already exists", refused.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VALIDATION_DUPLICATE_EXIST_NAME", """{"type":"int","name":"ID","externalCode":"NEW"}""")]
    [InlineData("VALIDATION_DUPLICATE_EXIST_CODE", """{"type":"int","name":"NEW","externalCode":"ID"}""")]
    public async Task Columns_that_are_there_are_refused(string code, string column)
    {
        var (_, _, dataset) = await FillAsync();
        Assert.Equal(code, (await _portal.CallAsync("biconnector.dataset.fields.update", $$"""{"id":{{dataset}},"add":[{{column}}]}""")).Error);
    }

    [Fact]
    public async Task A_page_has_50_records()
    {
        for (var i = 1; i <= 55; i++)
            _portal.Seed("biconnector.source/Source", $$"""{ "id": {{i}}, "title": "S", "connectorId": 1 }""");
        Assert.Equal(50, (await _portal.CallAsync("biconnector.source.list")).Result!.AsArray().Count);
        Assert.Equal(5, (await _portal.CallAsync("biconnector.source.list", """{"page":2}""")).Result!.AsArray().Count);
    }

    [Fact]
    public async Task Rows_have_what_was_selected_ids_as_text()
    {
        await FillAsync();
        var row = Assert.Single((await _portal.CallAsync("biconnector.source.list", """{"select":["id","title"]}""")).Result!.AsArray())!;
        Assert.Equal("""{"id":"1","title":"S"}""", row.ToJsonString());
    }

    [Fact]
    public async Task Errors_of_BI_Builder_travel_with_status_200()
    {
        var refused = await _portal.CallAsync("biconnector.dataset.add", Dataset(77));
        Assert.Equal((HttpStatusCode.OK, "SOURCE_NOT_FOUND", "Source was not found."), (refused.Status, refused.Body!["result"]!["error"]!["error"]!.GetValue<string>(), refused.Description));
    }

    [Fact]
    public async Task Adding_answers_the_id_and_changing_true()
    {
        var (_, _, dataset) = await FillAsync();
        Assert.Equal(1, dataset);
        Assert.Equal("true", (await _portal.CallAsync("biconnector.dataset.update", """{"id":1,"fields":{"description":"d"}}""")).Result!.ToJsonString());
        Assert.Equal("true", (await _portal.CallAsync("biconnector.dataset.delete", """{"id":1}""")).Result!.ToJsonString());
    }

    [Fact]
    public async Task Answers_have_the_times_of_the_call()
    {
        var time = (await _portal.CallAsync("biconnector.source.list")).Body!["time"]!.AsObject();
        foreach (var number in new[] { "start", "finish", "duration", "processing" })
            Assert.True(time[number]!.GetValue<double>() >= 0, number);
        foreach (var moment in new[] { "date_start", "date_finish" })
            Assert.True(DateTimeOffset.TryParse(time[moment]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture, out _), moment);
    }

    [Fact]
    public async Task A_copy_of_a_block_has_an_id_of_its_own()
    {
        SeedBlock();
        var copy = (await _portal.CallAsync("landing.landing.favoriteBlock", """{"lid":351,"block":6428,"meta":{"name":"Header"}}""")).Result!.GetValue<int>();
        Assert.NotEqual(6428, copy);
        Assert.NotEqual(copy, (await _portal.CallAsync("landing.landing.favoriteBlock", """{"lid":351,"block":6428}""")).Result!.GetValue<int>());
    }

    [Fact]
    public async Task A_block_is_saved_by_webhook_and_by_token()
    {
        SeedBlock();
        Assert.Null((await _portal.CallAsync("landing.landing.favoriteBlock", """{"lid":351,"block":6428}""")).Error);
        Assert.Null((await _portal.CallAsWebhookAsync("landing.landing.favoriteBlock", """{"lid":351,"block":6428}""")).Error);
    }

    private void SeedBlock()
    {
        _portal.Seed("landing.landing/Page", """{ "ID": 351 }""");
        _portal.Seed("landing.landing/Block", """{ "ID": 6428, "LID": 351 }""");
    }

    private async Task<(int Connector, int Source, int Dataset)> FillAsync()
    {
        var connector = await _portal.AddAsync("biconnector.connector.add", Connector);
        var source = await _portal.AddAsync("biconnector.source.add", $$$"""{"fields":{"title":"S","connectorId":{{{connector}}},"settings":{"token":"t"} } }""");
        return (connector, source, await _portal.AddAsync("biconnector.dataset.add", Dataset(source)));
    }

    private static string Dataset(int source) => $$$"""
        {"fields":{"sourceId":{{{source}}},"name":"sales","externalName":"S","externalCode":"s","fields":[{"type":"int","name":"ID","externalCode":"ID"}]}}
        """;
}
