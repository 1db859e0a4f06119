using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Tells objects that stand alone from parts of others: a part is checked with the whole.</summary>
/// <param name="calls">Reads calls.</param>
/// <param name="models">Knows generated types.</param>
/// <param name="catalog">Knows methods.</param>
internal sealed class ObjectParts(ApiCalls calls, TypedModels models, SpecCatalog catalog)
{
    /// <summary>The object is written inside of one that is checked with it.</summary>
    public bool IsPartOfAnother(IObjectCreationOperation creation, CancellationToken cancellationToken)
    {
        SyntaxNode node = creation.Syntax;
        while (true)
        {
            switch (node.Parent)
            {
                case InitializerExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax or ExpressionElementSyntax
                    or CollectionExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax
                    or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }:
                    node = node.Parent;
                    break;
                case AssignmentExpressionSyntax assignment when assignment.Right == node:
                    if (assignment.Parent is not InitializerExpressionSyntax)
                        return IsTyped(assignment.Left, creation, cancellationToken);
                    node = assignment;
                    break;
                case BaseObjectCreationExpressionSyntax outer:
                    if (Type(outer, creation, cancellationToken) is not INamedTypeSymbol type)
                        return false;
                    if (models.Of(type, cancellationToken) is not null)
                        return true;
                    if (KnownTypes.Shape(type) == JsonShape.Unknown)
                        return false;
                    node = outer;
                    break;
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation }:
                    return creation.SemanticModel?.GetOperation(invocation, cancellationToken) is IInvocationOperation call
                        && (BatchedRequest.IsAdd(call)
                            || (calls.Read(call, cancellationToken) is { } read && catalog.FindMethod(read.Name, read.Api, cancellationToken) is not null));
                default:
                    return false;
            }
        }
    }

    private bool IsTyped(ExpressionSyntax target, IObjectCreationOperation creation, CancellationToken cancellationToken) =>
        creation.SemanticModel?.GetSymbolInfo(target, cancellationToken).Symbol is IPropertySymbol { ContainingType: { } type }
        && models.Of(type, cancellationToken) is not null;

    private static ITypeSymbol? Type(SyntaxNode node, IObjectCreationOperation creation, CancellationToken cancellationToken) =>
        creation.SemanticModel?.GetTypeInfo(node, cancellationToken).Type;
}
