using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>How a call is written.</summary>
internal enum CallForm
{
    /// <summary><c>CallAsync("method", parameters)</c>.</summary>
    Raw,

    /// <summary>A generated method of a group client: <c>portal.Area.Group.AddAsync(…)</c>.</summary>
    Typed,

    /// <summary><c>CallAsync(HttpMethod.Get, "/v1/deals")</c>.</summary>
    Http,

    /// <summary>A generated request that is sent: <c>SendAsync(new DatasetAddRequest { … })</c>.</summary>
    Request,
}

/// <summary>A call of an API method.</summary>
/// <param name="Form">How it is written.</param>
/// <param name="Operation">The invocation.</param>
/// <param name="Api">The API called.</param>
/// <param name="Name">The method's name as it is written.</param>
/// <param name="NameNode">The C# that names the method.</param>
internal sealed record ApiCall(CallForm Form, IInvocationOperation Operation, string Api, string Name, SyntaxNode NameNode)
{
    /// <summary>Of a call within a batch: where its method is named.</summary>
    public TextSpan? NameSpan { get; init; }

    /// <summary>Where the method is named.</summary>
    public Location NameLocation => NameSpan is { } span ? Location.Create(NameNode.SyntaxTree, span) : NameNode.GetLocation();

    /// <summary>Another method of the same API, as a raw call names it; within a batch of REST 3.0 all are of that version.</summary>
    public string? Written(string? method) => method is not null && NameSpan is null ? SpecSelector.InCall(Api, method) : method;
}

/// <summary>Recognises calls of API methods.</summary>
internal sealed class ApiCalls(KnownSymbols symbols)
{
    private readonly ApiClients _clients = new();

    // Generated methods say what they call in an attribute; one look at each is enough.
    private readonly ConcurrentDictionary<IMethodSymbol, (string Api, string Name)?> _typed = new(SymbolEqualityComparer.Default);

    /// <summary>The API that a raw call on the client goes to.</summary>
    public string ApiOf(IInvocationOperation invocation) => _clients.Of(invocation.Instance?.Type);

    /// <summary>The invocation talks to the API, whatever it calls.</summary>
    public bool IsApiInvocation(IInvocationOperation invocation) =>
        symbols.IsClient(invocation.TargetMethod.ContainingType) || Typed(invocation.TargetMethod) is not null;

    /// <summary>The call that an invocation is, or the calls where the name of the method is one of several: <c>isNew ? "crm.deal.add" : "crm.deal.update"</c>.</summary>
    public IEnumerable<ApiCall> ReadAll(IInvocationOperation invocation, CancellationToken cancellationToken)
    {
        if (Read(invocation, cancellationToken) is { } call)
            return [call];
        if (invocation.TargetMethod.Name != "CallAsync" || !symbols.IsClient(invocation.TargetMethod.ContainingType) || Argument(invocation, "method") is not { } name)
            return [];
        return from branch in JsonTranslator.Branches(Constants.Unwrap(name))
               let method = Constants.String(branch, cancellationToken)
               where method is not null
               select Raw(invocation, _clients.Of(invocation.Instance?.Type), method, Constants.Unwrap(branch).Syntax);
    }

    /// <summary>The call that an invocation is; null where it is none, or the source does not say of which method.</summary>
    public ApiCall? Read(IInvocationOperation invocation, CancellationToken cancellationToken)
    {
        var target = invocation.TargetMethod;
        if (Typed(target) is { } typed)
            return new(CallForm.Typed, invocation, typed.Api, typed.Name, MethodName(invocation.Syntax));
        if (!symbols.IsClient(target.ContainingType))
            return null;
        switch (target.Name)
        {
            case "CallAsync" when Argument(invocation, "path") is { } path:
                return new(CallForm.Http, invocation, _clients.Of(invocation.Instance?.Type), "", Constants.Unwrap(path).Syntax);
            case "CallAsync":
                return Argument(invocation, "method") is { } name && Constants.String(name, cancellationToken) is { } method
                    ? Raw(invocation, _clients.Of(invocation.Instance?.Type), method, Constants.Unwrap(name).Syntax)
                    : null;
            case "SendAsync" or "SendForResponseAsync":
                return Argument(invocation, "request") is { } request
                    && Constants.Unwrap(request) is { Type: { } type } value && KnownSymbols.MethodOf(type) is { } sent
                        ? new(CallForm.Request, invocation, sent.Api, sent.Name, RequestName(value.Syntax))
                        : null;
            default:
                return null;
        }
    }

    // Methods of both versions may have the same name; a prefix tells them apart, as in selectors.
    private static ApiCall Raw(IInvocationOperation invocation, string api, string method, SyntaxNode name)
    {
        var (called, written) = api == SpecSelector.DefaultApi ? SpecSelector.OfCall(method) : (api, method);
        return new(CallForm.Raw, invocation, called, written, name);
    }

    /// <summary>The value of the argument for a parameter; null where the parameter's default is used.</summary>
    public static IOperation? Argument(IInvocationOperation invocation, string parameter)
    {
        foreach (var argument in invocation.Arguments)
        {
            if (argument.Parameter?.Name == parameter && argument.ArgumentKind == ArgumentKind.Explicit)
                return argument.Value;
        }

        return null;
    }

    private (string Api, string Name)? Typed(IMethodSymbol method) =>
        method.Name.EndsWith("Async", StringComparison.Ordinal) && method.MethodKind == MethodKind.Ordinary
            ? _typed.GetOrAdd(method.OriginalDefinition, static m => KnownSymbols.MethodOf(m))
            : null;

    private static SyntaxNode MethodName(SyntaxNode invocation) =>
        invocation is InvocationExpressionSyntax { Expression: var expression }
            ? expression switch
            {
                MemberAccessExpressionSyntax access => access.Name,
                MemberBindingExpressionSyntax binding => binding.Name,
                _ => expression,
            }
            : invocation;

    private static SyntaxNode RequestName(SyntaxNode request) =>
        request is ObjectCreationExpressionSyntax creation ? creation.Type : request;
}
