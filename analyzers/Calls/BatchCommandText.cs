using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>The commands of <c>CallAsync("batch", …)</c> as they are written in C#.</summary>
internal static class BatchCommandText
{
    /// <summary>The command's text with its positions; of one that is put together, what is known of it.</summary>
    public static CommandText? Read(ApiCall call, JsonNode command, CancellationToken cancellationToken)
    {
        var span = command.Range.ToSpan();
        var tree = call.NameNode.SyntaxTree;
        if (command is not (JsonString or JsonUnknown) || span.Length == 0 || span.End > tree.Length)
            return null;
        var written = tree.GetRoot(cancellationToken).FindNode(span, getInnermostNodeForTie: true) as ExpressionSyntax;
        if (written?.Span == span && call.Operation.SemanticModel is { } model
            && LiteralText.Read(written, e => Constants.String(model.GetOperation(e, cancellationToken), cancellationToken)) is { Value: not [CommandText.Hole] } text
            && (command is JsonUnknown || text.Value == ((JsonString)command).Value))
        {
            return new(text.Value, (start, length) => text.Map(start, length).ToRange());
        }

        // In JSON within a literal, or a constant of elsewhere.
        return command is JsonString { Value: var value } ? CommandText.At(value, span.ToRange()) : null;
    }
}
