using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
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

    private IEnumerable<(SyntaxNode Node, string Code)> Compared(ICatchClauseOperation clause) =>
        clause.Descendants().SelectMany(o => ComparedText.In(o, IsCode, cancellationToken)).Select(static c => (c.Node, c.Text));

    private static bool IsCode(IOperation operation) =>
        Constants.Unwrap(operation) is IPropertyReferenceOperation { Property: { Name: "Code", ContainingType: var type } }
        && KnownSymbols.IsRuntimeType(type, Exception);
}
