using System.CommandLine;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;
using Spectre.Console;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary><c>b24-spec import</c>: documentation in, spec files out.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var docs = new Argument<DirectoryInfo>("docs") { Description = "Folder of the documentation in Markdown." };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the spec files; api folders are made in it.", Required = true };
        var report = new Option<FileInfo?>("--report") { Description = "Write what was read and what was not, as JSON." };
        var issues = new Option<FileInfo?>("--issues") { Description = "Write the contradictions within the documentation, as Markdown." };
        var descriptions = new Option<bool>("--descriptions") { Description = "Take over the documentation's descriptions." };
        var command = new Command("import",
            "Derives spec files from the official documentation. Exit code 0: done; 1: done, but a page could not be read or a spec has findings; 2: not done.")
        {
            docs, output, report, issues, descriptions,
        };
        command.SetAction(result => CommandFailure.Guard(
            () => new ImportRun(
                result.GetValue(docs)!.FullName, result.GetValue(output)!.FullName, result.GetValue(report)?.FullName, result.GetValue(issues)?.FullName, result.GetValue(descriptions),
                AnsiConsole.Console, AnsiConsole.Console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected, Console.Error).Run(),
            Console.Error));
        return command;
    }
}

/// <summary>One import.</summary>
internal sealed record ImportRun(string Docs, string Output, string? Report, string? Issues, bool Descriptions, IAnsiConsole Console, bool Interactive, TextWriter Errors)
{
    public int Run()
    {
        var steps = new Steps(Console, Interactive);
        var (folder, findings, summary) = steps.Run(() => Import(steps));
        foreach (var page in folder.Unreadable)
            Errors.Line($"{page.Page}: error: {page.Reason}.");
        foreach (var diagnostic in findings)
            Errors.Line(SpecFolder.Describe(diagnostic));
        foreach (var other in summary.OtherFiles)
            Errors.Line($"{other}: warning: not of this import; it stays as it is.");
        SummaryTable.Write(Console, summary);
        return folder.Unreadable.Count > 0 || findings.Count > 0 ? ExitCode.Findings : ExitCode.Clean;
    }

    private (DocFolder, IReadOnlyList<SpecDiagnostic>, ImportReport) Import(Steps steps)
    {
        var folder = steps.Step("Reading pages", progress => DocFolder.Load(Docs, progress));
        var result = steps.Step("Reading methods", progress => DocImporter.Import(folder.Docs, Descriptions, progress));
        if (result.Files.Count == 0)
            throw new CommandFailure($"{Docs}: {Counted.Of(folder.Docs.Pages.Count, "page")}, none of which describes a method; nothing was written.");
        var (written, all) = steps.Step("Writing specs", _ => Write(result.Files));
        var specs = SpecSet.Create(all);
        var examples = steps.Step("Checking examples", _ => ExampleCheck.Run(specs, result.Methods));
        var mutations = Report is null ? MutationReport.None : steps.Step("Breaking requests", _ => MutationCheck.Run(specs, result.Methods));
        var summary = ImportReport.Create(result, folder.Unreadable, examples, mutations, OverlayReport.Of(all), Others(written, all));
        if (Report is not null)
            WriteText(Report, ReportJson.Serialize(summary) + "\n");
        if (Issues is not null)
            WriteText(Issues, DocumentationIssues.Write(result.Methods, examples));
        return (folder, [.. all.SelectMany(static d => d.Diagnostics), .. specs.Diagnostics], summary);
    }

    private (IReadOnlyList<SpecDocument> Written, IReadOnlyList<SpecDocument> All) Write(IReadOnlyList<SpecFile> files)
    {
        var documents = SpecOutput.Write(files);
        foreach (var document in documents)
            WriteText(Path.Combine(Output, document.Path), document.Text);
        ApiProfiles.Complete(Output);
        return (documents, SpecOutput.Load(Output));
    }

    // Files of an earlier import whose pages are gone would define methods twice, or for ever.
    private static string[] Others(IReadOnlyList<SpecDocument> written, IReadOnlyList<SpecDocument> all)
    {
        var paths = written.Select(static d => d.Path).ToHashSet(StringComparer.Ordinal);
        var apis = written.Select(static d => d.File!.Api).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(d =>
            d.File is { Overlay: false, Name: not SpecFileName.Profile } file && !OverlayReport.IsByHand(d) && apis.Contains(file.Api) && !paths.Contains(d.Path))
                .Select(static d => d.Path)];
    }

    private static void WriteText(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, text);
    }
}
