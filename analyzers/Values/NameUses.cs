using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Analyzers.Values;

/// <summary>How often simple names are used within a member, and which of them are written to.</summary>
/// <remarks>By name alone: another variable of the same name elsewhere in the member makes the answer more careful, never wrong.</remarks>
internal sealed class NameUses
{
    // A method with many calls asks once for each; its syntax is searched once.
    private static readonly ConditionalWeakTable<SyntaxNode, NameUses> Known = new();

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    private NameUses(SyntaxNode scope)
    {
        foreach (var identifier in scope.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            var name = identifier.Identifier.ValueText;
            if (IsMemberName(identifier))
                continue;
            _counts[name] = Count(name) + 1;
            if (IsWriteTarget(identifier))
                _written.Add(name);
        }
    }

    public static NameUses In(SyntaxNode scope) => Known.GetValue(scope, static s => new(s));

    public int Count(string name) => _counts.TryGetValue(name, out var count) ? count : 0;

    public bool IsWritten(string name) => _written.Contains(name);

    private static bool IsWriteTarget(IdentifierNameSyntax identifier)
    {
        SyntaxNode node = identifier;
        while (node.Parent is ParenthesizedExpressionSyntax or TupleExpressionSyntax
               || (node.Parent is ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent: TupleExpressionSyntax }))
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == node,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind is (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword,
            PrefixUnaryExpressionSyntax prefix => prefix.RawKind is
                (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression,
            PostfixUnaryExpressionSyntax postfix => postfix.RawKind is
                (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression,
            RefExpressionSyntax => true,
            _ => false,
        };
    }

    private static bool IsMemberName(IdentifierNameSyntax identifier) => identifier.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == identifier,
        NameColonSyntax or NameEqualsSyntax or QualifiedNameSyntax => true,
        _ => false,
    };
}
