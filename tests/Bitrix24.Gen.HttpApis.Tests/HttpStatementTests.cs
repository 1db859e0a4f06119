using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>What the documents about VibeCode and amoCRM say of requests and answers, over HTTP without a client of ours.</summary>
public sealed class HttpStatementTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private PortalEmulator _portal = null!;

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync();
        _portal.Seed("widgets/WaitingBot", """{ "id": 345, "bot": "salesbot", "bot_id": 12 }""");
        _portal.Seed("widgets/Widget", """
            { "id": 1, "code": "sms_gate", "version": "1.0.0", "rating": "4,2", "is_lead_source": false, "is_work_with_dp": true, "is_crm_template": false,
              "client_uuid": "e1b0-7c", "is_active_in_account": false, "pipeline_id": 7,
              "settings_template": [{ "key": "login", "name": "Login", "type": "text", "is_required": true }] }
            """);
        _portal.Seed("widgets/Widget", """{ "id": 2, "code": "sip_bridge", "settings_template": [] }""");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Calls_go_to_one_address()
    {
        var handler = new CannedHandler((200, """{"success":true,"data":{"id":1}}"""));
        using var vibe = new Vibe(Bitrix24Credentials.VibeCode("vibe_api_key"), TestOptions.For(handler));
        await vibe.Deals.GetAsync(1);
        Assert.Equal("/v1/deals/1", handler.Requests[0].Target);
        Assert.Contains("vibecode.bitrix24.", Bitrix24Credentials.VibeCode("vibe_api_key").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_travels_in_its_header()
    {
        Assert.Equal(200, (await VibeAsync("GET", "deals")).Status);
        using var without = await _http.GetAsync(_portal.PortalUrl + "/v1/deals");
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal("MISSING_API_KEY", JsonNode.Parse(await without.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Other_verbs_and_paths_do_not_exist()
    {
        Assert.True((await VibeAsync("PUT", "deals/1", "{}")).Status is 404 or 405);
        Assert.Equal(404, (await VibeAsync("GET", "dealz")).Status);
        Assert.Equal(404, (await VibeAsync("GET", "deals/1/more")).Status);
    }

    [Fact]
    public async Task A_list_has_50_records_unless_limit_says_otherwise()
    {
        Fill(60);
        var page = await VibeAsync("GET", "deals");
        Assert.Equal((50, true), (page.Body!["data"]!.AsArray().Count, page.Body["meta"]!["hasMore"]!.GetValue<bool>()));
        Assert.Equal(3, (await VibeAsync("GET", "deals?limit=3")).Body!["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_limit_over_50_is_answered_whole()
    {
        Fill(120);
        Assert.Equal(120, (await VibeAsync("GET", "deals?limit=500")).Body!["data"]!.AsArray().Count);
        Assert.Equal(120, (await VibeAsync("POST", "deals/search", """{"limit":500}""")).Body!["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task Fields_are_selected_by_a_text_with_commas()
    {
        Fill(1);
        Assert.Equal("""{"id":1,"title":"Deal 1"}""", (await VibeAsync("GET", "deals?select=id,title")).Body!["data"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task Order_names_field_and_direction()
    {
        Fill(3);
        Assert.Equal("3,2,1", Ids(await VibeAsync("GET", "deals?order[amount]=desc")));
        Assert.Equal("1,2,3", Ids(await VibeAsync("GET", "deals?order[amount]=asc")));
        Assert.Equal(400, (await VibeAsync("GET", "deals?order[amount]=down")).Status);
    }

    [Fact]
    public async Task Creation_answers_201()
    {
        var made = await VibeAsync("POST", "deals", """{"title":"Roof"}""");
        Assert.Equal((201, "Roof"), (made.Status, made.Body!["data"]!["title"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_answer_has_success_data_total_and_meta()
    {
        Fill(2);
        var body = (await VibeAsync("GET", "deals")).Body!;
        Assert.Equal((true, 2, false), (body["success"]!.GetValue<bool>(), body["data"]!.AsArray().Count, body["meta"]!["hasMore"]!.GetValue<bool>()));
        Assert.Equal(2, (body["total"] ?? body["meta"]!["total"])!.GetValue<int>());
    }

    [Fact]
    public async Task The_total_of_a_search_is_at_the_top()
    {
        Fill(3);
        Assert.Equal(2, (await VibeAsync("POST", "deals/search", """{"filter":{">amount":1},"limit":1}""")).Body!["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Without_functions_records_are_counted()
    {
        Fill(4);
        var data = (await VibeAsync("POST", "deals/aggregate", "{}")).Body!["data"]!;
        Assert.Equal(4, data["count"]!.GetValue<int>());
        Assert.True(data["aggregates"] is null or JsonObject { Count: 0 }, data.ToJsonString());
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("avg")]
    [InlineData("min")]
    [InlineData("max")]
    public async Task An_aggregate_function_needs_a_field(string function)
    {
        var refused = await VibeAsync("POST", "deals/aggregate", $$"""{"aggregate":[{"function":"{{function}}"}]}""");
        Assert.Equal((400, "INVALID_PARAMS"), (refused.Status, refused.Code));
        Assert.Equal(200, (await VibeAsync("POST", "deals/aggregate", """{"aggregate":[{"function":"count"}]}""")).Status);
    }

    [Fact]
    public async Task Money_of_custom_fields_is_summed_by_its_amount()
    {
        _portal.Seed("deals/Deal", """{ "title": "a", "UF_CRM_PRICE": "100.50|RUB" }""");
        _portal.Seed("deals/Deal", """{ "title": "b", "UF_CRM_PRICE": "9.50|RUB" }""");
        var sums = await VibeAsync("POST", "deals/aggregate", """{"aggregate":[{"function":"sum","field":"UF_CRM_PRICE"}]}""");
        Assert.True(sums.Status is 200 && sums.Body!["data"]!["aggregates"]!["UF_CRM_PRICE"]!["sum"]!.GetValue<decimal>() == 110m, $"{sums.Status} {sums.Body?.ToJsonString()}");
    }

    [Fact]
    public async Task Answers_in_upper_case_are_read_as_the_same_fields()
    {
        var handler = new CannedHandler((200, """{"success":true,"data":{"ID":"7","NAME":"Ada"}}"""));
        using var vibe = new Vibe(Bitrix24Credentials.VibeCode("vibe_api_key"), TestOptions.For(handler));
        Assert.Equal(7, (await vibe.Users.GetAsync(7)).Id);
    }

    [Fact]
    public async Task A_batch_of_calls_counts_as_one_request()
    {
        await using var portal = await PortalEmulator.StartAsync(new() { Limits = Emulator.PortalLimits.Standard });
        var calls = string.Join(',', Enumerable.Range(0, 50).Select(static i => $$"""{"id":"c{{i}}","entity":"deals","action":"list"}"""));
        for (var i = 0; i < 3; i++)
        {
            using var request = Request(HttpMethod.Post, portal.PortalUrl + "/v1/batch", $$"""{"calls":[{{calls}}]}""");
            request.Headers.Add("X-Api-Key", portal.ApiKey);
            using var answer = await _http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("GET", "widgets", 200)]
    [InlineData("GET", "widgets", 401)]
    [InlineData("GET", "widgets/sms_gate", 200)]
    [InlineData("GET", "widgets/sms_gate", 401)]
    [InlineData("GET", "widgets/nothing", 404)]
    [InlineData("POST", "widgets/sms_gate", 200)]
    [InlineData("POST", "widgets/sms_gate", 400)]
    [InlineData("POST", "widgets/sms_gate", 401)]
    [InlineData("POST", "widgets/nothing", 404)]
    [InlineData("DELETE", "widgets/sms_gate", 204)]
    [InlineData("DELETE", "widgets/sms_gate", 401)]
    [InlineData("DELETE", "widgets/nothing", 404)]
    [InlineData("POST", "salesbot/12/continue/345", 202)]
    [InlineData("POST", "salesbot/12/continue/345", 401)]
    [InlineData("POST", "salesbot/12/continue/77", 404)]
    public async Task Statuses_of_amoCRM(string verb, string path, int status)
    {
        var body = verb != "POST" ? null : path.StartsWith("salesbot", StringComparison.Ordinal) ? """{"data":{"status":"success"}}""" : status == 400 ? "{}" : """{"login":"ada"}""";
        var answer = await AmoAsync(verb, path, body, status == 401 ? "wrong" : null);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status is 202 or 204, answer.Body is null);
    }

    [Fact]
    public async Task Answers_of_amoCRM_are_hypertext()
    {
        foreach (var path in new[] { "widgets", "widgets/sms_gate" })
        {
            var answer = await AmoAsync("GET", path);
            Assert.Equal("application/hal+json", answer.MediaType);
            Assert.NotNull(answer.Body!["_links"]!["self"]!["href"]);
        }
    }

    [Fact]
    public async Task Refusals_of_amoCRM_are_problem_details()
    {
        foreach (var (path, token, status) in new[] { ("widgets", "wrong", 401), ("widgets/nothing", null, 404) })
        {
            var answer = await AmoAsync("GET", path, null, token);
            Assert.Equal(("application/problem+json", status), (answer.MediaType, answer.Body!["status"]!.GetValue<int>()));
            foreach (var member in new[] { "title", "type", "detail" })
                Assert.NotEmpty(answer.Body[member]!.GetValue<string>());
        }

        var invalid = await AmoAsync("POST", "widgets/sms_gate", "{}");
        Assert.Equal(("application/problem+json", "login"), (invalid.MediaType, invalid.Body!["validation-errors"]![0]!["errors"]![0]!["path"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("code")]
    [InlineData("version")]
    [InlineData("rating")]
    [InlineData("settings_template")]
    [InlineData("is_lead_source")]
    [InlineData("is_work_with_dp")]
    [InlineData("is_crm_template")]
    [InlineData("client_uuid")]
    [InlineData("is_active_in_account")]
    [InlineData("pipeline_id")]
    [InlineData("_links")]
    public async Task A_widget_has(string field)
    {
        Assert.NotNull((await AmoAsync("GET", "widgets/sms_gate")).Body![field]);
        Assert.NotNull((await AmoAsync("GET", "widgets")).Body!["_embedded"]!["widgets"]![0]![field]);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("name")]
    [InlineData("type")]
    [InlineData("is_required")]
    public async Task A_setting_of_a_template_has(string field) =>
        Assert.NotNull((await AmoAsync("GET", "widgets/sms_gate")).Body!["settings_template"]![0]![field]);

    [Fact]
    public async Task A_page_has_its_number_and_a_link_to_the_next()
    {
        var first = (await AmoAsync("GET", "widgets?limit=1")).Body!;
        Assert.Equal(1, first["_page"]!.GetValue<int>());
        Assert.EndsWith("page=2", first["_links"]!["next"]!["href"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null((await AmoAsync("GET", "widgets?limit=1&page=2")).Body!["_links"]!["next"]);
    }

    [Fact]
    public async Task Bodies_of_amoCRM_are_JSON()
    {
        var types = new List<string?>();
        using var amo = new Amo(Bitrix24Credentials.AmoCrm(_portal.PortalUrl, _portal.AccessToken), TestOptions.For(new ContentTypes(types)));
        await amo.Widgets.InstallAsync("sms_gate", new() { ["login"] = "ada" });
        await amo.Widgets.ContinueAsync(AmoCrm.Widgets.WidgetsContinueBot.Salesbot, 12, 345, new() { ["status"] = "success" });
        Assert.Equal(["application/json", "application/json"], types);
    }

    private void Fill(int deals)
    {
        for (var i = 1; i <= deals; i++)
            _portal.Seed("deals/Deal", $$"""{ "title": "Deal {{i}}", "amount": {{i}} }""");
    }

    private static string Ids(Answer answer) => string.Join(',', answer.Body!["data"]!.AsArray().Select(static d => d!["id"]!.ToString()));

    private Task<Answer> VibeAsync(string verb, string path, string? body = null)
    {
        var request = Request(new HttpMethod(verb), $"{_portal.PortalUrl}/v1/{path}", body);
        request.Headers.Add("X-Api-Key", _portal.ApiKey);
        return SendAsync(request);
    }

    private Task<Answer> AmoAsync(string verb, string path, string? body = null, string? token = null)
    {
        var request = Request(new HttpMethod(verb), $"{_portal.PortalUrl}/api/v4/{path}", body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _portal.AccessToken);
        return SendAsync(request);
    }

    private static HttpRequestMessage Request(HttpMethod verb, string address, string? body) => new(verb, address)
    {
        Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
    };

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return new((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, text.Length == 0 ? null : JsonNode.Parse(text));
        }
    }

    private sealed record Answer(int Status, string? MediaType, JsonNode? Body)
    {
        public string? Code => Body?["error"]?["code"]?.GetValue<string>();
    }

    private sealed class ContentTypes(List<string?> types) : DelegatingHandler(new HttpClientHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            types.Add(request.Content?.Headers.ContentType?.MediaType);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
