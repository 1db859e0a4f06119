using System.CommandLine.Invocation;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Tools;

var configuration = SecretlessWriter.Configuration(Console.Error, args);
configuration.ProcessTerminationTimeout = null;
var arguments = CommandLine.Root().Parse(args);
// A line that says what is wrong, not the whole help.
if (arguments.Action is ParseErrorAction wrong)
    wrong.ShowHelp = false;
return await arguments.InvokeAsync(configuration);
