using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Tools;

return await SpecCommands.Create().Parse(args).InvokeAsync(SecretlessWriter.Configuration(Console.Error));
