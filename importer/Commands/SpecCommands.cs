using System.CommandLine;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary>The commands of <c>b24-spec</c>.</summary>
internal static class SpecCommands
{
    public static RootCommand Create() => new("Specs of the Bitrix24 REST API: import from the documentation, check, compare, pull from a portal, serve assistants.")
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
