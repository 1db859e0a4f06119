using System.CommandLine;
using System.Runtime.InteropServices;

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

    public static RootCommand Root()
    {
        var root = new RootCommand("A Bitrix24 portal on loopback that keeps records in memory and answers as its spec files say.")
        {
            Port, Https, Certificate, Specs, Strict, Limits,
        };
        root.SetAction(RunAsync);
        return root;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            await using var portal = await PortalEmulator.StartAsync(Options(arguments), cancellationToken);
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

    private static void Print(PortalEmulator portal, string? certificateFile, TextWriter output)
    {
        output.WriteLine($"webhook: {portal.WebhookUrl}");
        output.WriteLine($"application: {portal.PortalUrl} {portal.AccessToken}");
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
