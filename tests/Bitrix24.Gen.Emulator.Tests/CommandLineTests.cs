using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>The portal as a program of its own.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task FirstLine_NamesTheWebhook_SecondTheApplication_AndATerminatedPortalExitsWithZero()
    {
        using var process = Start("--port", "0");
        var webhook = await LineAsync(process, "webhook: ");
        var application = (await LineAsync(process, "application: ")).Split(' ');
        Assert.Equal("[]", (await PortalCalls.SendAsync(PortalCalls.Post($"{webhook}landing.repowidget.getlist", """{"params":{}}""", null))).Result!.ToJsonString());
        Assert.Null((await PortalCalls.SendAsync(PortalCalls.Post($"{application[0]}/rest/biconnector.source.list", "{}", application[1]))).Error);
        await StopAsync(process);
    }

    [Fact]
    public async Task Certificate_IsWrittenWhereThereIsNone_AndUsedWhereThereIsOne()
    {
        var folder = Directory.CreateTempSubdirectory("bitrix24-emulator-");
        var file = Path.Combine(folder.FullName, "portal.pem");
        try
        {
            for (var run = 0; run < 2; run++)
            {
                using var process = Start("--port", "0", "--https", "--certificate", file);
                var webhook = await LineAsync(process, "webhook: ");
                Assert.StartsWith("https://", webhook, StringComparison.Ordinal);
                using var trusted = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(file));
                using var http = new HttpClient(Trusting(trusted));
                Assert.Contains("result", await http.GetStringAsync($"{webhook}biconnector.source.fields"), StringComparison.Ordinal);
                await StopAsync(process);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task SpecsFolder_AddsMethods_AndOneInErrorIsReported()
    {
        var folder = Directory.CreateTempSubdirectory("bitrix24-emulator-");
        try
        {
            var spec = Path.Combine(folder.FullName, "own.b24.json");
            await File.WriteAllTextAsync(spec, """{"api":"bitrix24","methods":{"own.ping":{"result":{"type":"bool"}}}}""");
            using (var process = Start("--specs", folder.FullName))
            {
                var webhook = await LineAsync(process, "webhook: ");
                Assert.True((await PortalCalls.SendAsync(PortalCalls.Post($"{webhook}own.ping", "{}", null))).Result!.GetValue<bool>());
                await StopAsync(process);
            }

            await File.WriteAllTextAsync(spec, """{"api":"bitrix24","methodz":{}}""");
            using var refused = Start("--specs", folder.FullName);
            Assert.Contains("own.b24.json(1,", await refused.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
            await refused.WaitForExitAsync();
            Assert.Equal(1, refused.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task SeedFile_IsThereFromTheStart_AndOneInErrorIsReported()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{ "widgets/Widget": [{ "code": "sms_gate" }], "deals/Deal": [{ "title": "Roof" }] }""");
            using (var process = Start("--seed", file))
            {
                await LineAsync(process, "webhook: ");
                var application = (await LineAsync(process, "application: ")).Split(' ');
                var key = (await LineAsync(process, "vibecode: ")).Split(' ');
                Assert.Equal(3, (await LineAsync(process, "oauth: ")).Split(' ').Length);
                await LineAsync(process, "control: ");
                using var http = new HttpClient();
                http.DefaultRequestHeaders.Authorization = new("Bearer", application[1]);
                http.DefaultRequestHeaders.Add("X-Api-Key", key[1]);
                Assert.Contains("sms_gate", await http.GetStringAsync($"{application[0]}/api/v4/widgets"), StringComparison.Ordinal);
                Assert.Contains("Roof", await http.GetStringAsync($"{key[0]}/v1/deals/1"), StringComparison.Ordinal);
                await StopAsync(process);
            }

            foreach (var (text, problem) in new[] { ("""{ "widgets/Gadget": [{}] }""", "widgets/Gadget"), ("""{ "deals/Deal": {} }""", "is no list"), ("""{ "deals/Deal": [5] }""", "A record is a JSON object"), ("[", "lists of records") })
            {
                await File.WriteAllTextAsync(file, text);
                using var refused = Start("--seed", file);
                Assert.Contains(problem, await refused.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
                await refused.WaitForExitAsync();
                Assert.Equal(1, refused.ExitCode);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--specs", "pipe")]
    [InlineData("--specs", "large")]
    [InlineData("--seed", "pipe")]
    [InlineData("--seed", "large")]
    public async Task FileWithoutEnd_IsNamed_AndStartsNothing(string option, string kind)
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Directory.CreateTempSubdirectory("b24-emulator-");
        try
        {
            var file = Path.Combine(folder.FullName, "own\n::error::x.b24.json");
            if (kind == "pipe")
            {
                using var make = Process.Start("mkfifo", [file]);
                await make.WaitForExitAsync();
            }
            else
            {
                await using var large = File.Create(file);
                large.SetLength(20L << 30);
            }

            using var refused = Start(option, option == "--seed" ? file : folder.FullName);
            var error = await refused.StandardError.ReadToEndAsync();
            Assert.Contains(kind == "pipe" ? "own ::error::x.b24.json: no ordinary file" : "own ::error::x.b24.json: more than", error, StringComparison.Ordinal);
            Assert.Single(error.Trim().Split('\n'));
            await refused.WaitForExitAsync();
            Assert.Equal(1, refused.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Arguments_FixSecretsAndUsers_AndEachCallIsALine()
    {
        using var process = Start("--webhook-secret", "one", "--token", "tok", "--expired-token", "old", "--webhook", "2:two:landing", "--user", "2", "--control-token", "ctl");
        var webhook = await LineAsync(process, "webhook: ");
        Assert.EndsWith("/rest/1/one/", webhook, StringComparison.Ordinal);
        Assert.EndsWith(" tok", await LineAsync(process, "application: "), StringComparison.Ordinal);
        await LineAsync(process, "vibecode: ");
        await LineAsync(process, "oauth: ");
        Assert.EndsWith("/_emulator ctl", await LineAsync(process, "control: "), StringComparison.Ordinal);

        var root = webhook[..^"1/one/".Length];
        Assert.Null((await PortalCalls.SendAsync(PortalCalls.Post($"{root}2/two/landing.repowidget.getlist", """{"params":{}}""", null))).Error);
        Assert.Equal("expired_token", (await PortalCalls.SendAsync(PortalCalls.Post($"{root}biconnector.source.list", "{}", "old"))).Error);
        await PortalCalls.SendAsync(PortalCalls.Post($"{root}1/one/landing.repowidget.register", "{}", null));
        Assert.Matches(@"^\d\d:\d\d:\d\d 200 landing\.repowidget\.getlist [0-9.]+ ms$", await process.StandardOutput.ReadLineAsync());
        Assert.Matches(@"^\S+ 401 biconnector\.source\.list [0-9.]+ ms expired_token$", await process.StandardOutput.ReadLineAsync());
        Assert.Matches(@"^\S+ 400 landing\.repowidget\.register [0-9.]+ ms \w+ B24103 code, B24103 fields$", await process.StandardOutput.ReadLineAsync());
        await StopAsync(process);
    }

    [Fact]
    public async Task Log_AsJson_IsJsonFromTheFirstLine()
    {
        using var process = Start("--log", "json");
        var start = JsonNode.Parse((await process.StandardOutput.ReadLineAsync())!)!;
        await PortalCalls.SendAsync(PortalCalls.Post($"{start["webhook"]}server.time", "{}", null));
        Assert.Equal("server.time", JsonNode.Parse((await process.StandardOutput.ReadLineAsync())!)!["method"]!.GetValue<string>());
        await StopAsync(process);
    }

    [Theory]
    [InlineData("--port 99999", "--port 99999: a port is between 1 and 65535")]
    [InlineData("--port x", "--port x: a port is between 1 and 65535")]
    [InlineData("--certificate nowhere/portal.pem", "--certificate nowhere/portal.pem: a PEM file of certificate and private key is expected")]
    [InlineData("--strict --lenient", "--strict and --lenient: one refuses what the other lets pass")]
    [InlineData("--nonsense", "Unrecognized command or argument '--nonsense'.")]
    [InlineData("--webhook nobody", "--webhook ***: USER:SECRET")]
    [InlineData("--webhook 0:secret", "no user's id")]
    [InlineData("--webhook-secret a/b", "--webhook-secret: a secret is made of")]
    [InlineData("--specs /nowhere/at/all", "there is no such folder")]
    [InlineData("--log loud", "loud")]
    public async Task Arguments_WithoutMeaning_AreRefusedInWords(string arguments, string problem)
    {
        using var refused = Start(arguments.Split(' '));
        var error = await refused.StandardError.ReadToEndAsync();
        await refused.WaitForExitAsync();
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal("", (await refused.StandardOutput.ReadToEndAsync()).Trim());
    }

    [Fact]
    public void Certificate_IsPrivateFromTheStart_AndSignsNothingElse()
    {
        var folder = Directory.CreateTempSubdirectory("bitrix24-emulator-");
        try
        {
            var file = Path.Combine(folder.FullName, "portal.pem");
            using var certificate = Certificates.ReadOrCreate(file, TimeProvider.System);
            Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
            Assert.False(certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign));
            if (OperatingSystem.IsWindows())
                return;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            var link = Path.Combine(folder.FullName, "link.pem");
            File.CreateSymbolicLink(link, Path.Combine(folder.FullName, "elsewhere.pem"));
            Assert.ThrowsAny<IOException>(() => Certificates.ReadOrCreate(link, TimeProvider.System));
            Assert.False(File.Exists(Path.Combine(folder.FullName, "elsewhere.pem")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task InProcessPortal_SpeaksHttpsWithItsOwnCertificate()
    {
        await using var portal = await PortalEmulator.StartAsync(new() { Https = true });
        using var http = new HttpClient(Trusting(portal.Certificate!));
        Assert.Contains("result", await http.GetStringAsync($"{portal.WebhookUrl}biconnector.source.fields"), StringComparison.Ordinal);
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate) => new()
    {
        SslOptions =
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { certificate },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Program(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>The program is built beside the tests, in their configuration and for their framework.</summary>
    private static string Program()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return RepositoryRoot.PathTo("emulator", "bin", output.Parent!.Name, output.Name, "b24-emulator.dll");
    }

    private static async Task<string> LineAsync(Process process, string start)
    {
        var line = await process.StandardOutput.ReadLineAsync();
        Assert.True(line?.StartsWith(start, StringComparison.Ordinal), $"Expected '{start}…', got '{line}'.");
        return line![start.Length..];
    }

    private static async Task StopAsync(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
            return;
        }

        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
