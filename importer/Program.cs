using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Tools;

// Commands quote files and folders that they do not find, and a secret may stand in their place.
Console.SetError(new SecretlessWriter(Console.Error, args));
return await SpecCommands.RunAsync(args, Console.Error);
