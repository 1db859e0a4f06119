using Bitrix24.Gen.Importer.Commands;

return await SpecCommands.RunAsync(args, Console.Error);
