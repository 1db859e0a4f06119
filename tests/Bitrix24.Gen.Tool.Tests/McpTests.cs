using System.Text.Json;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Importer.Portal;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bitrix24.Gen.Tool.Tests;

public class McpTests
{
    /// <summary>Sessions as assistants had them: each step a call and what has to be in the answer.</summary>
    [Theory]
    [InlineData("dataset")]
    [InlineData("deal")]
    public async Task Recorded_session_is_answered(string name)
    {
        await using var session = await AssistantSession.StartAsync();
        using var steps = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Folder, "tests", "Bitrix24.Gen.Tool.Tests", "Sessions", name + ".json")));
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

    [Fact]
    public async Task The_tool_speaks_the_protocol_on_standard_input_and_output()
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "b24-spec.dll");
        await using var client = await McpClient.CreateAsync(new StdioClientTransport(new() { Command = "dotnet", Arguments = [tool, "mcp"], Name = "b24-spec" }));
        var answer = await client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "create a deal", ["limit"] = 3 });
        Assert.Contains("crm.deal.add", Assert.IsType<TextContentBlock>(answer.Content[0]).Text, StringComparison.Ordinal);
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
    public async Task Search_finds_what_is_meant(string query, string expected)
    {
        await using var session = await AssistantSession.StartAsync();
        var answer = await session.CallAsync("search", new { query, limit = 8 });
        Assert.Contains(expected, answer.GetProperty("methods").EnumerateArray().Select(static m => m.GetProperty("method").GetString()));
    }
}
