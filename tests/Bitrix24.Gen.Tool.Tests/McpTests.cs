using System.Text.Json;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Importer.Mcp;
using Bitrix24.Gen.Importer.Portal;
using Bitrix24.Gen.Specs;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bitrix24.Gen.Tool.Tests;

public class McpTests
{
    /// <summary>Sessions as assistants had them: each step a call and what has to be in the answer.</summary>
    [Theory]
    [InlineData("dataset")]
    [InlineData("deal")]
    [InlineData("lead")]
    public async Task Recorded_session_is_answered(string name)
    {
        await using var session = await AssistantSession.StartAsync();
        using var steps = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.PathTo("tests", "Bitrix24.Gen.Tool.Tests", "Sessions", name + ".json")));
        foreach (var step in steps.RootElement.EnumerateArray())
        {
            var answer = (await session.CallAsync(step.GetProperty("tool").GetString()!, step.GetProperty("arguments"))).GetRawText();
            foreach (var expected in step.GetProperty("contains").EnumerateArray())
            {
                var text = JsonSerializer.Serialize(expected.GetString(), Relaxed)[1..^1];
                Assert.True(answer.Contains(expected.GetString()!, StringComparison.Ordinal) || answer.Contains(text, StringComparison.Ordinal), $"{step.GetProperty("tool")}: {text}\nis not in\n{answer}");
            }
        }
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task A_portal_is_offered_only_where_the_user_asked_for_it()
    {
        await using var session = await AssistantSession.StartAsync();
        var tools = await session.Client.ListToolsAsync();
        Assert.Equal(["csharp_snippet", "describe", "search", "simulate", "validate_call"], tools.Select(static t => t.Name).Order());
        Assert.Contains("validate_call", session.Client.ServerInstructions!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search", "{}", "\"query\" is missing.")]
    [InlineData("search", """{"query": 5}""", "\"query\" must be of type string.")]
    [InlineData("search", """{"query": "a deal", "limit": "ten"}""", "\"limit\" must be of type integer.")]
    [InlineData("search", """{"text": "a deal"}""", "\"query\" is missing. \"text\" is no argument of search; it takes query, api, limit.")]
    [InlineData("validate_call", """{"method": "crm.deal.add"}""", "\"parameters\" is missing.")]
    [InlineData("simulate", """{"method": "crm.deal.get", "parameters": {"id": 1}, "reset": "yes"}""", "\"reset\" must be of type boolean.")]
    public async Task An_argument_that_does_not_fit_is_named(string tool, string arguments, string expected)
    {
        await using var session = await AssistantSession.StartAsync();
        using var given = JsonDocument.Parse(arguments);

        var answer = await session.Client.CallToolAsync(tool, given.RootElement.EnumerateObject().ToDictionary(static p => p.Name, static p => (object?)p.Value));

        Assert.True(answer.IsError);
        Assert.Equal(expected, Assert.IsType<TextContentBlock>(Assert.Single(answer.Content)).Text);
    }

    [Fact]
    public async Task A_portal_is_only_read_and_wrong_calls_are_not_sent()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var credentials = PortalCredentials.Find(null, null, name => name == PortalCredentials.Webhook ? portal.WebhookUrl : null);
        using var access = new PortalAccess(AssistantSession.Packaged, credentials);
        await using var session = await AssistantSession.StartAsync(access);

        var wrong = await session.CallAsync("call_portal", new { method = "crm.deal.get", parameters = new { } });
        Assert.False(wrong.GetProperty("valid").GetBoolean());
        var write = await session.CallAsync("call_portal", new { method = "crm.deal.add", parameters = new { fields = new { TITLE = "x" } } });
        Assert.Contains("only reads", write.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Empty(portal.Requests);

        var read = await session.CallAsync("call_portal", new { method = "user.current", parameters = new { } });
        Assert.Equal("1", read.GetProperty("ID").ToString());
        Assert.Equal("user.current", Assert.Single(portal.Requests).Method);
    }

    /// <summary>Assistants call what only reads without asking their user.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tool_that_may_change_the_portal_says_so(bool allowWrites)
    {
        await using var portal = await PortalEmulator.StartAsync();
        var credentials = PortalCredentials.Find(null, null, name => name == PortalCredentials.Webhook ? portal.WebhookUrl : null);
        using var access = new PortalAccess(AssistantSession.Packaged, credentials) { AllowWrites = allowWrites };
        await using var session = await AssistantSession.StartAsync(access);

        var tool = Assert.Single(await session.Client.ListToolsAsync(), static t => t.Name == "call_portal").ProtocolTool.Annotations!;
        Assert.Equal((!allowWrites, allowWrites, true), (tool.ReadOnlyHint, tool.DestructiveHint, tool.OpenWorldHint));
    }

    /// <remarks><see href="https://apidocs.bitrix24.com/api-reference/telephony/telephony-external-call-register.html"/>: an application only.</remarks>
    [Fact]
    public async Task Method_of_applications_only_is_simulated_as_an_application()
    {
        await using var session = await AssistantSession.StartAsync();
        var answer = await session.CallAsync(
            "simulate", new { method = "telephony.externalCall.register", parameters = new { USER_ID = 1, PHONE_NUMBER = "+7999", TYPE = 1 } });
        Assert.Equal(200, answer.GetProperty("status").GetInt32());
        Assert.True(answer.GetProperty("answer").GetProperty("result").TryGetProperty("CALL_ID", out _));
    }

    [Fact]
    public async Task The_tool_speaks_the_protocol_on_standard_input_and_output()
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "b24-spec.dll");
        await using var client = await McpClient.CreateAsync(new StdioClientTransport(new() { Command = "dotnet", Arguments = [tool, "mcp"], Name = "b24-spec" }));
        var answer = await client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "create a deal", ["limit"] = 3 });
        Assert.Contains("crm.deal.add", Assert.IsType<TextContentBlock>(answer.Content[0]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_of_a_smart_process_is_checked_as_the_call_that_it_makes()
    {
        await using var portal = await TestPortal.StartAsync();
        using var folder = new PulledFolder();
        folder.Pull(portal.WebhookUrl);
        var pulled = folder.Files.Where(static f => f.Key.EndsWith(".b24.json", StringComparison.Ordinal)).Select(static f => SpecReader.Read("/project/" + f.Key, f.Value, user: true));
        var tools = new SpecTools(SpecSet.Create([.. Importer.Output.PackagedSpecs.Documents, .. pulled]));
        JsonElement Given(string json) => JsonDocument.Parse(json).RootElement;

        Assert.Contains("\"valid\": true", tools.ValidateCall("smartProcess.contract.add", Given("""{"fields":{"title":"Rent"}}""")), StringComparison.Ordinal);
        Assert.Contains("B24103", tools.ValidateCall("smartProcess.contract.get", Given("{}")), StringComparison.Ordinal);
        Assert.Contains("portal.SmartProcess.Contract.AddAsync(", tools.CSharpSnippet("smartProcess.contract.add", Given("""{"fields":{"title":"Rent"}}""")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create a deal", "crm.deal.add")]
    [InlineData("list tasks", "tasks.task.list")]
    [InlineData("remove a dataset", "biconnector.dataset.delete")]
    [InlineData("upload a file to a folder", "disk.folder.uploadFile")]
    [InlineData("current user", "user.current")]
    [InlineData("send a message from a bot", "imbot.message.add")]
    [InlineData("register a call", "telephony.externalCall.register")]
    [InlineData("subscribe to an event", "event.bind")]
    [InlineData("catalog product prices", "catalog.price.list")]
    [InlineData("TASKS.TASK.ADD", "tasks.task.add")]
    [InlineData("создать сделку", "crm.deal.add")]
    [InlineData("список задач", "tasks.task.list")]
    [InlineData("изменить лид", "crm.lead.update")]
    [InlineData("загрузить файл в папку", "disk.folder.uploadFile")]
    [InlineData("зарегистрировать звонок", "telephony.externalCall.register")]
    [InlineData("бот отправляет сообщение", "imbot.v2.Chat.Message.send")]
    [InlineData("пользовательские поля сделки", "crm.deal.userfield.list")]
    [InlineData("товары каталога", "catalog.product.list")]
    [InlineData("подписаться на событие", "event.bind")]
    [InlineData("смарт-процессы", "crm.type.list")]
    [InlineData("удалить кампанию", "crm.company.delete")]
    [InlineData("creat a deel", "crm.deal.add")]
    [InlineData("delete comapny", "crm.company.delete")]
    [InlineData("upload fiel to foldr", "disk.folder.uploadFile")]
    [InlineData("send mesage", "im.message.add")]
    [InlineData("who am I", "user.current")]
    [InlineData("log time on a task", "task.elapseditem.add")]
    [InlineData("find duplicates by phone", "crm.duplicate.findbycomm")]
    [InlineData("start a workflow", "bizproc.workflow.start")]
    [InlineData("attach a file to a task", "tasks.task.files.attach")]
    [InlineData("add employee", "user.add")]
    public async Task Search_finds_what_is_meant(string query, string expected)
    {
        await using var session = await AssistantSession.StartAsync();
        var answer = await session.CallAsync("search", new { query, limit = 8 });
        Assert.Contains(expected, answer.GetProperty("methods").EnumerateArray().Select(static m => m.GetProperty("method").GetString()));
    }

    [Theory]
    [InlineData("when a deal changes", "ONCRMDEALUPDATE")]
    [InlineData("новая задача добавлена", "ONTASKADD")]
    [InlineData("a deal was created", "ONCRMDEALADD")]
    [InlineData("event when a lead is added", "ONCRMLEADADD")]
    [InlineData("webhook when a contact is deleted", "ONCRMCONTACTDELETE")]
    public async Task Search_names_events_too(string query, string expected)
    {
        await using var session = await AssistantSession.StartAsync();
        var answer = await session.CallAsync("search", new { query });
        Assert.Contains(expected, answer.GetProperty("events").EnumerateArray().Select(static e => e.GetProperty("event").GetString()));
    }

    /// <summary>A call that breaks each rule: the answer names the rule, the place and what to do.</summary>
    [Theory]
    [InlineData("B24101", "crm.deal.ad", "{}", "", "Call crm.deal.add.")]
    [InlineData("B24102", "crm.deal.add", """{"fields":{"TITEL":"x"}}""", "fields.TITEL", "Write \"TITLE\".")]
    [InlineData("B24103", "crm.deal.get", "{}", "id", "Add id (long).")]
    [InlineData("B24104", "biconnector.dataset.add", """{"fields":{"id":1}}""", "fields.id", "Remove fields.id: only the server sets it.")]
    [InlineData("B24106", "crm.deal.get", """{"id":"five"}""", "id", "Give a value of type long.")]
    [InlineData("B24107", "biconnector.dataset.add", """{"fields":{"name":"a b"}}""", "fields.name", "Give a text that matches")]
    [InlineData("B24108", "biconnector.connector.get", """{"id":0}""", "id", "Give at least 1.")]
    [InlineData("B24109", "telephony.externalCall.register", """{"TYPE":9}""", "TYPE", "Use one of 1, 2, 3, 4, 5.")]
    [InlineData("B24111", "crm.deal.list", """{"filter":{">OPPORTUNTY":1}}""", "filter", "OPPORTUNITY")]
    [InlineData("B24112", "biconnector.dataset.list", """{"select":["nam"]}""", "select[0]", "Write \"name\".")]
    [InlineData("B24113", "crm.deal.list", """{"order":{"ID":"DOWN"}}""", "order.ID", "Write ASC or DESC")]
    [InlineData("B24113", "deals.search", """{"sort":{"id":"DOWN"}}""", "sort.id", "Write asc, desc, 1 or -1 for each", "vibecode")]
    [InlineData("B24120", "crm.deal.get", """{"id":1}""", "", "Call crm.item.get instead.")]
    [InlineData("B24102", "batch", """{"cmd":{"a":"crm.deal.add?fields[TITEL]=x"}}""", "cmd.a.fields.TITEL", "Write \"TITLE\".")]
    public async Task A_wrong_call_is_answered_with_rule_and_fix(string rule, string method, string parameters, string path, string fix, string api = SpecSet.DefaultApi)
    {
        await using var session = await AssistantSession.StartAsync();
        using var given = JsonDocument.Parse(parameters);
        var answer = await session.CallAsync("validate_call", new { method, parameters = given.RootElement, api });
        var broken = Assert.Single(answer.GetProperty("violations").EnumerateArray(), v => v.GetProperty("rule").GetString() == rule && v.GetProperty("path").GetString()!.StartsWith(path, StringComparison.Ordinal));
        Assert.Contains(fix, broken.GetProperty("fix").GetString(), StringComparison.Ordinal);
        Assert.Contains(rule, broken.GetProperty("page").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deals.search", "It is a method of another API: pass \"api\": \"vibecode\".")]
    [InlineData("crm.deal.ad", "Call crm.deal.add.")]
    [InlineData("zebra.stripes.count", "Search for the method first.")]
    public async Task A_snippet_of_an_unknown_method_is_answered_with_what_to_do(string method, string fix)
    {
        await using var session = await AssistantSession.StartAsync();
        var answer = await session.CallAsync("csharp_snippet", new { method, parameters = new { } });
        Assert.False(answer.GetProperty("valid").GetBoolean());
        Assert.Equal(fix, answer.GetProperty("violations")[0].GetProperty("fix").GetString());
    }

    [Theory]
    [InlineData("batch", """{"cmd":{"a":"crm.deal.delete?id=1"}}""")]
    [InlineData("batch", """{"cmd":["crm.deal.get?id=1","user.delete?ID=1"]}""")]
    [InlineData("v3/batch", """{"cmd":{"a":{"method":"tasks.task.delete","params":{"id":1}}}}""")]
    [InlineData("crm.deal.update", """{"id":1,"fields":{"TITLE":"x"}}""")]
    [InlineData("v3/tasks.task.add", """{"fields":{"title":"x","creatorId":1,"responsibleId":1}}""")]
    [InlineData("CRM.DEAL.DELETE", """{"id":1}""")]
    [InlineData("no.such.method", "{}")]
    [InlineData("../../crm.deal.delete", """{"id":1}""")]
    [InlineData("crm.deal.get?x=/crm.deal.delete", """{"id":1}""")]
    public async Task What_writes_is_refused_also_inside_a_batch(string method, string parameters)
    {
        await using var portal = await PortalEmulator.StartAsync();
        var credentials = PortalCredentials.Find(null, null, name => name == PortalCredentials.Webhook ? portal.WebhookUrl : null);
        using var access = new PortalAccess(AssistantSession.Packaged, credentials);
        await using var session = await AssistantSession.StartAsync(access);
        using var given = JsonDocument.Parse(parameters);

        var answer = await session.CallAsync("call_portal", new { method, parameters = given.RootElement });

        Assert.True(answer.TryGetProperty("error", out _) || !answer.GetProperty("valid").GetBoolean());
        Assert.Empty(portal.Requests);
    }

    [Fact]
    public async Task Every_method_is_described_in_bounded_size()
    {
        await using var session = await AssistantSession.StartAsync();
        var tools = new Importer.Mcp.SpecTools(AssistantSession.Packaged);
        var sizes = AssistantSession.Packaged.Files.SelectMany(static f => f.Methods).Select(m => (m.Api, m.Name, tools.Describe(m.Name, m.Api).Length)).ToList();
        Assert.Equal([], sizes.Where(static s => s.Length > 60_000));
        Assert.True(sizes.Average(static s => s.Length) < 6_000);
    }

    [Fact]
    public async Task Hostile_input_is_answered_and_the_session_goes_on()
    {
        await using var session = await AssistantSession.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60));
        var given = new (string Tool, object Arguments)[]
        {
            ("search", new { query = new string('x', 1_000_000) }),
            ("search", new { query = "", limit = -5 }),
            ("search", new { query = string.Join(' ', Enumerable.Repeat("deal task \u001b[2J ‮", 20_000)), limit = int.MaxValue }),
            ("describe", new { method = new string('.', 100_000) }),
            ("describe", new { method = "crm.deal.add", api = "../../etc" }),
            ("validate_call", new { method = "crm.deal.add", parameters = new { fields = JsonDocument.Parse(deep).RootElement } }),
            ("validate_call", new { method = "crm.deal.add\n", parameters = "{\"a\":" }),
            ("csharp_snippet", new { method = "crm.deal.add", parameters = new { fields = new { TITLE = "\"; System.Environment.Exit(1); // \u2028" } } }),
            ("simulate", new { method = "crm.deal.add/../../_emulator/reset", parameters = new { } }),
            ("simulate", new { method = "crm.deal.get", parameters = new { id = "9".PadRight(5_000, '9') } }),
        };
        foreach (var (tool, arguments) in given)
            Assert.True((await session.CallAsync(tool, arguments)).GetRawText().Length < 60_000, tool);
        Assert.Contains("crm.deal.add", (await session.CallAsync("search", new { query = "crm.deal.add" })).GetRawText(), StringComparison.Ordinal);
    }
}
