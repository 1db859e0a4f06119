using Bitrix24.Gen.Importer.Commands;

return await SpecCommands.Create().Parse(args).InvokeAsync();
