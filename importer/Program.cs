using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Output;
var docs = DocSet.Load(args[0]);
var result = DocImporter.Import(docs);
Console.WriteLine($"{result.Files.Count} files {result.Files.Sum(f => f.Methods.Count)} methods {result.Files.Sum(f => f.Types.Count)} types {result.Files.Sum(f => f.Types.Count(t => !t.Inline))} named");
return 0;
