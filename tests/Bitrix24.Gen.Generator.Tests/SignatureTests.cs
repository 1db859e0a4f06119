using Bitrix24.Gen.Generator.Tests.Harness;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>The signatures of typed methods, compared with the specs over every area.</summary>
public class SignatureTests
{
    [Theory]
    [InlineData("bitrix24", "")]
    [InlineData("bitrix24-v3", "v3/")]
    [InlineData("vibecode", "vibecode/")]
    [InlineData("amocrm", "amocrm/")]
    public void WhatOnlyExamplesShow_IsAPropertyOfTheRequestAndNoArgument(string api, string prefix)
    {
        var specs = PackagedFiles.Of(api);
        var methods = Methods(specs, prefix);
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
        var methods = Methods(PackagedFiles.Of("bitrix24"), "");

        Assert.All(new[] { "crm.item.delete", "crm.timeline.item.pin", "task.checklistitem.update", "task.dependence.add" }, name =>
            Assert.False(((INamedTypeSymbol)Assert.Single(methods[name]).ReturnType).IsGenericType, name));
    }

    private static ILookup<string, IMethodSymbol> Methods(IReadOnlyList<TestFile> specs, string prefix)
    {
        var areas = specs.Select(static f => Path.GetFileName(f.Path).Split('.')[0]).Where(static n => n != "api").Distinct();
        var compilation = GeneratorHarness.Run($"[Bitrix24.Bitrix24Client({string.Join(", ", areas.Select(a => $"\"{prefix}{a}\""))})] partial class Portal;", specs).Output();
        return compilation.GetSymbolsWithName(static n => n.EndsWith("Async", StringComparison.Ordinal), SymbolFilter.Member).OfType<IMethodSymbol>()
            .Select(static m => (Method: m, Name: m.GetAttributes().Where(static a => a.AttributeClass?.Name == "Bitrix24MethodAttribute").Select(static a => (string)a.ConstructorArguments[0].Value!).FirstOrDefault()))
            .Where(static m => m.Name is not null)
            .ToLookup(static m => m.Name!, static m => m.Method);
    }
}
