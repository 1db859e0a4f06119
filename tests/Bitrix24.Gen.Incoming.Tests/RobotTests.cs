using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Incoming.Tests;

using BizProc;

/// <summary>Robots that are assigned to a stage run when a record comes to it, whichever call moves it.</summary>
public sealed class RobotTests
{
    [Fact]
    public async Task A_robot_runs_when_a_record_comes_to_its_stage_and_only_then()
    {
        var seen = new ConcurrentQueue<string>();
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            var robot = b24.MapCallback<RobotHandlerRequest>("/robot", async (request, client, ct) =>
            {
                seen.Enqueue($"{request.Code} {string.Join('|', request.DocumentId)} {string.Join('|', request.DocumentType)} {request.Properties["text"]} {request.Properties["by"]}");
                await client.CallAsync("bizproc.event.send", new { event_token = request.EventToken, return_values = new { done = "Y" }, LOG_MESSAGE = "shouted" }, ct);
            });
            b24.OnInstall((_, client, ct) => client.CallAsync("bizproc.robot.add", new
            {
                CODE = "shout",
                HANDLER = robot(),
                NAME = "Shout",
                USE_SUBSCRIPTION = "Y",
                PROPERTIES = new { text = new { Name = "Text", Type = "text" }, by = new { Name = "By", Type = "string", Default = "nobody" } },
            }, ct));
        });
        await portal.InstallAsync(app.Urls.First() + "/b24");
        portal.AssignRobot("crm.deal", "EXECUTING", "shout", """{"text":"{=Document:TITLE} moved"}""");

        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        var deal = (await user.CallAsync("crm.deal.add", new { fields = new { TITLE = "Deal" } })).GetInt64();
        await user.CallAsync("crm.deal.update", new { id = deal, fields = new { TITLE = "Big deal" } });
        await portal.SettleAsync();
        Assert.Empty(seen);
        Assert.Empty(portal.RobotRuns);

        await user.CallAsync("crm.deal.update", new { id = deal, fields = new { STAGE_ID = "EXECUTING" } });
        await user.CallAsync("crm.deal.update", new { id = deal, fields = new { STAGE_ID = "EXECUTING", TITLE = "Same stage" } });
        await portal.SettleAsync();
        Assert.Equal([$"shout crm|CCrmDocumentDeal|DEAL_{deal} crm|CCrmDocumentDeal|DEAL Big deal moved nobody"], seen);
        var run = Assert.Single(portal.RobotRuns);
        Assert.Equal(("shout", "crm.deal", "EXECUTING", deal.ToString(CultureInfo.InvariantCulture), RobotState.Completed, 200), (run.Code, run.Entity, run.Stage, run.RecordId, run.State, run.Status));
        Assert.Contains("shouted", run.Reply, StringComparison.Ordinal);
        Assert.Single(portal.Deliveries, static d => d is { Code: "bizproc.robot.HANDLER", Status: 200 });

        // By the universal methods, in a batch, and as a new record.
        await user.CallAsync("crm.item.update", new { entityTypeId = 2, id = deal, fields = new { stageId = "NEW" } });
        await user.CallAsync("crm.item.update", new { entityTypeId = 2, id = deal, fields = new { stageId = "EXECUTING" } });
        await user.CallAsync("batch", new { cmd = new { a = $"crm.deal.update?id={deal}&fields[STAGE_ID]=NEW", b = $"crm.deal.update?id={deal}&fields[STAGE_ID]=EXECUTING" } });
        await user.CallAsync("crm.deal.add", new { fields = new { TITLE = "At once", STAGE_ID = "EXECUTING" } });
        await portal.SettleAsync();
        Assert.Equal(4, portal.RobotRuns.Count(static r => r.State == RobotState.Completed));

        await user.CallAsync("bizproc.robot.delete", new { CODE = "shout" });
        await user.CallAsync("crm.deal.add", new { fields = new { TITLE = "No robot", STAGE_ID = "EXECUTING" } });
        await portal.SettleAsync();
        Assert.Equal(RobotState.Failed, portal.RobotRuns[^1].State);
        Assert.Equal(4, seen.Count);
    }

    [Theory]
    [InlineData("Y", RobotState.Waiting)]
    [InlineData("N", RobotState.Completed)]
    public async Task A_robot_waits_for_its_outcome_unless_it_was_registered_not_to(string subscription, RobotState expected)
    {
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            var robot = b24.MapCallback<RobotHandlerRequest>("/robot", static (_, _, _) => Task.CompletedTask);
            b24.OnInstall((_, client, ct) => client.CallAsync("bizproc.robot.add", new { CODE = "quiet", HANDLER = robot(), NAME = "Quiet", USE_SUBSCRIPTION = subscription }, ct));
        });
        await portal.InstallAsync(app.Urls.First() + "/b24");
        portal.AssignRobot("LEAD", "IN_PROCESS", "quiet");
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        await user.CallAsync("crm.lead.add", new { fields = new { TITLE = "Lead", STATUS_ID = "IN_PROCESS" } });
        await portal.SettleAsync();
        Assert.Equal(expected, Assert.Single(portal.RobotRuns).State);
    }

    [Fact]
    public async Task Items_of_smart_processes_have_robots_and_the_control_api_assigns_them()
    {
        var documents = new ConcurrentQueue<string>();
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            var robot = b24.MapCallback<RobotHandlerRequest>("/robot", (request, _, _) =>
            {
                documents.Enqueue(request.DocumentId[^1]);
                return Task.CompletedTask;
            });
            b24.OnInstall((_, client, ct) => client.CallAsync("bizproc.robot.add", new { CODE = "any", HANDLER = robot(), NAME = "Any" }, ct));
        });
        var address = app.Urls.First() + "/b24";
        await portal.InstallAsync(address);
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        var type = (await user.CallAsync("crm.type.add", new { fields = new { title = "Orders", isStagesEnabled = "Y" } })).GetProperty("type").GetProperty("entityTypeId").GetInt32();
        var item = (await user.CallAsync("crm.item.add", new { entityTypeId = type, fields = new { title = "One" } })).GetProperty("item");
        var first = item.GetProperty("stageId").GetString()!;
        var stages = (await user.CallAsync("crm.status.list", new { filter = new Dictionary<string, object> { ["%STATUS_ID"] = first.Split(':')[0] } }))
            .EnumerateArray().Select(static s => s.GetProperty("STATUS_ID").GetString()!).ToList();
        var second = stages.First(s => s != first);

        Assert.Equal((HttpStatusCode.BadRequest, "There is no stage \"NOWHERE\"."), await ControlAsync(portal, HttpMethod.Post, new { entity = $"DYNAMIC_{type}", stage = "NOWHERE", code = "any" }));
        Assert.Equal(HttpStatusCode.OK, (await ControlAsync(portal, HttpMethod.Post, new { entity = $"DYNAMIC_{type}", stage = second, code = "any" })).Status);
        await user.CallAsync("crm.item.update", new { entityTypeId = type, id = item.GetProperty("id").GetInt64(), fields = new { stageId = second } });
        await portal.SettleAsync();
        Assert.Equal([$"DYNAMIC_{type}_{item.GetProperty("id")}"], documents);
        var listed = (await ControlAsync(portal, HttpMethod.Get, null)).Body;
        Assert.Contains($"crm.item.{type}", listed, StringComparison.Ordinal);
        Assert.Contains("waiting", listed, StringComparison.Ordinal);

        Assert.True(portal.RemoveRobot($"crm.item.{type}", second, "any"));
        Assert.False(portal.RemoveRobot($"crm.item.{type}", second, "any"));
        portal.AssignRobot($"crm.item.{type}", first, "any");
        await portal.UninstallAsync(address);
        Assert.Empty(portal.Robots);
    }

    [Theory]
    [InlineData("crm.contact", "NEW", "any", "\"crm.contact\" has no stages with robots; crm.deal, crm.item.31, crm.item.N, crm.lead, crm.quote have.")]
    [InlineData("crm.deal", "NWE", "any", "There is no stage \"NWE\".")]
    [InlineData("DEAL", "NEW", "other", "Nobody registered a robot \"other\"; bizproc.robot.add does.")]
    public async Task What_cannot_run_is_not_assigned(string entity, string stage, string code, string problem)
    {
        await using var portal = await PortalEmulator.StartAsync();
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        await user.CallAsync("bizproc.robot.add", new { CODE = "any", HANDLER = "http://127.0.0.1:1/", NAME = "Any" });
        Assert.Equal(problem, Assert.Throws<InvalidOperationException>(() => portal.AssignRobot(entity, stage, code)).Message);
        Assert.Empty(portal.Robots);
    }

    private static async Task<(HttpStatusCode Status, string Body)> ControlAsync(PortalEmulator portal, HttpMethod verb, object? body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(verb, $"{portal.ControlUrl}/api/robots");
        request.Headers.Add("X-Emulator-Token", portal.ControlToken);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, answer.IsSuccessStatusCode ? text : JsonDocument.Parse(text).RootElement.GetProperty("message").GetString()!);
    }
}
