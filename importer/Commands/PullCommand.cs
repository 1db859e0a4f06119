extern alias runtime;

using System.CommandLine;
using System.Globalization;
using Bitrix24.Gen.Importer.Diff;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Portal;
using Bitrix24.Gen.Importer.Pull;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;
using runtime::Bitrix24;
using Spectre.Console;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary><c>b24-spec pull</c>: what a portal has of its own in, spec files for the project out.</summary>
internal static class PullCommand
{
    public static Command Create()
    {
        var portal = new Option<string?>("--portal") { Description = "The portal: https://example.bitrix24.com; default: the webhook's." };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder of the project for the spec files.", Required = true };
        var tokens = new Option<string?>("--tokens") { Description = "Folder of a token store (FileTokenStore)." };
        var check = new Option<bool>("--check") { Description = "Write nothing; exit code 1 when the portal differs from the folder." };
        var descriptions = new Option<bool>("--descriptions") { Description = "Take over what people call the fields." };
        var names = new Option<string[]>("--name") { Description = "C# name of a smart process: 1032=Contract. May be given several times." };
        var openApi = new Option<FileInfo?>("--openapi") { Description = "An OpenAPI document of REST 3.0 on disk; default: the portal is asked for its own." };
        var report = new Option<FileInfo?>("--report") { Description = "Write what was read and what changed, as JSON." };
        var command = new Command(
            "pull",
            $"Reads custom fields, stages, statuses and smart processes of a portal into spec files of your project. The portal is only read. "
            + $"{PortalCredentials.Help} Exit code 0: done; 1: --check found differences, or a file has findings; 2: not done, or a call failed: pull again.")
        {
            portal, output, tokens, check, descriptions, names, openApi, report,
        };
        command.SetAction((result, cancellationToken) => Task.FromResult(CommandFailure.Guard(
            () => new PullRun(AnsiConsole.Console, AnsiConsole.Console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected, Console.Out, Console.Error)
            {
                Portal = result.GetValue(portal),
                Tokens = result.GetValue(tokens),
                Output = result.GetValue(output)!.FullName,
                Check = result.GetValue(check),
                Report = result.GetValue(report)?.FullName,
                Options = new()
                {
                    Descriptions = result.GetValue(descriptions),
                    Names = Names(result.GetValue(names) ?? []),
                    OpenApi = result.GetValue(openApi)?.FullName,
                },
            }.Run(cancellationToken),
            Console.Error)));
        return command;
    }

    internal static IReadOnlyDictionary<long, string> Names(IEnumerable<string> given)
    {
        var names = new Dictionary<long, string>();
        foreach (var text in given)
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !IsName(parts[1]))
                throw new CommandFailure($"--name {text}: write the number of the type and a C# name that begins with a capital: 1032=Contract.");
            names[id] = parts[1];
        }

        return names;
    }

    private static bool IsName(string text) => text.Length > 0 && char.IsAsciiLetterUpper(text[0]) && text.All(char.IsAsciiLetterOrDigit);
}

/// <summary>One pull.</summary>
internal sealed class PullRun(IAnsiConsole console, bool interactive, TextWriter output, TextWriter errors)
{
    public string? Portal { get; init; }

    public string? Tokens { get; init; }

    public required string Output { get; init; }

    public bool Check { get; init; }

    public string? Report { get; init; }

    public PullOptions Options { get; init; } = new();

    /// <summary>How calls are made; null: as a client does by default.</summary>
    public Bitrix24ClientOptions? Calls { get; init; }

    /// <summary>Reads a variable of the environment.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public int Run(CancellationToken cancellationToken)
    {
        var steps = new Steps(console, interactive);
        var credentials = PortalCredentials.Find(Portal, Tokens, Environment);
        var packaged = PackagedSpecs.Documents;
        var set = SpecSet.Create(packaged);
        var sources = PullSources.Load();
        using var portal = new PortalAccess(set, credentials, Calls)
        {
            Documents = new HashSet<string>([SpecSelector.InCall(SpecSelector.V3Api, sources.OpenApi)], StringComparer.Ordinal),
        };
        var result = steps.Run(() => steps.Step(
            $"Reading {portal.Host}",
            progress => new PortalPull(portal, set, sources, Options).RunAsync(progress, cancellationToken).GetAwaiter().GetResult()));

        var earlier = PullFolder.Earlier(Output);
        var documents = PullFolder.Documents(Output, result.Files);
        PullFolder.Keep(documents, earlier, result.Unread);
        var pulled = SpecSet.Create([.. packaged, .. documents.Values]);
        var changes = SpecDiff.Compare(earlier.Count == 0 ? set : SpecSet.Create([.. packaged, .. earlier]), pulled);
        var findings = documents.Values.SelectMany(static d => d.Diagnostics).Concat(pulled.Diagnostics.Where(d => documents.ContainsKey(d.Path))).ToList();
        if (!Check)
            PullFolder.Write(documents, earlier);
        var differs = !documents.Values.Select(static d => (d.Path, d.Text)).SequenceEqual(earlier.OrderBy(static d => d.Path, StringComparer.Ordinal).Select(static d => (d.Path, d.Text)));
        Print(portal, result, documents.Keys, changes, findings, isFirst: earlier.Count == 0);
        if (!Check && differs)
            PullSummary.NextStep(result.Files, Output, output);
        if (result.Failures.Count > 0)
            return ExitCode.BadInput;
        return findings.Count > 0 || (Check && differs) ? ExitCode.Findings : ExitCode.Clean;
    }

    private void Print(
        PortalAccess portal, PullResult result, IEnumerable<string> paths, IReadOnlyList<SpecChange> changes, IReadOnlyList<SpecDiagnostic> findings, bool isFirst)
    {
        foreach (var note in PullSummary.Notes(result.Notes))
            errors.Line(note);
        foreach (var failure in result.Failures)
            errors.Line(failure);
        foreach (var diagnostic in findings)
            errors.Line(SpecFolder.Describe(diagnostic));
        // There is nothing to compare with yet, but for the portal's specs.
        if (isFirst && !Check)
            PullSummary.Files(result.Files, output);
        else
            PullSummary.Changes(changes, output);
        var fields = result.Files.SelectMany(static f => f.Types).Sum(static t => t.Fields.Count);
        output.Line($"{portal.Host}: {Counted.Of(portal.Calls, "call")}, {Counted.Of(result.Files.Count, "file")}, {Counted.Of(fields, "field")}{(Check ? ", nothing written" : "")}");
        if (result.UnknownMethods.Count > 0)
            output.Line($"Methods of the portal's OpenAPI document that the specs lack: {string.Join(", ", result.UnknownMethods)}");
        if (result.Failures.Count > 0)
            errors.Line($"Calls that failed: {result.Failures.Count}. What needs them is left out, or as it was in the folder. Pull again.");
        if (Report is not null)
        {
            File.WriteAllText(Report, ReportJson.Serialize(new
            {
                portal = portal.Host,
                calls = portal.Calls,
                files = paths.Select(p => Path.GetRelativePath(Output, p).Replace('\\', '/')).ToArray(),
                notes = result.Notes,
                failures = result.Failures,
                unknownMethods = result.UnknownMethods,
                findings = findings.Select(SpecFolder.Describe).ToArray(),
                changes,
            }) + "\n");
        }
    }
}
