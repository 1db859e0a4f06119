using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers;

/// <summary>Tells generated files by their names.</summary>
internal static class Generated
{
    public static bool IsGenerated(SyntaxTree tree) =>
        tree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase)
        || tree.FilePath.EndsWith(".generated.cs", StringComparison.OrdinalIgnoreCase);
}
