using System.CommandLine;
using Bitrix24.Gen.Importer.Reporting;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary><c>b24-spec lint</c>: reads spec files, each alone and all together.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("dir") { Description = "Folder of spec files: a whole API with its api.b24.json, or a project's own files over the packaged ones." };
        var command = new Command("lint", "Checks spec files: form, references, overlays, rules, C# names. Exit code 0: clean; 1: findings; 2: specs that cannot be read.") { folder };
        command.SetAction(result => CommandFailure.Guard(() => Run(SpecFolder.Load(result.GetValue(folder)!.FullName), Console.Out), Console.Error));
        return command;
    }

    internal static int Run(SpecInput input, TextWriter output)
    {
        var findings = input.Problems.Concat(input.Findings
            .OrderBy(static f => f.Path, StringComparer.Ordinal).ThenBy(static f => f.Range.Line).ThenBy(static f => f.Range.Column).ThenBy(static f => f.Id, StringComparer.Ordinal)
            .Select(SpecFolder.Describe)).ToArray();
        foreach (var finding in findings)
            output.Line(finding);
        var files = input.Own.Select(static d => d.File).Where(static f => f is not null).ToArray();
        output.Line(string.Join(", ",
            Counted.Of(input.Own.Count, "file"), Counted.Of(files.Sum(static f => f!.Methods.Count), "method"),
            Counted.Of(files.Sum(static f => f!.Types.Count), "type"), Counted.Of(findings.Length, "finding")));
        return findings.Length > 0 ? ExitCode.Findings : ExitCode.Clean;
    }
}
