using Bitrix24.Gen.Generator.Tests.Harness;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>The signatures of typed methods, compared with the specs over every area.</summary>
public class SignatureTests
{
    [Theory]
    [InlineData("bitrix24")]
    [InlineData("bitrix24-v3")]
    [InlineData("vibecode")]
    [InlineData("amocrm")]
    public void WhatOnlyExamplesShow_IsAPropertyOfTheRequestAndNoArgument(string api)
    {
        var specs = PackagedFiles.Of(api);
        var methods = Methods(api);
        var set = SpecSet.Create([.. specs.Select(static s => SpecReader.Read(s.Path, s.Text))]);
        var checkedMethods = 0;
        foreach (var name in set.MethodNames(api))
        {
            var spec = set.FindMethod(name, api)!;
            var members = CSharpNames.Members(spec, set.Profile(api));
            var shown = spec.Params.Select(static (p, i) => (Parameter: p, Index: i)).Where(static p => p.Parameter is { Guessed: true, Required: false }).ToArray();
            foreach (var method in methods[name])
            {
                checkedMethods++;
                Assert.Equal("CancellationToken", method.Parameters[^1].Type.Name);
                Assert.All(shown, p => Assert.DoesNotContain(method.Parameters, a => a.Name.Equals(members[p.Index], StringComparison.OrdinalIgnoreCase) && a.Type.Name != "Action"));
            }
        }

        Assert.True(checkedMethods >= set.MethodNames(api).Count() * 0.9, $"{checkedMethods} methods");
    }

    [Fact]
    public void AnswerThatCarriesNothing_IsATaskWithoutAValue()
    {
        var methods = Methods("bitrix24");

        Assert.All(new[] { "crm.item.delete", "crm.timeline.item.pin", "task.checklistitem.update", "task.dependence.add" }, name =>
            Assert.False(((INamedTypeSymbol)Assert.Single(methods[name]).ReturnType).IsGenericType, name));
    }

    [Fact]
    public void MethodsThatDemandNothing_AreCalledWithoutArguments()
    {
        var many = string.Join(", ", Enumerable.Range(1, 10).Select(static i => $"\"p{i}\": {{ \"type\": \"int\" }}"));
        var spec = new TestFile("/specs/bitrix24/thing.b24.json", $$"""
            {
              "api": "bitrix24",
              "types": { "Thing": { "fields": { "id": { "type": "int" } } } },
              "methods": {
                "thing.get": { "operation": "get", "params": { {{many}} }, "result": { "type": "Thing" } },
                "thing.set": { "operation": "update", "params": { "id": { "type": "int", "required": true }, {{many}} }, "result": { "type": "bool" } },
                "thing.list": { "operation": "list", "paging": "start", "params": { "filter": { "type": "Thing", "as": "filter", "required": true }, "start": { "type": "int" }, {{many}} }, "result": { "type": "Thing[]" } }
              }
            }
            """);
        GeneratorHarness.Run(
            """
            using System.Threading;
            using System.Threading.Tasks;
            using Bitrix24;

            [Bitrix24Client("thing", Interfaces = true)]
            internal partial class Portal;

            internal static class Use
            {
                internal static async Task RunAsync(IPortal portal, Portal own, CancellationToken stop)
                {
                    _ = await own.Thing.GetAsync();
                    _ = await own.Thing.GetAsync(cancellationToken: stop);
                    _ = await own.Thing.GetAsync(new() { P1 = 1 }, stop);
                    _ = await own.Thing.SetAsync(new() { Id = 1 }, stop);
                    _ = own.Thing.ListAsync();
                    _ = own.Thing.ListAsync(cancellationToken: stop);
                    _ = own.Thing.ListAsync(q => q.Where(t => t.Id > 5), new() { P1 = 1 }, stop);
                    _ = portal.Thing;
                }

                internal static async Task FakedAsync(Bitrix24.Thing.IThingArea things, CancellationToken stop)
                {
                    _ = await things.GetAsync();
                    _ = await things.GetAsync(new() { P1 = 1 }, stop);
                    _ = things.ListAsync(cancellationToken: stop);
                }
            }
            """,
            spec).AssertCompiles();
    }

    [Theory]
    [InlineData("bitrix24")]
    [InlineData("vibecode")]
    public void OfEveryMethod_ArgumentsAreDemandedOnlyWhereTheRequestDemandsThem(string api)
    {
        foreach (var method in Methods(api))
        {
            var member = method.First();
            var request = member.ContainingNamespace.GetTypeMembers().Single(t => t.Name.EndsWith("Request", StringComparison.Ordinal) && Method(t, api) == method.Key);
            if (!request.GetMembers().OfType<IPropertySymbol>().Any(static p => p.IsRequired))
                Assert.All(member.Parameters, p => Assert.True(p.IsOptional, $"{method.Key}: {p.Name}"));
        }
    }

    private static string? Method(ISymbol symbol, string api) => symbol.GetAttributes()
        .Where(a => a.AttributeClass?.Name == "Bitrix24MethodAttribute" && (a.NamedArguments.FirstOrDefault(static n => n.Key == "Api").Value.Value as string ?? "bitrix24") == api)
        .Select(static a => (string)a.ConstructorArguments[0].Value!)
        .FirstOrDefault();

    private static ILookup<string, IMethodSymbol> Methods(string api) => EveryArea.Of(api).Compilation
        .GetSymbolsWithName(static n => n.EndsWith("Async", StringComparison.Ordinal), SymbolFilter.Member).OfType<IMethodSymbol>()
        .Select(m => (Method: m, Name: Method(m, api)))
        .Where(static m => m.Name is not null)
        .ToLookup(static m => m.Name!, static m => m.Method);
}
