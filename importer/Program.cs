using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;
var docs = DocSet.Load(args[0]);
var result = DocImporter.Import(docs);
Console.WriteLine($"{result.Files.Count} files {result.Files.Sum(f => f.Methods.Count)} methods {result.Files.Sum(f => f.Types.Count)} types {result.Files.Sum(f => f.Types.Count(t => !t.Inline))} named");
var docsOut = SpecOutput.Write(result.Files);
Directory.CreateDirectory(args[1]);
foreach (var d in docsOut) { var p = Path.Combine(args[1], d.Path); Directory.CreateDirectory(Path.GetDirectoryName(p)!); File.WriteAllText(p, d.Text); }
foreach (var d in docsOut) foreach (var x in d.Diagnostics) Console.WriteLine($"DIAG {x.Id} {x.Path} {x.Pointer} {x.Message}");
var profile = SpecReader.Read("bitrix24/api.b24.json", File.ReadAllText(args[2] + "/bitrix24/api.b24.json"));
var set = SpecSet.Create(docsOut.Append(profile));
foreach (var x in set.Diagnostics) Console.WriteLine($"SET {x.Id} {x.Path} {x.Pointer} {x.Message}");
var all = ExampleCheck.Run(set, result.Methods);
foreach (var req in new[] { true, false })
{
    var strict = all.Where(e => e.IsRequest == req && e.Strict).ToArray();
    Console.WriteLine($"{(req ? "requests" : "responses")} strict {strict.Length} failing {strict.Count(e => e.Fails)} = {100.0 * strict.Count(e => !e.Fails) / strict.Length:F2}%");
    foreach (var e in strict.Where(e => e.Fails)) foreach (var v in e.Violations.Where(v => !req || v.Severity == SpecSeverity.Error)) Console.WriteLine($"{(req ? "REQ" : "RES")} {e.Method.Name} {e.Method.Page.Path}:{e.Line} {v.RuleId} {v.Rule} {v.Path} {v.Message}");
}
return 0;
