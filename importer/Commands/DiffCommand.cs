using System.CommandLine;
using Bitrix24.Gen.Importer.Diff;
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
        var command = new Command("diff",
            "Says what an API change means for a user, breaking changes first. Exit code 0: nothing breaks; 1: something does; 2: specs that cannot be read.")
        {
            old, current, format,
        };
        command.SetAction(result => CommandFailure.Guard(
            () =>
            {
                var changes = SpecDiff.Compare(SpecFolder.Specs(result.GetValue(old)!), SpecFolder.Specs(result.GetValue(current)!));
                Write(changes, result.GetValue(format) == "json", Console.Out);
                return changes.Any(static c => c.Breaking) ? ExitCode.Findings : ExitCode.Clean;
            },
            Console.Error));
        return command;
    }

    internal static void Write(IReadOnlyList<SpecChange> changes, bool json, TextWriter output)
    {
        var breaking = changes.Count(static c => c.Breaking);
        if (json)
        {
            output.WriteLine(ReportJson.Serialize(new { breaking, compatible = changes.Count - breaking, changes }));
            return;
        }

        foreach (var group in changes.GroupBy(static c => c.Breaking))
        {
            output.Line(group.Key ? "Breaking" : "Compatible");
            foreach (var change in group)
            {
                var api = change.Api == SpecSet.DefaultApi ? "" : change.Api + " ";
                output.Line($"  {api}{change.Path}: {change.Message} {change.Means}");
                if (change.Methods.Count > 0 && !change.Path.StartsWith(change.Methods[0] + " ", StringComparison.Ordinal))
                    output.Line($"    in {string.Join(", ", change.Methods)}");
            }
        }

        output.Line($"{breaking} breaking, {changes.Count - breaking} compatible");
    }
}
