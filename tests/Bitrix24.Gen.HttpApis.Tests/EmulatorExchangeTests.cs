using System.Net.Http.Headers;
using System.Text;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;


/// <summary>Every exchange happens with the emulator as it did with the server: the same status, the same code, an answer of the same form.</summary>
public sealed class EmulatorExchangeTests : IAsyncLifetime
{
    private PortalEmulator _portal = null!;

    public static TheoryData<string> Names => Exchange.Names();

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync();
        foreach (var id in new[] { 11, 12, 13 })
            _portal.Seed("deals/Deal", $$"""{ "id": {{id}}, "title": "Fit-out", "amount": 11000.5, "stageId": "NEW", "UF_CRM_BUDGET": "1500.50|RUB", "UF_CRM_PRIORITY": "high", "UF_CRM_SCORE": 4 }""");
        _portal.Seed("widgets/WaitingBot", """{ "id": 345, "bot": "salesbot", "bot_id": 12 }""");
        _portal.Seed("widgets/Widget", """{ "code": "route_planner", "is_active_in_account": false, "settings_template": [{ "key": "conf", "name": "custom", "type": "custom", "is_required": false }] }""");
        _portal.Seed("widgets/Widget", """{ "code": "sms_gate", "is_active_in_account": false, "settings_template": [] }""");
        _portal.Seed("widgets/Widget", """
            {
              "code": "sip_bridge", "is_active_in_account": true,
              "settings_template": [
                { "key": "login", "name": "Login", "type": "text", "is_required": true },
                { "key": "password", "name": "Password", "type": "pass", "is_required": true },
                { "key": "phones", "name": "Phones", "type": "users", "is_required": false },
                { "key": "accounts", "name": "Accounts", "type": "users_lp", "is_required": false }
              ]
            }
            """);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Emulator_answers_as_the_server_did(string name)
    {
        var exchange = Exchange.Load(name);
        // What depends on more than the call and the records is answered on demand.
        if (exchange.OnDemand is { } code)
            _portal.Inject(Fault.Documented(code));

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(exchange.Verb), $"{_portal.PortalUrl}{exchange.Path}?{exchange.Query}");
        if (exchange.Api == "vibecode")
            request.Headers.Add("X-Api-Key", _portal.ApiKey);
        else
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _portal.AccessToken);
        if (exchange.Body is { } body)
            request.Content = new StringContent(body.ToJsonText(), Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.True(exchange.Status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        Assert.Equal(exchange.Answer is null, text.Length == 0);
        if (exchange.Answer is null)
            return;
        var root = JsonReader.Read(text).Root!;
        var violations = SpecValidator.ValidateResponse(Sets[exchange.Api], Sets[exchange.Api].FindMethod(exchange.Method, exchange.Api)!, root);
        Assert.Equal([], violations.Select(static v => $"{v.RuleId} {v.Path} {v.Message}"));
        Assert.Equal(CodeOf(exchange.Answer), CodeOf(root));
        if (exchange.Api == "amocrm")
            Assert.Equal(exchange.Status < 400 ? "application/hal+json" : "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static readonly Dictionary<string, SpecSet> Sets = new[] { "amocrm", "vibecode" }.ToDictionary(static api => api, SpecSets.Of);

    /// <summary>VibeCode's code; amoCRM's title stands for one.</summary>
    private static string? CodeOf(JsonNode answer) =>
        ((answer as JsonObject)?.Find("error")?.Value is JsonObject error ? error.Find("code") : (answer as JsonObject)?.Find("title"))?.Value is JsonString code
            ? code.Value
            : null;
}
