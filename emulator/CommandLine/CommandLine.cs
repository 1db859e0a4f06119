using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Bitrix24.Gen.Emulator;

/// <summary>The portal as a program of its own.</summary>
internal static class CommandLine
{
    private static readonly Option<int> Port = new("--port") { Description = "The port on loopback; 0 picks a free one.", DefaultValueFactory = _ => 0 };

    private static readonly Option<bool> Https = new("--https") { Description = "Speak https, with a certificate made for the occasion unless --certificate names one." };

    private static readonly Option<string?> Certificate = new("--certificate")
    {
        Description = "PEM file of certificate and private key, for https. Where there is no such file, a certificate is made and written to it.",
    };

    private static readonly Option<string[]> Specs = new("--specs") { Description = "A folder of spec files that add to the built-in ones or override them." };

    private static readonly Option<bool> Strict = new("--strict") { Description = "Refuse calls that break a rule even where the server's error for it is not known." };

    private static readonly Option<bool> Limits = new("--limits") { Description = "Limit requests as the cloud does: 50 at once, 2 a second; VibeCode 10 a second and 300 a minute, amoCRM 7 a second." };

    private static readonly Option<string?> Seed = new("--seed")
    {
        Description = "A JSON file of records that are there from the start, lists of them by type: { \"widgets/Widget\": [ … ] }.",
    };

    public static RootCommand Root()
    {
        var root = new RootCommand("A Bitrix24 portal on loopback that keeps records in memory and answers as its spec files say.")
        {
            Port, Https, Certificate, Specs, Strict, Limits, Seed,
        };
        root.SetAction(RunAsync);
        return root;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            await using var portal = await PortalEmulator.StartAsync(Options(arguments), cancellationToken);
            Fill(portal, arguments.GetValue(Seed));
            Print(portal, arguments.GetValue(Certificate), arguments.InvocationConfiguration.Output);
            await StopSignalAsync();
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            await arguments.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static PortalOptions Options(ParseResult arguments)
    {
        var file = arguments.GetValue(Certificate);
        return new PortalOptions
        {
            Port = arguments.GetValue(Port),
            Https = arguments.GetValue(Https),
            Certificate = file is null ? null : Certificates.ReadOrCreate(file, TimeProvider.System),
            SpecFolders = arguments.GetValue(Specs) ?? [],
            Strict = arguments.GetValue(Strict),
            Limits = arguments.GetValue(Limits) ? PortalLimits.Standard : null,
        };
    }

    private static void Fill(PortalEmulator portal, string? file)
    {
        if (file is null)
            return;
        try
        {
            var types = JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new InvalidDataException("It is no object.");
            foreach (var (type, records) in types)
            {
                foreach (var record in records as JsonArray ?? throw new InvalidDataException($"\"{type}\" is no list."))
                    portal.Seed(type, record?.ToJsonString() ?? "null");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"{file}: lists of records by type are expected, {{ \"widgets/Widget\": [ … ] }}. {e.Message}", e);
        }
    }

    private static void Print(PortalEmulator portal, string? certificateFile, TextWriter output)
    {
        output.WriteLine($"webhook: {portal.WebhookUrl}");
        output.WriteLine($"application: {portal.PortalUrl} {portal.AccessToken}");
        output.WriteLine($"vibecode: {portal.PortalUrl} {portal.ApiKey}");
        output.WriteLine($"oauth: {portal.ClientId} {portal.ClientSecret} {portal.RefreshToken}");
        if (portal.Certificate is { } certificate)
        {
            if (certificateFile is null)
            {
                certificateFile = Path.Combine(Path.GetTempPath(), $"bitrix24-emulator-{new Uri(portal.PortalUrl).Port}.pem");
                File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
            }

            output.WriteLine($"certificate: {certificateFile}");
        }

        output.Flush();
    }

    private static async Task StopSignalAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await stopped.Task;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }
}
