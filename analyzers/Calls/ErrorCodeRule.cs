using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>B24201: in the catch of known calls, a comparison with a code that none of them answers.</summary>
internal sealed class ErrorCodeRule(ApiCalls calls, SpecCatalog catalog, CancellationToken cancellationToken)
{
    private const string Exception = "Bitrix24ApiException";

    /// <summary>The compared constants that are no code of any call in the try block, and the code that was probably meant.</summary>
    public IEnumerable<(SyntaxNode Node, string Code, string? Nearest)> Check(ITryOperation operation)
    {
        var compared = operation.Catches.SelectMany(Compared).ToList();
        if (compared.Count == 0 || Codes(operation.Body) is not { } known)
            yield break;
        foreach (var (node, code) in compared)
        {
            if (!known.Contains(code))
                yield return (node, code, Suggestion.Nearest(code, known));
        }
    }

    /// <summary>The codes of all calls in a block; null where a call might be of any method, or is of none that names its errors.</summary>
    private HashSet<string>? Codes(IOperation body)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        var found = false;
        foreach (var operation in body.Descendants())
        {
            if (operation is IDynamicInvocationOperation)
                return null;
            if (operation is not IInvocationOperation invocation)
                continue;
            if (!calls.IsApiInvocation(invocation))
            {
                if (MayCallApi(invocation.TargetMethod))
                    return null;
                continue;
            }

            if (calls.Read(invocation, cancellationToken) is not { } call
                || catalog.FindMethod(call.Name, call.Api, cancellationToken) is not { Spec.Errors.Count: > 0 } method)
            {
                return null;
            }

            ErrorCodes.AddOf(method, codes);
            found = true;
        }

        return found ? codes : null;
    }

    /// <summary>Code of this compilation, delegates and the runtime's other types may call anything.</summary>
    private static bool MayCallApi(IMethodSymbol method) =>
        method.MethodKind is MethodKind.DelegateInvoke or MethodKind.LocalFunction
        || method.DeclaringSyntaxReferences.Length > 0
        || (KnownTypes.IsIn(method.ContainingType, KnownSymbols.Namespace) && method.Name.EndsWith("Async", StringComparison.Ordinal));

    private IEnumerable<(SyntaxNode Node, string Code)> Compared(ICatchClauseOperation clause)
    {
        foreach (var operation in clause.Descendants())
        {
            switch (operation)
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary:
                    if (IsCode(binary.LeftOperand) && Constant(binary.RightOperand) is { } right)
                        yield return right;
                    else if (IsCode(binary.RightOperand) && Constant(binary.LeftOperand) is { } left)
                        yield return left;
                    break;
                case IConstantPatternOperation pattern when IsCodePattern(pattern) && Constant(pattern.Value) is { } value:
                    yield return value;
                    break;
                case ISingleValueCaseClauseOperation { Parent.Parent: ISwitchOperation choice } label
                    when IsCode(choice.Value) && Constant(label.Value) is { } value:
                    yield return value;
                    break;
                case IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String } } equals:
                    var sides = equals.Arguments.Select(static a => a.Value).Concat(equals.Instance is { } instance ? [instance] : []).ToList();
                    if (sides.Any(IsCode) && sides.Select(Constant).FirstOrDefault(static c => c is not null) is { } side)
                        yield return side;
                    break;
            }
        }
    }

    private static bool IsCode(IOperation operation) =>
        Constants.Unwrap(operation) is IPropertyReferenceOperation { Property: { Name: "Code", ContainingType: var type } }
        && KnownSymbols.IsRuntimeType(type, Exception);

    /// <summary>Whether what a pattern is matched against is the code of an exception.</summary>
    private static bool IsCodePattern(IOperation pattern)
    {
        for (var parent = pattern.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IBinaryPatternOperation or INegatedPatternOperation or IPatternCaseClauseOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation:
                    continue;
                case IPropertySubpatternOperation member:
                    return IsCode(member.Member);
                case IIsPatternOperation test:
                    return IsCode(test.Value);
                case ISwitchExpressionOperation choice:
                    return IsCode(choice.Value);
                case ISwitchOperation choice:
                    return IsCode(choice.Value);
                default:
                    return false;
            }
        }

        return false;
    }

    private (SyntaxNode Node, string Code)? Constant(IOperation operation) =>
        Constants.String(operation, cancellationToken) is { } code && operation.Syntax is ExpressionSyntax node ? (node, code) : null;
}
