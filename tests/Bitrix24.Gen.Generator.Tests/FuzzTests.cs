using Bitrix24.Gen.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Whatever a spec file holds, the generator ends without an exception, and what it writes is C# that compiles.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const int Mutations = 20_000;
    private const int Workers = 4;

    // Every mutation's output is parsed; of this many, one is compiled.
    private const int CompileEach = 400;

    private const string Client = """
        namespace App;
        [Bitrix24.Bitrix24Client("crm", "landing.repowidget")]
        public partial class Portal;
        """;

    private const string Deal = """
        {
          "api": "bitrix24", "scope": "crm", "messages": { "WRONG": "It is {field}." },
          "types": {
            "Deal": {
              "open": true,
              "fields": {
                "id": { "type": "int", "readOnly": true },
                "title": { "type": "string", "required": true, "maxLength": 9, "errors": { "maxLength": "WRONG" } },
                "stage": { "type": "string", "enum": ["NEW", "WON", "2nd"], "nullable": true },
                "code": { "type": "Code", "immutable": true },
                "owner": { "fields": { "name": { "type": "string" }, "deal": { "type": "Deal" } } },
                "lines": { "list": true, "fields": { "sum": { "type": "decimal", "min": 0 } }, "uniqueBy": ["sum"] },
                "tags": { "type": "map<string[]>" }
              },
              "errors": { "required": "WRONG" }
            },
            "Code": { "type": "string", "pattern": "^[a-z]+$", "enum": ["a", "b"] }
          },
          "methods": {
            "crm.deal.add": {
              "operation": "add", "of": "Deal", "params": { "fields": { "type": "Deal", "as": "create", "required": true } },
              "result": { "fields": { "id": { "type": "int" } } }, "errors": ["WRONG"], "order": ["fields.title.maxLength"]
            },
            "crm.deal.update": { "operation": "update", "params": { "id": { "type": "int", "required": true }, "fields": { "type": "Deal", "as": "update" } }, "result": { "type": "bool" } },
            "crm.deal.list": {
              "operation": "list", "of": "Deal", "paging": "start",
              "params": {
                "filter": { "type": "Deal", "as": "filter" }, "select": { "type": "Deal", "as": "select" },
                "order": { "type": "Deal", "as": "order" }, "start": { "type": "int" }
              },
              "result": { "type": "Deal[]" }
            },
            "crm.deal.move": { "operation": "action", "params": { "to": { "type": "int|string" }, "file": { "type": "file" } }, "result": { "type": "json", "at": "a.b", "nullable": true } }
          }
        }
        """;

    private const string Own = """
        { "api": "bitrix24", "types": { "Deal": { "fields": { "UF_CRM_COLOR": { "type": "string" } } } }, "methods": { "crm.deal.color": { "operation": "action" } } }
        """;

    [Fact]
    public void NoSpec_BreaksTheGeneratorOrItsOutput()
    {
        TestFile[] files =
        [
            new("/specs/bitrix24/crm.deal.b24.json", Deal),
            PackagedFiles.Named("landing.repowidget"),
            PackagedFiles.Named("api"),
            new("/project/crm.deal.b24.json", Own, packaged: false),
        ];
        var emitted = 0L;
        var compiled = 0;
        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, worker =>
        {
            var harness = GeneratorHarness.RunLean(Client, files);
            for (var i = worker; i < Mutations; i += Workers)
            {
                // Most of the time the file that has everything in it.
                var original = files[i % 10 < 7 ? 0 : i % files.Length];
                var mutated = new TestFile(original.Path, new SpecMutator(i).Mutate(original.Text), original.Packaged);
                harness.ReplaceFile(original, mutated);
                try
                {
                    Interlocked.Add(ref emitted, AssertParses(harness));
                    if (i % CompileEach < Workers && i / CompileEach % Workers == worker)
                    {
                        harness.AssertCompiles();
                        Interlocked.Increment(ref compiled);
                    }
                }
                catch (Xunit.Sdk.XunitException e)
                {
                    Assert.Fail($"mutation {i} of {original.Path}: {e.Message}\n{mutated.Text}");
                }

                harness.ReplaceFileSilently(mutated, original);
            }
        });
        output.WriteLine($"{Mutations} mutations, {emitted / Mutations} characters each, {compiled} compiled");
        Assert.True(compiled >= Mutations / CompileEach / 2);
    }

    private static long AssertParses(GeneratorHarness harness)
    {
        var result = harness.Result;
        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics);
        var length = 0L;
        foreach (var source in result.GeneratedSources)
        {
            var error = source.SyntaxTree.GetDiagnostics().FirstOrDefault(static d => d.Severity == DiagnosticSeverity.Error);
            Assert.True(error is null, $"{source.HintName}: {error}");
            length += source.SourceText.Length;
        }

        return length;
    }
}
