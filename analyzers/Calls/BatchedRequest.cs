using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>A request in a batch, some of whose parameters come from the answers of earlier calls: <c>batch.Add(request, b => b.Set("id", reference))</c>.</summary>
internal static class BatchedRequest
{
    private const string Bindings = "BatchBindings";

    /// <summary>The invocation puts a call into a batch.</summary>
    public static bool IsAdd(IInvocationOperation invocation) =>
        invocation.TargetMethod is { Name: "Add", ContainingType: { } type }
        && type.Name.Contains("Batch") && KnownTypes.IsIn(type, KnownSymbols.Namespace);

    /// <summary>What the request itself says: bound parameters are unknown. Null where the source does not say which are bound.</summary>
    public static JsonNode? WithoutBound(JsonNode request, IInvocationOperation add, CancellationToken cancellationToken)
    {
        if (add.Arguments.FirstOrDefault(static a => a.Parameter?.Name == "bind" && a.ArgumentKind == ArgumentKind.Explicit) is not { Value: var bind })
            return request;
        if ((bind is IDelegateCreationOperation { Target: var target } ? target : Constants.Unwrap(bind)) is not IAnonymousFunctionOperation lambda)
            return null;
        var bound = lambda.Body.Descendants().OfType<IInvocationOperation>()
            .Where(static i => KnownSymbols.IsRuntimeType(i.TargetMethod.ContainingType, Bindings))
            .Select(i => ApiCalls.Argument(i, "parameter") is { } path ? Constants.String(path, cancellationToken) : null)
            .ToList();
        return bound.Count == 0 || bound.Contains(null)
            ? null
            : bound.Aggregate(request, static (node, path) => Without(node, path!.Split('.'), 0));
    }

    private static JsonNode Without(JsonNode node, string[] steps, int depth)
    {
        if (depth == steps.Length)
            return new JsonUnknown(node.Range);
        return node switch
        {
            JsonObject value => new JsonObject(
                value.Range, [.. value.Properties.Select(p => p.Name == steps[depth] ? p with { Value = Without(p.Value, steps, depth + 1) } : p)])
            {
                Partial = true,
            },
            JsonArray list => new JsonArray(
                list.Range, [.. list.Items.Select((item, i) => i.ToString(System.Globalization.CultureInfo.InvariantCulture) == steps[depth] ? Without(item, steps, depth + 1) : item)])
            {
                Partial = list.Partial,
            },
            _ => node,
        };
    }
}
