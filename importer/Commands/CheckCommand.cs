using System.CommandLine;
using System.Text;
using Bitrix24.Gen.Importer.Mcp;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary><c>b24-spec check</c>: checks calls or answers, one JSON object a line.</summary>
internal static class CheckCommand
{
    private const string StandardInput = "-";

    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description = "JSON lines: {\"id\", \"method\", \"params\"}, or with --responses {\"id\", \"method\", \"response\"}; "
                + "\"api\" where it is not bitrix24. - reads standard input."
        };
        var specs = new Option<DirectoryInfo?>("--specs") { Description = "Folder of spec files; default: the packaged ones." };
        var responses = new Option<bool>("--responses") { Description = "The lines hold answers." };
        var format = new Option<string>("--format") { Description = "Form of the output.", DefaultValueFactory = static _ => "jsonl" };
        format.AcceptOnlyFromAmong("text", "jsonl");
        var command = new Command("check",
            "Checks calls or answers against the specs. Exit code 0: clean; 1: violations, warnings too; 2: input that cannot be read.")
        {
            file, specs, responses, format,
        };
        command.SetAction(result => CommandFailure.Guard(
            () =>
            {
                var path = result.GetValue(file)!;
                var check = new CallCheck(SpecFolder.Specs(result.GetValue(specs)), result.GetValue(responses), result.GetValue(format) == "text");
                using var input = path == StandardInput ? Console.OpenStandardInput() : Open(path);
                using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024) { NewLine = "\n" };
                // Whoever feeds line by line wants to hear line by line.
                output.AutoFlush = path == StandardInput;
                return check.Run(input, path == StandardInput ? "line " : path + ":", output, Console.Error);
            },
            Console.Error));
        return command;
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new CommandFailure($"{path}: a folder; name a file of JSON lines.");
        return File.Exists(path) ? File.OpenRead(path) : throw new CommandFailure($"{path}: no such file.");
    }
}

/// <summary>Checks lines, each by itself.</summary>
internal sealed class CallCheck(SpecSet set, bool responses, bool text)
{
    private readonly RoutedCalls _routed = new(set);

    /// <summary>Checks every line. 0: clean; 1: violations; 2: a line that cannot be read, whatever the others are.</summary>
    /// <param name="input">The lines, in UTF-8.</param>
    /// <param name="prefix">What stands before a line's number in messages.</param>
    /// <param name="output">For what was found.</param>
    /// <param name="errors">For lines that cannot be read.</param>
    public int Run(Stream input, string prefix, TextWriter output, TextWriter errors)
    {
        var (count, broken, unread) = (0, 0, 0);
        foreach (var line in JsonLines.Read(input))
        {
            var problem = line.Problem;
            var call = problem is null ? CheckLine.Read(line.Text!, responses, set.Apis, out problem) : null;
            if (call is null)
            {
                unread++;
                errors.Line($"{prefix}{line.Number}: {problem}");
                continue;
            }

            count++;
            var violations = Validate(call);
            broken += violations.Any(static v => v.Severity > RuleSeverity.Info) ? 1 : 0;
            if (text)
                WriteText(output, call, line.Number, violations);
            else
                output.WriteLine(CheckLine.Write(call.Id, violations, set.Profile(call.Api)));
        }

        if (text)
            output.Line($"{count} checked, {broken} with violations, {unread} unreadable");
        return unread > 0 ? ExitCode.BadInput : broken > 0 ? ExitCode.Findings : ExitCode.Clean;
    }

    private IReadOnlyList<SpecViolation> Validate(CheckLine call)
    {
        if (!responses && _routed.Is(call))
            return _routed.Validate(call);
        if (!responses || set.FindMethod(call.Method, call.Api) is not { } method)
        {
            // A call may have been taken out of a batch, with references in place of values that nobody knows yet.
            return SpecValidator.ValidateCall(set, call.Api, call.Method, call.Parameters, inBatch: true);
        }

        return SpecValidator.ValidateResponse(set, method, call.Content!);
    }

    private void WriteText(TextWriter output, CheckLine call, int line, IReadOnlyList<SpecViolation> violations)
    {
        foreach (var violation in violations)
        {
            var code = violation.Code is null ? "" : $" [{violation.Code}]";
            var path = violation.Path.Length == 0 ? "" : violation.Path + ": ";
            output.Line($"{line}: {call.Label}: {violation.Severity.ToString().ToLowerInvariant()} {violation.RuleId}: {path}{violation.Message}{code} {FixText.Of(violation, set.Profile(call.Api))}");
        }
    }
}
