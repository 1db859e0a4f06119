using System.CommandLine;
using Bitrix24.Gen.Emulator;

return await CommandLine.Root().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
