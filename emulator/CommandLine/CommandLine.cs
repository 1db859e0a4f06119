using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Bitrix24.Gen.Emulator.Exchanges;

namespace Bitrix24.Gen.Emulator;

/// <summary>The portal as a program of its own.</summary>
internal static class CommandLine
{
    private static readonly PortalArguments Portal = new();

    private static readonly Option<string?> Seed = new("--seed")
    {
        Description = "A JSON file of records that are there from the start, lists of them by type: { \"widgets/Widget\": [ … ] }.",
    };

    private static readonly Option<string> Log = new Option<string>("--log")
    {
        Description = "A line for each call: text, json, or none.",
        DefaultValueFactory = static _ => "text",
    }.AcceptOnlyFromAmong("text", "json", "none");

    private static readonly Option<string?> Compared = new("--compare")
    {
        Description = "Play the exchanges that --record kept, print where the emulator's answers have another form, and end; 1 if any has.",
    };

    public static RootCommand Root()
    {
        var root = new RootCommand("A Bitrix24 portal on loopback that keeps records and answers as its spec files say.");
        foreach (var option in Portal.All.Append(Seed).Append(Log).Append(Compared))
            root.Options.Add(option);
        root.SetAction(RunAsync);
        return root;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            RequireFile("--seed", arguments.GetValue(Seed));
            RequireFile("--compare", arguments.GetValue(Compared));
            await using var portal = await PortalEmulator.StartAsync(Portal.Read(arguments), cancellationToken);
            Fill(portal, arguments.GetValue(Seed));
            if (arguments.GetValue(Compared) is { } exchanges)
                return await CompareAsync(portal, exchanges, arguments.InvocationConfiguration.Output, cancellationToken);
            using var certificate = CertificateFile.Of(portal, arguments.GetValue(Portal.Certificate));
            var log = arguments.GetValue(Log);
            var output = arguments.InvocationConfiguration.Output;
            StartLines.Print(portal, certificate.Path, log == "json", output);
            await using var printer = log == "none" ? null : new CallPrinter(portal, log == "json", output);
            await StopSignalAsync();
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or SocketException or System.Security.Cryptography.CryptographicException)
        {
            // Findings of spec files are a line each.
            foreach (var line in e is InvalidDataException ? e.Message.Split('\n') : [e.Message])
                await arguments.InvocationConfiguration.Error.WriteLineAsync(line);
            return 1;
        }
    }

    private static void RequireFile(string option, string? file)
    {
        if (file is not null && !File.Exists(file))
            throw new InvalidDataException($"{option} {PrintedLine.Of(file)}: there is no such file.");
    }

    private static async Task<int> CompareAsync(PortalEmulator portal, string file, TextWriter output, CancellationToken cancellationToken)
    {
        var differences = await ExchangeComparer.CompareAsync(portal, file, cancellationToken);
        foreach (var difference in differences)
            await output.WriteLineAsync(difference);
        await output.WriteLineAsync($"{differences.Count} differences");
        return differences.Count == 0 ? 0 : 1;
    }

    private static void Fill(PortalEmulator portal, string? file)
    {
        if (file is null)
            return;
        try
        {
            var types = JsonNode.Parse(UserFiles.Read(file)) as JsonObject ?? throw new InvalidDataException("It is no object.");
            foreach (var (type, records) in types)
            {
                foreach (var record in records as JsonArray ?? throw new InvalidDataException($"\"{type}\" is no list."))
                    portal.Seed(type, record?.ToJsonString() ?? "null");
            }

            portal.KeepAsStart();
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"{PrintedLine.Of(file)}: lists of records by type are expected, {{ \"widgets/Widget\": [ … ] }}. {WithoutParameter(e)}", e);
        }
    }

    /// <summary>The text of an exception of the library, whose parameters are not those of the command line.</summary>
    private static string WithoutParameter(Exception e) => e is ArgumentException { ParamName: { } name } ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;

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
