using System.Linq;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Members of an object or items of a list, in C# or in a JSON literal: what stands between two brackets, with commas.</summary>
internal sealed record ElementList(IReadOnlyList<TextSpan> Elements)
{
    /// <summary>The list that holds the member whose name stands at a span, and the member's index.</summary>
    public static (ElementList List, int Index)? OfMember(SyntaxNode root, TextSpan name)
    {
        var node = root.FindNode(name, getInnermostNodeForTie: true);
        if (InJson(node) is { } json)
            return InJsonMember(json, name);
        var member = node.FirstAncestorOrSelf<SyntaxNode>(IsMember);
        return member is null ? null : Of(member);
    }

    /// <summary>The list that holds the item in which a value stands: the item may be an object around the value.</summary>
    public static (ElementList List, int Index)? OfItem(SyntaxNode root, TextSpan value)
    {
        var node = root.FindNode(value, getInnermostNodeForTie: true);
        if (InJson(node) is { } json)
            return InJsonItem(json, value);
        for (var each = node; each is not null; each = each.Parent)
        {
            if (each is ExpressionElementSyntax || (each is ExpressionSyntax && each.Parent is InitializerExpressionSyntax && !IsMember(each)))
                return Of(each);
        }

        return null;
    }

    /// <summary>The changes that take elements out, with the commas that go with them.</summary>
    public IEnumerable<TextChange> Remove(IEnumerable<int> indexes)
    {
        var removed = new HashSet<int>(indexes);
        if (removed.Count == Elements.Count)
        {
            yield return new(TextSpan.FromBounds(Elements[0].Start, Elements[Elements.Count - 1].End), "");
            yield break;
        }

        for (var first = 0; first < Elements.Count; first++)
        {
            if (!removed.Contains(first))
                continue;
            var next = first + 1;
            while (removed.Contains(next))
                next++;
            yield return new(
                next < Elements.Count
                    ? TextSpan.FromBounds(Elements[first].Start, Elements[next].Start)
                    : TextSpan.FromBounds(Elements[first - 1].End, Elements[next - 1].End),
                "");
            first = next;
        }
    }

    public bool Equals(ElementList? other) => other is not null && Elements.SequenceEqual(other.Elements);

    public override int GetHashCode() => Elements.Count == 0 ? 0 : Elements[0].GetHashCode();

    /// <summary>The JSON that literals around a node hold; null where the node is in none.</summary>
    public static JsonNode? InJson(SyntaxNode node) =>
        node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax or InterpolatedStringTextSyntax
        && JsonLiteral.Root(node) is { } literal && JsonLiteral.Read(literal, null, out _) is JsonObject or JsonArray
            ? JsonLiteral.Read(literal, null, out _)
            : null;

    private static bool IsMember(SyntaxNode node) =>
        node is AnonymousObjectMemberDeclaratorSyntax
        || (node is AssignmentExpressionSyntax or InitializerExpressionSyntax && node.Parent is InitializerExpressionSyntax);

    private static (ElementList List, int Index)? Of(SyntaxNode element)
    {
        IReadOnlyList<SyntaxNode>? siblings = element.Parent switch
        {
            AnonymousObjectCreationExpressionSyntax creation => creation.Initializers,
            InitializerExpressionSyntax initializer => initializer.Expressions,
            CollectionExpressionSyntax collection => collection.Elements,
            _ => null,
        };
        if (siblings is null)
            return null;
        var index = siblings.TakeWhile(s => s != element).Count();
        return (new([.. siblings.Select(static s => s.Span)]), index);
    }

    private static (ElementList List, int Index)? InJsonMember(JsonNode node, TextSpan name)
    {
        if (node is JsonObject value)
        {
            for (var i = 0; i < value.Properties.Count; i++)
            {
                if (value.Properties[i].NameRange.ToSpan() == name)
                    return (new([.. value.Properties.Select(static p => TextSpan.FromBounds(p.NameRange.Start, p.Value.Range.End))]), i);
            }
        }

        return Children(node).Select(c => InJsonMember(c, name)).FirstOrDefault(static f => f is not null);
    }

    /// <summary>The innermost list around the value.</summary>
    private static (ElementList List, int Index)? InJsonItem(JsonNode node, TextSpan value)
    {
        if (Children(node).FirstOrDefault(c => c.Range.ToSpan().Contains(value)) is not { } child)
            return null;
        if (InJsonItem(child, value) is { } inner)
            return inner;
        return node is JsonArray list
            ? (new([.. list.Items.Select(static i => i.Range.ToSpan())]), list.Items.TakeWhile(i => i != child).Count())
            : null;
    }

    private static IEnumerable<JsonNode> Children(JsonNode node) => node switch
    {
        JsonObject value => value.Properties.Select(static p => p.Value),
        JsonArray value => value.Items,
        _ => [],
    };
}
