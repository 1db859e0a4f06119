using System.Runtime.Loader;
using System.Text.Json;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Portal;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Tool.Tests;

public class PullTests
{
    private const string Secret = "s3cr3tw3bh00k";

    private static readonly PortalOptions Options = new() { WebhookSecret = Secret };

    [Fact]
    public async Task Pulled_fields_stages_and_processes_are_typed_members()
    {
        await using var portal = await TestPortal.StartAsync(Options);
        using var folder = new PulledFolder();
        var (code, output, errors) = folder.Pull(portal.WebhookUrl);
        Assert.True(code == 0, errors);
        Assert.Contains("UF_CRM_BUDGET", output, StringComparison.Ordinal);

        var said = await RunAsync(
            """
            using System.Linq;
            using System.Threading.Tasks;
            using Bitrix24;
            using Bitrix24.Crm;
            using Bitrix24.SmartProcess;

            [Bitrix24Client("crm.deal", "smartProcess")]
            internal partial class Portal;

            public static class Program
            {
                public static async Task<string> Run(string url)
                {
                    using var portal = new Portal(Bitrix24Credentials.Webhook(url));
                    var id = await portal.Crm.Deal.AddAsync(new() { Title = "First", UfCrmBudget = 12.5m, StageId = DealStageId.InProgress });
                    var deal = await portal.Crm.Deal.GetAsync(id);
                    var added = await portal.SmartProcess.Contract.AddAsync(new() { Title = "Rent", UfCrm1Sum = 300.5m });
                    var contracts = portal.SmartProcess.Contract.ListAsync(q => q.Where(c => c.UfCrm1Sum > 100).Select(c => c.Id, c => c.Title, c => c.UfCrm1Sum));
                    var titles = "";
                    await foreach (var contract in contracts)
                        titles += $"{contract.Title} {contract.UfCrm1Sum}";
                    await portal.SmartProcess.Contract.DeleteAsync(added.Id);
                    return $"{deal.UfCrmBudget} {deal.StageId == DealStageId.InProgress} {titles} {(string)DealStageId.WholesaleNew.Value}";
                }
            }
            """,
            folder, portal.WebhookUrl);

        Assert.Equal("12.5 True Rent 300.5 C10:NEW", said);
        Assert.Contains(portal.Requests, static c => c.Method == "crm.item.add" && c.Executed);
        Assert.DoesNotContain(portal.Requests, static c => c.Method.StartsWith("smartProcess", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("docs/guides/custom-fields.md")]
    [InlineData("docs/importer.md")]
    public async Task What_a_page_does_with_pulled_specs_runs(string page)
    {
        await using var portal = await TestPortal.StartAsync(Options);
        using var folder = new PulledFolder();
        folder.Pull(portal.WebhookUrl);
        var blocks = Pages.Blocks(page).Where(static b => b.Kind == "pulled").ToList();
        Assert.NotEmpty(blocks);

        var said = await RunAsync(
            $$"""
            using System;
            using System.Threading.Tasks;
            {{string.Join('\n', blocks.SelectMany(static b => b.Usings).Append("using Bitrix24;").Distinct())}}

            [Bitrix24Client("crm.deal", "smartProcess")]
            internal partial class Portal;

            public static class Program
            {
                public static async Task<string> Run(string url)
                {
                    using var portal = new Portal(Bitrix24Credentials.Webhook(url));
                    {{string.Concat(blocks.Select(static b => b.Statements))}}
                    return "done";
                }
            }
            """,
            folder, portal.WebhookUrl);

        Assert.Equal("done", said);
        Assert.Contains(portal.Requests, static c => c.Method == "crm.item.add" && c.Executed && c.Findings.Count == 0);
    }

    [Fact]
    public async Task The_portals_own_OpenApi_document_is_read()
    {
        await using var portal = await TestPortal.StartAsync(Options);
        using var folder = new PulledFolder();

        var (_, _, errors) = folder.Pull(portal.WebhookUrl);

        Assert.Contains(portal.Requests, static c => c.Method.EndsWith("rest.documentation.openapi", StringComparison.Ordinal) && c.Executed);
        Assert.DoesNotContain("OpenAPI", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_portal_is_only_read()
    {
        await using var portal = await TestPortal.StartAsync(Options);
        using var folder = new PulledFolder();
        var before = portal.Snapshot().ToJsonString();

        folder.Pull(portal.WebhookUrl);

        var specs = SpecSet.Create(PackagedSpecs.Documents);
        Assert.NotEmpty(portal.Requests);
        Assert.All(portal.Requests, c => Assert.True(c.Method.EndsWith("rest.documentation.openapi", StringComparison.Ordinal) || specs.FindMethod(c.Method)?.Idempotency == Idempotency.Read, c.Method));
        Assert.Equal(before, portal.Snapshot().ToJsonString());
    }

    [Fact]
    public async Task A_method_that_writes_is_never_called()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var credentials = PortalCredentials.Find(null, null, name => name == PortalCredentials.Webhook ? portal.WebhookUrl : null);
        using var reading = new PortalAccess(SpecSet.Create(PackagedSpecs.Documents), credentials);

        foreach (var method in new[] { "crm.deal.add", "crm.deal.delete", "batch", "no.such.method", "v3/tasks.task.update" })
            await Assert.ThrowsAsync<InvalidOperationException>(() => reading.CallAsync(method));

        Assert.Empty(portal.Requests);
        Assert.Equal(0, reading.Calls);
    }

    [Fact]
    public async Task A_second_pull_changes_nothing_and_check_says_what_the_folder_lacks()
    {
        await using var portal = await TestPortal.StartAsync(Options);
        using var folder = new PulledFolder();
        var pulled = folder.Pull(portal.WebhookUrl).Output;
        var first = folder.Files;

        Assert.Contains("Next: build the project", pulled, StringComparison.Ordinal);
        Assert.Contains("[Bitrix24Client(…, \"smartProcess\")]", pulled, StringComparison.Ordinal);
        Assert.Matches("  crm\\.deal\\.b24\\.json: .*UF_CRM_", pulled);
        Assert.DoesNotContain("Nothing to do", pulled, StringComparison.Ordinal);
        Assert.DoesNotContain(first.Keys, static f => f.EndsWith(".draft", StringComparison.Ordinal));
        var again = folder.Pull(portal.WebhookUrl).Output;
        Assert.Contains("0 breaking, 0 compatible", again, StringComparison.Ordinal);
        Assert.DoesNotContain("Next:", again, StringComparison.Ordinal);
        Assert.Equal(first, folder.Files);
        Assert.Equal(0, folder.Pull(portal.WebhookUrl, static s => s.Check = true).Code);

        await TestPortal.CallAsync(portal, "crm.lead.userfield.add", new { fields = new { FIELD_NAME = "RATING", USER_TYPE_ID = "integer" } });
        var (code, output, _) = folder.Pull(portal.WebhookUrl, static s => s.Check = true);
        Assert.Equal(1, code);
        Assert.Contains("crm.lead/Lead UF_CRM_RATING: New.", output, StringComparison.Ordinal);
        Assert.Equal(first, folder.Files);
    }

    [Fact]
    public async Task What_a_portal_has_no_more_is_taken_away_and_what_others_wrote_stays()
    {
        await using var portal = await TestPortal.StartAsync(Options);
        using var folder = new PulledFolder();
        folder.Pull(portal.WebhookUrl);
        var process = Assert.Single(folder.Files, static f => f.Key == "smartProcess.contract.b24.json");
        File.WriteAllText(Path.Combine(folder.Path, "smartProcess.old.b24.json"), process.Value.Replace("smartProcess.contract", "smartProcess.old", StringComparison.Ordinal));

        var (code, output, _) = folder.Pull(portal.WebhookUrl);
        Assert.Equal(0, code);
        Assert.Contains("smartProcess.old.add: The method is gone.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("smartProcess.old.b24.json", folder.Files.Keys);

        const string Own = """{ "api": "bitrix24", "types": { "Deal": { "fields": { "UF_MINE": { "type": "int" } } } } }""";
        File.WriteAllText(Path.Combine(folder.Path, "crm.deal.b24.json"), Own);
        var refused = folder.Pull(portal.WebhookUrl);
        Assert.Equal(2, refused.Code);
        Assert.Contains("crm.deal.b24.json: not written by a pull", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(Own, folder.Files["crm.deal.b24.json"]);
    }

    [Fact]
    public async Task What_the_portal_refuses_is_left_out_and_said()
    {
        await using var portal = await TestPortal.StartAsync(Options with { Scopes = ["user", "user.userfield"] });
        using var folder = new PulledFolder();
        var (code, _, errors) = folder.Pull(portal.WebhookUrl);

        Assert.Equal(0, code);
        Assert.Matches("crm\\.deal\\.fields[^\\n]*: left out: insufficient_scope: ", errors);
        Assert.DoesNotContain("crm.deal.b24.json", folder.Files.Keys);
    }

    [Fact]
    public async Task What_the_portal_refuses_now_stays_as_an_earlier_pull_left_it()
    {
        await using var portal = await TestPortal.StartAsync(Options);
        await using var narrow = await TestPortal.StartAsync(Options with { Scopes = ["user", "user.userfield"] });
        using var folder = new PulledFolder();
        folder.Pull(portal.WebhookUrl);
        var first = folder.Files;
        Assert.Contains("smartProcess.contract.b24.json", first.Keys);

        var (code, output, errors) = folder.Pull(narrow.WebhookUrl);

        Assert.Equal(0, code);
        Assert.Matches("crm\\.deal\\.fields[^\\n]*: left out: insufficient_scope: ", errors);
        Assert.DoesNotContain("The method is gone", output, StringComparison.Ordinal);
        Assert.Equal(first.Where(static f => f.Key.StartsWith("crm.", StringComparison.Ordinal) || f.Key.StartsWith("smartProcess.", StringComparison.Ordinal)),
            folder.Files.Where(static f => f.Key.StartsWith("crm.", StringComparison.Ordinal) || f.Key.StartsWith("smartProcess.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_fails_changes_nothing_and_is_said()
    {
        await using var portal = await TestPortal.StartAsync(Options);
        using var folder = new PulledFolder();
        folder.Pull(portal.WebhookUrl);
        var first = folder.Files;
        foreach (var (method, fault) in new[]
        {
            ("crm.status.list", Fault.Error(500, "INTERNAL_SERVER_ERROR", "Internal")),
            ("crm.type.list", Fault.Answer(502, "<html>Bad gateway")),
            ("crm.deal.userfield.list", Fault.BrokenBody()),
            ("crm.item.fields", Fault.Answer(503, "")),
        })
        {
            portal.Inject(fault with { Method = method, Times = 1000 });

            var (code, _, errors) = folder.Pull(portal.WebhookUrl);

            Assert.Equal(2, code);
            Assert.Contains($"{method}", errors, StringComparison.Ordinal);
            Assert.Contains("Pull again.", errors, StringComparison.Ordinal);
            Assert.Equal(first, folder.Files);
            portal.ClearFaults();
        }
    }

    [Fact]
    public async Task Three_hundred_custom_fields_are_read_and_a_hiccup_is_waited_for()
    {
        await using var portal = await PortalEmulator.StartAsync(Options);
        for (var i = 0; i < 300; i++)
            await TestPortal.CallAsync(portal, "crm.deal.userfield.add", new { fields = new { FIELD_NAME = $"N{i}", USER_TYPE_ID = "integer" } });
        portal.Inject(Fault.Answer(502, "<html>Bad gateway") with { Times = 2, After = 3 });
        portal.Inject(Fault.Cut() with { Times = 1, After = 9 });
        portal.Inject(Fault.Documented("QUERY_LIMIT_EXCEEDED") with { Times = 1, After = 12 });
        using var folder = new PulledFolder();

        var (code, _, errors) = folder.Pull(portal.WebhookUrl);

        Assert.True(code == 0, errors);
        for (var i = 0; i < 300; i++)
            Assert.Contains($"\"UF_CRM_N{i}\"", folder.Files["crm.deal.b24.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_said_and_changes_nothing()
    {
        await using var portal = await TestPortal.StartAsync(Options);
        using var folder = new PulledFolder();
        folder.Pull(portal.WebhookUrl);
        var first = folder.Files;
        portal.Inject(Fault.ExpiredToken() with { Times = 1, After = 5 });

        var (code, _, errors) = folder.Pull(null, s => { s.Portal = portal.PortalUrl; s.Environment[PortalCredentials.AccessToken] = portal.AccessToken; });

        Assert.Equal(2, code);
        Assert.Contains("the portal refuses the credentials: ", errors, StringComparison.Ordinal);
        Assert.Contains("expired_token", errors, StringComparison.Ordinal);
        Assert.Equal(first, folder.Files);
    }

    [Fact]
    public async Task An_interrupted_pull_says_so_and_is_no_difference()
    {
        await using var portal = await TestPortal.StartAsync(Options);
        using var folder = new PulledFolder();
        portal.Inject(Fault.Late(TimeSpan.FromSeconds(30)) with { Method = "crm.status.list" });
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        var (code, _, errors) = folder.Pull(portal.WebhookUrl, s => (s.Check, s.Cancelled) = (true, stop.Token));

        Assert.Equal(2, code);
        Assert.Equal("Interrupted: not done.\n", errors);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task No_secret_is_written_anywhere()
    {
        await using var portal = await TestPortal.StartAsync(Options);
        using var folder = new PulledFolder();
        var report = Path.Combine(folder.Path, "report.json");
        var said = new[]
        {
            folder.Pull(portal.WebhookUrl, s => s.Report = report),
            folder.Pull(portal.WebhookUrl.Replace(Secret, Secret + "x", StringComparison.Ordinal)),
            folder.Pull(null, s => s.Portal = portal.WebhookUrl),
            folder.Pull($"not a webhook {Secret}"),
            folder.Pull(portal.WebhookUrl, static s => s.Portal = "https://other.bitrix24.com"),
            folder.Pull(null, s => { s.Portal = portal.PortalUrl; s.Environment[PortalCredentials.AccessToken] = Secret; }),
        };

        Assert.Equal([0, 2, 2, 2, 2, 2], said.Select(static s => s.Code));
        Assert.All(said, static s => Assert.DoesNotContain(Secret, s.Output + s.Errors, StringComparison.Ordinal));
        Assert.All(folder.Files.Values, static text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
        Assert.Contains("--portal takes the portal's address alone", said[2].Errors, StringComparison.Ordinal);
        Assert.Contains("belongs to 127.0.0.1", said[4].Errors, StringComparison.Ordinal);
        Assert.Equal("B24_WEBHOOK: Not the https address of a portal; http is for loopback only.\n", said[3].Errors);
        using var json = JsonDocument.Parse(File.ReadAllText(report));
        Assert.Contains("crm.deal.b24.json", json.RootElement.GetProperty("files").EnumerateArray().Select(static f => f.GetString()));
    }

    [Fact]
    public void Without_credentials_the_message_says_where_they_come_from()
    {
        using var folder = new PulledFolder();
        var (code, _, errors) = folder.Pull(null, static s => s.Portal = "example.bitrix24.com");
        Assert.Equal(2, code);
        Assert.Contains("B24_WEBHOOK", errors, StringComparison.Ordinal);
        Assert.Contains("no such folder", folder.Pull(null, static s => { s.Portal = "example.bitrix24.com"; s.Tokens = "/none"; }).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_OpenApi_document_adds_what_the_specs_of_REST_3_lack()
    {
        await using var portal = await TestPortal.StartAsync(Options);
        using var folder = new PulledFolder();
        var document = Path.Combine(Directory.CreateTempSubdirectory("b24-openapi-").FullName, "openapi.json");
        await File.WriteAllTextAsync(document, """
            {
              "openapi": "3.0.3", "info": { "title": "portal", "version": "1" },
              "paths": {
                "/tasks.task.get": { "post": { "responses": { "200": { "description": "ok", "content": { "application/json": { "schema": {
                  "type": "object", "properties": { "result": { "type": "object", "properties": { "item": { "$ref": "#/components/schemas/Task" } } } } } } } } } } },
                "/acme.robot.run": { "post": { "responses": { "200": { "description": "ok" } } } }
              },
              "components": { "schemas": { "Task": { "type": "object", "properties": {
                "id": { "type": "integer" }, "title": { "type": "string" }, "description": { "type": "string" },
                "ufRisk": { "type": "number" }, "ufUntil": { "type": "string", "format": "date-time", "readOnly": true } } } } }
            }
            """);

        var (code, output, errors) = folder.Pull(portal.WebhookUrl, s => s.Options = new() { OpenApi = document });
        Assert.True(code == 0, errors);
        Assert.Contains("acme.robot.run", output, StringComparison.Ordinal);
        Assert.Contains("\"ufRisk\": { \"type\": \"decimal\", \"nullable\": true }", folder.Files["bitrix24-v3/tasks.task.b24.json"], StringComparison.Ordinal);
        Assert.Contains("\"type\": \"datetime\", \"readOnly\": true", folder.Files["bitrix24-v3/tasks.task.b24.json"], StringComparison.Ordinal);

        await File.WriteAllTextAsync(document, "{ \"openapi\": 3 ");
        Assert.Equal(2, folder.Pull(portal.WebhookUrl, s => s.Options = new() { OpenApi = document }).Code);
    }

    [Theory]
    [InlineData("1032")]
    [InlineData("x=Contract")]
    [InlineData("1032=contract")]
    [InlineData("1032=Con tract")]
    public void A_name_that_is_none_is_refused(string name) =>
        Assert.Throws<CommandFailure>(() => PullCommand.Names([name]));

    private static async Task<string> RunAsync(string source, PulledFolder folder, string url)
    {
        var specs = PackagedSpecs.Documents.Select(static d => new TestFile(d.Path, d.Text))
            .Concat(folder.Files.Where(static f => f.Key.EndsWith(SpecFileName.Extension, StringComparison.Ordinal)).Select(static f => new TestFile("/project/" + f.Key, f.Value, packaged: false)));
        using var image = new MemoryStream();
        var result = GeneratorHarness.Run(source, specs).AssertCompiles().Output().Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        var context = new AssemblyLoadContext("user", isCollectible: true);
        var program = context.LoadFromStream(image).GetType("Program")!;
        var answer = await (Task<string>)program.GetMethod("Run")!.Invoke(null, [url])!;
        context.Unload();
        return answer;
    }
}
