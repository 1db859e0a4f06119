using System.CommandLine;
using System.CommandLine.Invocation;
using Bitrix24.Gen.Tools;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary>The commands of <c>b24-spec</c>.</summary>
internal static class SpecCommands
{
    /// <summary>Runs a command line. What cannot be read as one is bad input: findings have a code of their own.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="errors">Takes the errors; those that a command writes to the console go to <see cref="Console.Error"/>.</param>
    public static async Task<int> RunAsync(string[] words, TextWriter errors)
    {
        var line = Create().Parse(words);
        var code = await line.InvokeAsync(SecretlessWriter.Configuration(errors, words)).ConfigureAwait(false);
        return line.Action is ParseErrorAction ? ExitCode.BadInput : code;
    }

    public static RootCommand Create() => new(
        "Specs of the Bitrix24 REST API: import from the documentation, check, compare, pull from a portal, serve assistants. "
        + "Exit code 0: done, nothing found; 1: done, something found; 2: not done, or input that cannot be read.")
    {
        ImportCommand.Create(),
        CheckCommand.Create(),
        DiffCommand.Create(),
        FieldsCommand.Create(),
        LintCommand.Create(),
        PullCommand.Create(),
        McpCommand.Create(),
    };
}
