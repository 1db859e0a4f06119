using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>A call within a batch that is given as a raw call.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Parameters">Its parameters; values that earlier calls answer are unknown.</param>
/// <param name="IsQuery">The parameters are a query, which has texts only.</param>
internal sealed record BatchedCall(string Name, TextSpan Span, JsonNode? Parameters, bool IsQuery);

/// <summary>Looks into <c>CallAsync("batch", …)</c>: commands that are texts, and REST 3.0's list of calls.</summary>
internal static class RawBatch
{
    public const string Method = "batch";

    private const string Ref = "$ref";
    private const string RefArray = "$refArray";

    public static IEnumerable<BatchedCall> Calls(ApiCall call, JsonNode? parameters, CancellationToken cancellationToken)
    {
        if (call.Api == SpecSelector.V3Api)
            return Items(parameters as JsonArray is { } list ? list.Items : ((parameters as JsonObject)?.Find("calls")?.Value as JsonArray)?.Items);
        return (parameters as JsonObject)?.Find("cmd")?.Value switch
        {
            JsonObject commands => commands.Properties.Select(p => Command(call, p.Value, cancellationToken)).OfType<BatchedCall>(),
            JsonArray commands => commands.Items.Select(i => Command(call, i, cancellationToken)).OfType<BatchedCall>(),
            _ => [],
        };
    }

    private static BatchedCall? Command(ApiCall call, JsonNode command, CancellationToken cancellationToken) =>
        Text(call, command, cancellationToken) is { } text && BatchCommand.Read(text) is { } read
            ? new(read.Method, read.MethodSpan, read.Parameters, IsQuery: true)
            : null;

    /// <summary>The command's text with its positions; of one that is put together, what is known of it.</summary>
    private static LiteralText? Text(ApiCall call, JsonNode command, CancellationToken cancellationToken)
    {
        var span = command.Range.ToSpan();
        var tree = call.NameNode.SyntaxTree;
        if (command is not (JsonString or JsonUnknown) || span.Length == 0 || span.End > tree.Length)
            return null;
        var written = tree.GetRoot(cancellationToken).FindNode(span, getInnermostNodeForTie: true) as ExpressionSyntax;
        if (written?.Span == span && call.Operation.SemanticModel is { } model
            && LiteralText.Read(written, e => Constants.String(model.GetOperation(e, cancellationToken), cancellationToken)) is { Value: not "\u0001" } text
            && (command is JsonUnknown || text.Value == ((JsonString)command).Value))
        {
            return text;
        }

        // In JSON within a literal, or a constant of elsewhere.
        return command is JsonString { Value: var value } ? LiteralText.Opaque(value, span) : null;
    }

    private static IEnumerable<BatchedCall> Items(IReadOnlyList<JsonNode>? calls)
    {
        foreach (var item in (calls ?? []).OfType<JsonObject>())
        {
            if (item.Find("method")?.Value is not JsonString method)
                continue;
            var query = item.Find("query")?.Value ?? item.Find("params")?.Value;
            yield return new(method.Value, method.Range.ToSpan(), query is null && item.Partial ? new JsonUnknown(item.Range) : WithoutReferences(query), IsQuery: false);
        }
    }

    private static JsonNode? WithoutReferences(JsonNode? value) => value switch
    {
        JsonObject { Properties: [{ Name: Ref or RefArray }] } => new JsonUnknown(value.Range),
        JsonObject members => new JsonObject(members.Range, [.. members.Properties.Select(static p => p with { Value = WithoutReferences(p.Value)! })]) { Partial = members.Partial },
        JsonArray list => new JsonArray(list.Range, [.. list.Items.Select(static i => WithoutReferences(i)!)]) { Partial = list.Partial },
        _ => value,
    };
}
