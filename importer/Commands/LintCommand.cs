using System.CommandLine;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary><c>b24-spec lint</c>: reads spec files, each alone and all together.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("dir") { Description = "Folder of spec files." };
        var command = new Command("lint", "Checks spec files: form, references, overlays, rules, C# names.") { folder };
        command.SetAction(result =>
        {
            var directory = result.GetValue(folder)!;
            if (!directory.Exists)
            {
                Console.Error.WriteLine($"{directory.FullName}: no such folder.");
                return ExitCode.BadInput;
            }

            return Run(SpecOutput.Load(directory.FullName), Console.Out);
        });
        return command;
    }

    internal static int Run(IReadOnlyList<SpecDocument> documents, TextWriter output)
    {
        var set = SpecSet.Create(documents);
        var all = documents.SelectMany(static d => d.Diagnostics).Concat(set.Diagnostics).ToArray();
        foreach (var diagnostic in all)
            output.WriteLine($"{diagnostic.Path}({diagnostic.Range.Line + 1},{diagnostic.Range.Column + 1}): {diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Id}: {diagnostic.Message}");
        output.WriteLine($"{documents.Count} files, {set.Files.Sum(static f => f.Methods.Count)} methods, {set.Files.Sum(static f => f.Types.Count)} types, {all.Length} findings");
        return all.Length > 0 ? ExitCode.Findings : ExitCode.Clean;
    }
}
