using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Tools;

// Commands quote files and folders that they do not find, and a secret may stand in their place.
var errors = Console.Error;
Console.SetError(new SecretlessWriter(errors, args));
return await SpecCommands.RunAsync(args, errors);
