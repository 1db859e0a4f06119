using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AmoCrm.Widgets;

namespace Bitrix24.Gen.HttpApis.Tests;

public class AmoCrmClientTests
{
    [Fact]
    public async Task List_follows_the_link_to_the_next_page_and_ends_at_an_empty_one()
    {
        var handler = new CannedHandler((200, Answer("amocrm/widgets.list")), (204, null));
        using var amo = Client(handler);
        var widgets = new List<Widget>();
        await foreach (var widget in amo.Widgets.ListAsync(limit: 2))
            widgets.Add(widget);

        Assert.Equal(["route_planner", "sms_gate"], widgets.Select(static w => w.Code));
        Assert.Equal("4,1", widgets[0].Rating?.ToString());
        Assert.Equal(WidgetSettingType.Custom, widgets[0].SettingsTemplate[0].Type);
        Assert.Equal(["/api/v4/widgets?limit=2&page=1", "/api/v4/widgets?limit=2&page=2"], handler.Requests.Select(static r => r.Target));
        Assert.Equal("Bearer token", handler.Requests[0].Authorization);
    }

    [Fact]
    public async Task Settings_are_the_body_of_an_installation()
    {
        var exchange = Exchange.Load("amocrm/widgets.install");
        var handler = new CannedHandler((200, exchange.Answer!.ToJsonText()));
        using var amo = Client(handler);
        var settings = JsonNode.Parse(exchange.Body!.ToJsonText())!.AsObject().ToDictionary(static p => p.Key, static p => p.Value?.DeepClone());
        var widget = await amo.Widgets.InstallAsync("sip_bridge", settings);

        Assert.True(widget.IsActiveInAccount);
        Assert.Equal("1039", widget.Settings["phones"].GetProperty("504141").GetString());
        Assert.Equal(("POST", "/api/v4/widgets/sip_bridge"), (handler.Requests[0].Verb, handler.Requests[0].Target));
        Assert.Equal(exchange.Body.ToJsonText(), handler.Requests[0].Body);
    }

    [Fact]
    public async Task Answers_without_a_body_are_done()
    {
        var handler = new CannedHandler((204, null), (202, null));
        using var amo = Client(handler);
        Assert.Equal(JsonValueKind.Null, (await amo.Widgets.UninstallAsync("sip_bridge")).ValueKind);
        await amo.Widgets.ContinueAsync(WidgetsContinueBot.Salesbot, 12, 345, new() { ["status"] = "success" });
        Assert.Equal("/api/v4/salesbot/12/continue/345", handler.Requests[1].Target);
        Assert.Equal("""{"data":{"status":"success"}}""", handler.Requests[1].Body);
    }

    [Fact]
    public async Task Problem_has_code_status_and_findings()
    {
        using var amo = Client(new CannedHandler((400, Answer("amocrm/widgets.install.invalid"))));
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => amo.Widgets.InstallAsync("sip_bridge", []));
        Assert.Equal((WidgetsErrors.BadRequest, HttpStatusCode.BadRequest), (error.Code, error.Status));
        Assert.Equal("password", Assert.Single(error.Details).Path);
    }

    // What the analyzers refuse to compile, the runtime refuses to send.
#pragma warning disable B24117
    [Fact]
    public async Task Calls_over_a_limit_are_not_sent()
    {
        var handler = new CannedHandler((204, null));
        using var amo = Client(handler);
        var error = await Assert.ThrowsAsync<Bitrix24ValidationException>(() => amo.SendAsync(new WidgetsListRequest { Limit = 251 }));
        Assert.Equal("B24117", error.Violations[0].Rule);
        Assert.Empty(handler.Requests);
    }

#pragma warning restore B24117

    private static string Answer(string exchange) => Exchange.Load(exchange).Answer!.ToJsonText();

    private static Amo Client(CannedHandler handler) =>
        new(Bitrix24Credentials.AmoCrm("https://example.amocrm.ru", "token"), TestOptions.For(handler));
}
