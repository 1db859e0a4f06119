using System.Net;
using System.Text;

namespace Bitrix24.Gen.Emulator.Tests.Statements;

/// <summary>What the documents say a portal does, where a single call does not show it.</summary>
public sealed class SeedBehaviourTests
{
    private const string Widget = """
        { "code": "CODE", "fields": { "NAME": "NAMED", "PREVIEW": "https://e.example/p.png", "CONTENT": "<div class=\"a\"></div>", "SECTIONS": "SECTION",
          "WIDGET_PARAMS": { "rootNode": ".a", "handler": "https://e.example/h", "demoData": { "a": 1 } } } }
        """;

    private const string Connector = """
        { "fields": { "title": "C", "logo": "https://e.example/l.png", "urlCheck": "https://e.example/c", "urlData": "https://e.example/d",
          "urlTableList": "https://e.example/l", "urlTableDescription": "https://e.example/t", "settings": [{ "name": "T", "code": "token", "type": "STRING" }] } }
        """;

    [Fact]
    public async Task A_list_has_the_widgets_of_the_caller_only()
    {
        await using var portal = await PortalEmulator.StartAsync();
        Assert.Null((await portal.CallAsync("landing.repowidget.register", Register("mine", "a", "widgets_hr"))).Error);
        Assert.Null((await portal.CallAsWebhookAsync("landing.repowidget.register", Register("theirs", "b", "widgets_hr"))).Error);
        Assert.Equal("mine", Codes(await portal.CallAsync("landing.repowidget.getlist", """{"params":{}}""")));
        Assert.Equal("theirs", Codes(await portal.CallAsWebhookAsync("landing.repowidget.getlist", """{"params":{}}""")));
        Assert.Equal("false", (await portal.CallAsync("landing.repowidget.unregister", """{"code":"theirs"}""")).Result!.ToJsonString());
    }

    [Fact]
    public async Task Widgets_are_grouped_by_fields()
    {
        await using var portal = await PortalEmulator.StartAsync();
        foreach (var (code, section) in new[] { ("a", "widgets_hr"), ("b", "widgets_hr"), ("c", "widgets_sales") })
            await portal.CallAsync("landing.repowidget.register", Register(code, code, section));
        var grouped = await portal.CallAsync("landing.repowidget.getlist", """{"params":{"select":["SECTIONS"],"group":["SECTIONS"]}}""");
        Assert.Equal(["widgets_hr", "widgets_sales"], grouped.Result!.AsArray().Select(static w => w!["SECTIONS"]!.GetValue<string>()));
        Assert.Equal(3, (await portal.CallAsync("landing.repowidget.getlist", """{"params":{"select":["SECTIONS"]}}""")).Result!.AsArray().Count);
    }

    [Fact]
    public async Task A_block_of_another_page_is_not_found()
    {
        await using var portal = await PortalEmulator.StartAsync();
        portal.Seed("landing.landing/Page", """{ "ID": 351 }""");
        portal.Seed("landing.landing/Page", """{ "ID": 352 }""");
        portal.Seed("landing.landing/Block", """{ "ID": 6058, "LID": 352 }""");
        var refused = await portal.CallAsync("landing.landing.favoriteBlock", """{"lid":351,"block":6058}""");
        Assert.Equal(("BLOCK_NOT_FOUND", HttpStatusCode.BadRequest), (refused.Error, refused.Status));
        Assert.Null((await portal.CallAsync("landing.landing.favoriteBlock", """{"lid":352,"block":6058}""")).Error);
    }

    [Fact]
    public async Task Who_lacks_a_right_is_refused()
    {
        await using var portal = await PortalEmulator.StartAsync(new()
        {
            Tokens = [new("clerk") { UserId = 2 }, new("analyst") { UserId = 3 }],
            Users = [new(2), new(3) { Rights = ["biconnector", "landing"] }],
        });
        portal.Seed("landing.landing/Page", """{ "ID": 351 }""");
        portal.Seed("landing.landing/Block", """{ "ID": 6058, "LID": 351 }""");
        foreach (var (method, parameters) in new[] { ("biconnector.connector.list", "{}"), ("landing.landing.favoriteBlock", """{"lid":351,"block":6058}""") })
        {
            Assert.Equal("ACCESS_DENIED", (await AsAsync("clerk", method, parameters)).Error);
            Assert.Null((await AsAsync("analyst", method, parameters)).Error);
        }

        // What any user may do, this one may.
        Assert.Null((await AsAsync("clerk", "landing.repowidget.getlist", """{"params":{}}""")).Error);

        Task<Reply> AsAsync(string token, string method, string parameters) => PortalCalls.SendAsync(PortalCalls.Post($"{portal.RestUrl}{method}", parameters, token));
    }

    [Fact]
    public async Task The_check_address_is_called_for_sources_and_datasets()
    {
        var attempts = new List<ConnectionAttempt>();
        var works = true;
        await using var portal = await PortalEmulator.StartAsync(new()
        {
            ConnectionCheck = (attempt, _) =>
            {
                attempts.Add(attempt);
                return new(works);
            },
        });
        var connector = await portal.AddAsync("biconnector.connector.add", Connector);
        var source = await portal.AddAsync("biconnector.source.add", $$$"""{"fields":{"title":"S","connectorId":{{{connector}}},"settings":{"token":"t","nope":"x"} } }""");
        await portal.CallAsync("biconnector.source.update", $$$"""{"id":{{{source}}},"fields":{"description":"d"}}""");
        await portal.AddAsync("biconnector.dataset.add", Dataset(source, "first"));
        Assert.Equal(["biconnector.source.add", "biconnector.source.update", "biconnector.dataset.add"], attempts.Select(static a => a.Method));
        Assert.All(attempts, static a => Assert.Equal(("https://e.example/c", """{"token":"t"}"""), (a.Url, a.Connection.ToJsonString())));
        works = false;
        Assert.Equal("Error adding dataset", (await portal.CallAsync("biconnector.dataset.add", Dataset(source, "second"))).Description);
    }

    [Fact]
    public async Task Settings_of_a_source_are_multiple_and_by_the_codes_of_the_connector()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var fields = (await portal.CallAsync("biconnector.source.fields")).Result!["fields"]!.AsArray();
        Assert.Equal("true", fields.Single(static f => f!["title"]!.GetValue<string>() == "settings")!["isMultiple"]!.ToJsonString());
        var connector = await portal.AddAsync("biconnector.connector.add", Connector);
        var source = await portal.AddAsync("biconnector.source.add", $$$"""{"fields":{"title":"S","connectorId":{{{connector}}},"settings":{"token":"t","nope":"x"} } }""");
        var settings = (await portal.CallAsync("biconnector.source.get", $$"""{"id":{{source}}}""")).Result!["item"]!["settings"]!.AsArray();
        Assert.Equal(["token"], settings.Select(static s => s!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_handler_of_a_widget_is_asked()
    {
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        string? form = null;
        var served = Task.Run(async () =>
        {
            var context = await listener.GetContextAsync();
            form = await new StreamReader(context.Request.InputStream).ReadToEndAsync();
            await context.Response.OutputStream.WriteAsync("""{"items":[1]}"""u8.ToArray());
            context.Response.Close();
        });
        await using var portal = await PortalEmulator.StartAsync();
        var widget = Register("w", "n", "widgets_hr").Replace("https://e.example/h", $"http://127.0.0.1:{port}/vibe", StringComparison.Ordinal);
        Assert.Null((await portal.CallAsync("landing.repowidget.register", widget)).Error);
        var answer = await portal.InvokeCallbackAsync("landing.repowidget.handler", """{"action":"getItems"}""");
        await served;
        Assert.Contains("action=getItems", form, StringComparison.Ordinal);
        Assert.Contains("items", answer.Body, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static string Dataset(int source, string name) => $$$"""
        {"fields":{"sourceId":{{{source}}},"name":"{{{name}}}","externalName":"S","externalCode":"s","fields":[{"type":"int","name":"ID","externalCode":"ID"}]}}
        """;

    private static string Register(string code, string name, string section) => new StringBuilder(Widget)
        .Replace("CODE", code).Replace("NAMED", name).Replace("SECTION\"", section + "\"").ToString();

    private static string Codes(Reply reply) => string.Join(',', reply.Result!.AsArray().Select(static w => w!["XML_ID"]!.GetValue<string>()));
}
