namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>Applies code fixes to sources with marks, such as <c>{|B24102:descripton|}</c>, and compares the result.</summary>
public static class VerifyFix
{
    /// <summary>Statements that break rules, and the same statements after the fix; what is still reported is marked in them.</summary>
    public static Task StatementsAsync(string statements, string fixedStatements) => SourceAsync(Sample.Statements(statements), Sample.Statements(fixedStatements));

    /// <summary>A source that breaks rules, and the same source after the fix.</summary>
    public static Task SourceAsync(string source, string fixedSource) => SourcesAsync([source], [fixedSource]);

    /// <summary>Statements that break rules in a way that no fix repairs.</summary>
    public static Task NoneAsync(string statements) => StatementsAsync(statements, statements);

    /// <summary>Statements of several files, and the same after the fixes.</summary>
    public static Task AllAsync(string[] statements, string[] fixedStatements, params SpecText[] ownSpecs) =>
        SourcesAsync([.. statements.Select(Named)], [.. fixedStatements.Select(Named)], ownSpecs);

    /// <summary>Several sources, and the same after the fixes.</summary>
    public static Task SourcesAsync(string[] sources, string[] fixedSources, params SpecText[] ownSpecs)
    {
        var test = new CodeFixTest(ownSpecs);
        for (var i = 0; i < sources.Length; i++)
        {
            test.TestState.Sources.Add(($"Sample{i}.cs", sources[i]));
            test.FixedState.Sources.Add(($"Sample{i}.cs", fixedSources[i]));
        }

        return test.RunAsync();
    }

    private static string Named(string statements, int index) =>
        Sample.Statements(statements).Replace("class Sample", $"class Sample{index}", StringComparison.Ordinal);
}
