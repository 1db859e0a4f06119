using System.CommandLine;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary><c>b24-spec check</c>: judges calls or answers, one JSON object a line.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "JSON lines: {\"id\", \"method\", \"params\"}, or with --responses {\"id\", \"method\", \"response\"}; \"api\" where it is not bitrix24." };
        var specs = new Option<DirectoryInfo>("--specs") { Description = "Folder of spec files.", DefaultValueFactory = static _ => SpecFolder.Default() };
        var responses = new Option<bool>("--responses") { Description = "The lines hold answers." };
        var format = new Option<string>("--format") { Description = "Form of the output.", DefaultValueFactory = static _ => "jsonl" };
        format.AcceptOnlyFromAmong("text", "jsonl");
        var command = new Command("check", "Judges calls or answers against the specs.") { file, specs, responses, format };
        command.SetAction(result =>
        {
            var input = result.GetValue(file)!;
            var folder = result.GetValue(specs)!;
            if (!input.Exists)
                return Fail($"{input.FullName}: no such file.");
            if (!folder.Exists)
                return Fail($"{folder.FullName}: no such folder.");
            var set = SpecSet.Create(SpecOutput.Load(folder.FullName));
            using var reader = input.OpenText();
            return Run(reader, Console.Out, Console.Error, set, result.GetValue(responses), result.GetValue(format) == "text");
        });
        return command;
    }

    /// <summary>Judges every line. 0: clean; 1: violations; 2: a line that cannot be read.</summary>
    internal static int Run(TextReader input, TextWriter output, TextWriter errors, SpecSet set, bool responses, bool text)
    {
        var status = ExitCode.Clean;
        var number = 0;
        while (input.ReadLine() is { } line)
        {
            number++;
            if (line.Trim().Length == 0)
                continue;
            if (CheckLine.Read(line, responses) is not { } call)
            {
                errors.WriteLine($"line {number}: {CheckLine.Problem(line, responses)}");
                status = ExitCode.BadInput;
                continue;
            }

            var violations = Judge(set, call, responses);
            if (violations.Count > 0 && status == ExitCode.Clean)
                status = ExitCode.Findings;
            if (text)
                WriteText(output, call, violations);
            else
                output.WriteLine(CheckLine.Write(call.Id, violations));
        }

        return status;
    }

    private static IReadOnlyList<Violation> Judge(SpecSet set, CheckLine call, bool responses)
    {
        if (!responses || set.FindMethod(call.Method, call.Api) is not { } method)
            return SpecValidator.ValidateCall(set, call.Api, call.Method, call.Content);
        return SpecValidator.ValidateResponse(set, method, call.Content!);
    }

    private static void WriteText(TextWriter output, CheckLine call, IReadOnlyList<Violation> violations)
    {
        foreach (var violation in violations)
        {
            var code = violation.Code is null ? "" : $" [{violation.Code}]";
            output.WriteLine($"{call.Label}: {violation.Severity.ToString().ToLowerInvariant()} {violation.RuleId} {violation.Path}: {violation.Message}{code}");
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.BadInput;
    }
}
