using System.Diagnostics;
using System.Text.Json;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Importer.Portal;

namespace Bitrix24.Gen.Tool.Tests;

/// <summary>A portal that repeats what it knows of the caller: nothing of it reaches a file, the console or an assistant.</summary>
public sealed class SecretTests
{
    private const string Webhook = "s3cr3t+of=the-w3bh00k";
    private const string Token = "t0k3n-of/the+portal";

    private static readonly Dictionary<string, Func<string, Fault>> FaultsByName = new(StringComparer.Ordinal)
    {
        ["error"] = static echo => Fault.Error(400, echo, echo),
        ["html"] = static echo => Fault.Answer(404, $"<html>{echo}</html>"),
        ["result"] = static echo => Fault.Answer(200, JsonSerializer.Serialize(new { result = echo }), "application/json"),
        ["list"] = static echo => Fault.Answer(200, JsonSerializer.Serialize(new { result = new[] { new { ID = echo, NAME = echo, FIELD_NAME = "UF_CRM_" + echo, STATUS_ID = echo } } }), "application/json"),
        ["record"] = static echo => Fault.Answer(200, JsonSerializer.Serialize(new { result = new Dictionary<string, object> { [echo] = new { type = "string", title = echo, formLabel = echo } } }), "application/json"),
        ["redirect"] = static echo => Fault.Redirect("https://elsewhere.example/" + Uri.EscapeDataString(echo)),
    };

    public static TheoryData<string> Faults => [.. FaultsByName.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Pull_writes_and_prints_no_secret(string fault)
    {
        await using var portal = await StartAsync();
        foreach (var secret in new[] { Webhook, Token })
        {
            using var folder = new PulledFolder();
            portal.Inject(FaultsByName[fault](Echo(secret)) with { Times = 1_000 });
            var report = Path.Combine(folder.Path, "report.json");
            var (_, output, errors) = secret == Token
                ? folder.Pull(null, s => { s.Portal = portal.PortalUrl; s.Environment[PortalCredentials.AccessToken] = Token; s.Report = report; })
                : folder.Pull(portal.WebhookUrl, s => s.Report = report);
            portal.ClearFaults();
            Check(secret, output);
            Check(secret, errors);
            Assert.All(folder.Files, f => Check(secret, $"{f.Key} {f.Value}"));
        }
    }

    [Fact]
    public void Records_print_no_secret() => Assert.Empty(SecretRecords.ThatPrintIt(typeof(PortalAccess).Assembly));

    [Theory]
    [InlineData("pull", "https://x.bitrix24.com/rest/1/s3cr3tw3bh00k/")]
    [InlineData("pull", "--webhok", "https://x.bitrix24.com/rest/1/s3cr3tw3bh00k")]
    [InlineData("pull", "--nonsense=https://x.bitrix24.com/rest/api/1/s3cr3tw3bh00k/profile")]
    [InlineData("https://x.bitrix24.com/rest/1/s3cr3tw3bh00k/")]
    [InlineData("mcp", "https://x.bitrix24.com/rest/profile?auth=s3cr3tw3bh00k&x=1")]
    public async Task Command_line_that_is_wrong_is_quoted_without_the_webhook(params string[] args)
    {
        using var error = new StringWriter();

        await Bitrix24.Gen.Importer.Commands.SpecCommands.Create().Parse(args).InvokeAsync(Bitrix24.Gen.Tools.SecretlessWriter.Configuration(error, args));

        Assert.Contains("x.bitrix24.com/rest", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3tw3bh00k", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pull", "--access-token", "s3cr3tw3bh00k")]
    [InlineData("pull", "--token=s3cr3tw3bh00k", "--out", "o")]
    [InlineData("mcp", "--client_secret:s3cr3tw3bh00k")]
    [InlineData("pull", "B24_ACCESS_TOKEN=s3cr3tw3bh00k")]
    [InlineData("rest/1/s3cr3tw3bh00k")]
    [InlineData("check", "https://user:s3cr3tw3bh00k@x.bitrix24.com", "y")]
    [InlineData("pull", "--authorization", "s3cr3tw3bh00k")]
    [InlineData("pull", "--credentials=s3cr3tw3bh00k")]
    [InlineData("mcp", "--pwd", "s3cr3tw3bh00k")]
    [InlineData("mcp", "--cookie", "s3cr3tw3bh00k")]
    [InlineData("pull", "--session-id", "s3cr3tw3bh00k")]
    [InlineData("pull", "--passphrase", "s3cr3tw3bh00k")]
    [InlineData("pull", "--apikey", "S3CR3T w3bh00k\n::error::")]
    public async Task Secret_that_is_typed_all_the_same_is_not_repeated(params string[] args)
    {
        using var error = new StringWriter();

        await Bitrix24.Gen.Importer.Commands.SpecCommands.Create().Parse(args).InvokeAsync(Bitrix24.Gen.Tools.SecretlessWriter.Configuration(error, args));

        Assert.NotEmpty(error.ToString());
        Assert.DoesNotContain("s3cr3t", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("check", "https://x.bitrix24.com/rest/1/s3cr3tw3bh00k/")]
    [InlineData("check", "--specs", "https://x.bitrix24.com/rest/1/s3cr3tw3bh00k/", "/dev/null")]
    [InlineData("fields", "https://user:s3cr3tw3bh00k@x.bitrix24.com/rest", "--entity", "crm.deal")]
    [InlineData("lint", "rest/1/s3cr3tw3bh00k")]
    [InlineData("diff", "https://x.bitrix24.com/rest/1/s3cr3tw3bh00k/", "y")]
    [InlineData("import", "https://x.bitrix24.com/rest/1/s3cr3tw3bh00k/", "--out", "o")]
    [InlineData("mcp", "--specs", "https://x.bitrix24.com/rest/1/s3cr3tw3bh00k/")]
    [InlineData("pull", "--out", "o", "--name", "https://x.bitrix24.com/rest/1/s3cr3tw3bh00k/")]
    public async Task File_that_is_none_is_quoted_without_the_webhook(params string[] args)
    {
        using var tool = Process.Start(new ProcessStartInfo("dotnet", [typeof(PortalAccess).Assembly.Location, .. args])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        tool.StandardInput.Close();
        var output = tool.StandardOutput.ReadToEndAsync();
        var errors = await tool.StandardError.ReadToEndAsync();

        Assert.Contains("***", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3tw3bh00k", errors + await output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x\n::error::forged")]
    [InlineData("lint", "specs", "--x\r\n##vso[task.complete]")]
    [InlineData("pull", "--portal=a\u001b[31m\u2028b", "--y\u0085::error::")]
    public async Task Command_line_that_is_wrong_is_quoted_in_one_line(params string[] args)
    {
        using var error = new StringWriter();

        await Bitrix24.Gen.Importer.Commands.SpecCommands.Create().Parse(args).InvokeAsync(Bitrix24.Gen.Tools.SecretlessWriter.Configuration(error, args));

        Assert.NotEmpty(error.ToString());
        Assert.DoesNotContain(error.ToString().ReplaceLineEndings("\n").Split('\n'), static l => l.StartsWith("::", StringComparison.Ordinal) || l.StartsWith("##", StringComparison.Ordinal));
        Assert.DoesNotContain(error.ToString(), static c => char.IsControl(c) && c is not ('\n' or '\r') || c is '\u2028');
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task An_assistant_hears_no_secret(string fault)
    {
        await using var portal = await StartAsync();
        foreach (var secret in new[] { Webhook, Token })
        {
            string? Environment(string name) => (secret, name) switch
            {
                (Token, PortalCredentials.AccessToken) => Token,
                (Webhook, PortalCredentials.Webhook) => portal.WebhookUrl,
                _ => null,
            };
            using var access = new PortalAccess(AssistantSession.Packaged, PortalCredentials.Find(secret == Token ? portal.PortalUrl : null, null, Environment));
            await using var session = await AssistantSession.StartAsync(access);
            foreach (var (method, parameters) in new (string, object)[] { ("user.current", new { }), ("crm.deal.list", new { select = new[] { "ID" } }) })
            {
                portal.Inject(FaultsByName[fault](Echo(secret)) with { Times = 100 });
                Check(secret, (await session.CallAsync("call_portal", new { method, parameters })).GetRawText());
                portal.ClearFaults();
            }
        }
    }

    private static string Echo(string secret) => $"{secret} {Uri.EscapeDataString(secret)}";

    private static void Check(string secret, string text)
    {
        foreach (var form in new[] { secret, Uri.EscapeDataString(secret), secret.Replace("/", "\\/", StringComparison.Ordinal), JsonSerializer.Serialize(secret).Trim('"') })
            Assert.DoesNotContain(form, text, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<PortalEmulator> StartAsync() => PortalEmulator.StartAsync(new() { WebhookSecret = Webhook, AccessToken = Token });
}
