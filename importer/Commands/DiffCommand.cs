using System.CommandLine;
using Bitrix24.Gen.Importer.Diff;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary><c>b24-spec diff</c>: what changed between two folders of specs.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var old = new Argument<DirectoryInfo>("old") { Description = "Folder of the earlier specs." };
        var current = new Argument<DirectoryInfo>("new") { Description = "Folder of the later specs." };
        var format = new Option<string>("--format") { Description = "Form of the output.", DefaultValueFactory = static _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("diff", "Says what an API change means for a user, breaking changes first. Exit code 1 when something breaks.") { old, current, format };
        command.SetAction(result =>
        {
            foreach (var folder in new[] { result.GetValue(old)!, result.GetValue(current)! })
            {
                if (folder.Exists)
                    continue;
                Console.Error.WriteLine($"{folder.FullName}: no such folder.");
                return ExitCode.BadInput;
            }

            var changes = SpecDiff.Compare(Load(result.GetValue(old)!), Load(result.GetValue(current)!));
            Write(changes, result.GetValue(format) == "json", Console.Out);
            return changes.Any(static c => c.Breaking) ? ExitCode.Findings : ExitCode.Clean;
        });
        return command;
    }

    private static SpecSet Load(DirectoryInfo folder) => SpecSet.Create(SpecOutput.Load(folder.FullName));

    internal static void Write(IReadOnlyList<SpecChange> changes, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(ReportJson.Serialize(new { changes }));
            return;
        }

        foreach (var group in changes.GroupBy(static c => c.Breaking))
        {
            output.WriteLine(group.Key ? "Breaking" : "Compatible");
            foreach (var change in group)
                output.WriteLine($"  {change.Place}: {change.Message}");
        }

        output.WriteLine($"{changes.Count(static c => c.Breaking)} breaking, {changes.Count(static c => !c.Breaking)} compatible");
    }
}
