using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Tools;

var configuration = SecretlessWriter.Configuration(Console.Error);
configuration.ProcessTerminationTimeout = null;
return await CommandLine.Root().Parse(args).InvokeAsync(configuration);
