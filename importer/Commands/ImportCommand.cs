using System.CommandLine;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Pages;
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
        var command = new Command("import", "Derives spec files from the official documentation.") { docs, output, report, issues, descriptions };
        command.SetAction(result =>
        {
            var folder = result.GetValue(docs)!;
            if (!folder.Exists)
            {
                Console.Error.WriteLine($"{folder.FullName}: no such folder.");
                return ExitCode.BadInput;
            }

            return Run(folder.FullName, result.GetValue(output)!.FullName, result.GetValue(report)?.FullName, result.GetValue(issues)?.FullName, result.GetValue(descriptions), AnsiConsole.Console);
        });
        return command;
    }

    private static int Run(string folder, string output, string? report, string? issues, bool descriptions, IAnsiConsole console)
    {
        var result = WithProgress(console, step =>
        {
            var set = DocSet.Load(folder, share => step("Reading pages", share));
            return DocImporter.Import(set, descriptions, share => step("Reading methods", share));
        });
        var documents = SpecOutput.Write(result.Files);
        foreach (var document in documents)
        {
            var path = Path.Combine(output, document.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, document.Text);
        }

        ApiProfiles.Complete(output);
        var all = SpecOutput.Load(output);
        var specs = SpecSet.Create(all);
        foreach (var diagnostic in documents.SelectMany(static d => d.Diagnostics).Concat(specs.Diagnostics))
            Console.Error.WriteLine($"{diagnostic.Path}({diagnostic.Range.Line + 1},{diagnostic.Range.Column + 1}): {diagnostic.Id}: {diagnostic.Message}");
        var examples = ExampleCheck.Run(specs, result.Methods);
        var summary = ImportReport.Create(result, examples, report is null ? new Dictionary<string, MutationCounts>() : MutationCheck.Run(specs, result.Methods), OverlayReport.Of(all));
        if (report is not null)
            File.WriteAllText(report, ReportJson.Serialize(summary) + "\n");
        if (issues is not null)
            File.WriteAllText(issues, DocumentationIssues.Write(result.Methods, examples));
        SummaryTable.Write(console, summary);
        return ExitCode.Clean;
    }

    private static T WithProgress<T>(IAnsiConsole console, Func<Action<string, double>, T> work)
    {
        if (!console.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
            return work(static (_, _) => { });
        return console.Progress().AutoClear(true).Start(context =>
        {
            var tasks = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
            var gate = new Lock();
            return work((name, share) =>
            {
                lock (gate)
                {
                    if (!tasks.TryGetValue(name, out var task))
                        tasks.Add(name, task = context.AddTask(name, maxValue: 1));
                    task.Value = Math.Max(task.Value, share);
                }
            });
        });
    }
}
