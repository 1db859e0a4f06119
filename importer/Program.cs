using System.CommandLine;
using Bitrix24.Gen.Importer.Commands;

var root = new RootCommand("Specs of the Bitrix24 REST API: import from the documentation, check, compare.")
{
    ImportCommand.Create(),
    CheckCommand.Create(),
    DiffCommand.Create(),
    FieldsCommand.Create(),
    LintCommand.Create(),
    PullCommand.Create(),
    McpCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
