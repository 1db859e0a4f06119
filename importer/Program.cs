using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Importer.Methods;
var docs = DocSet.Load(args[0]);
var dict = TypeDictionary.Read(docs);
var schema = new SchemaReader(docs, dict);
var reader = new MethodReader(docs, schema, schema.Types);
var list = new List<MethodDoc>();
foreach (var page in docs.Pages)
{
    var role = PageClassifier.Classify(page);
    if (role.Kind == PageKind.Method) list.Add(reader.Read(page, role.Name!.Name));
}
Console.WriteLine($"methods {list.Count} typed {list.Sum(m => m.Tally.Typed)} untyped {list.Sum(m => m.Tally.Untyped)} unknown {list.Sum(m => m.Tally.UnknownTypes)} resolved {list.Sum(m => m.Tally.NestedResolved)} unresolved {list.Sum(m => m.Tally.NestedUnresolved)} errors {list.Sum(m=>m.ErrorRows)} used {list.Sum(m=>m.ErrorRowsUsed)}");
Console.WriteLine($"requests {list.Sum(m => m.Requests.Count)} strict {list.Sum(m => m.Requests.Count(r => r.Strict))} responses {list.Sum(m => m.Responses.Count(r => !r.IsError))} strict {list.Sum(m => m.Responses.Count(r => !r.IsError && r.Strict))}");
foreach (var g in list.SelectMany(m => m.Tally.RuleCounts).GroupBy(k => k.Key)) Console.WriteLine($"{g.Key} {g.Sum(k => k.Value)}");
foreach (var m in list) foreach (var n in m.Tally.Notes) Console.WriteLine($"NOTE {m.Page.Path}:{n.Line} {n.Message}");
foreach (var m in list) foreach (var r in m.Params.Members) if (args.Length > 1) Console.WriteLine($"P {m.Name} {r.Name} {ShapeText.Of(r.Shape)} {(r.Required ? "required" : "")} enum[{string.Join(',', r.Enum)}] def {r.Default} pat {r.Pattern} max {r.MaxLength} {r.Min}..{r.Max} {(r.ReadOnly ? "RO" : "")} {(r.Immutable ? "IM" : "")}");
return 0;
