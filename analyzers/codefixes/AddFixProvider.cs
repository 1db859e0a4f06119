using System.Collections.Immutable;
using System.Linq;
using Bitrix24.Gen.Analyzers;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Adds a required member with a value for the author to replace.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddFixProvider))]
public sealed class AddFixProvider : TextFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.Required);

    private protected override string? Title(SyntaxNode root, Diagnostic diagnostic) =>
        Missing.Of(diagnostic) is { } missing && Changes(root, ImmutableArray.Create(diagnostic)).Any() ? $"Add '{missing.Name}'" : null;

    private protected override IEnumerable<TextChange> Changes(SyntaxNode root, ImmutableArray<Diagnostic> diagnostics)
    {
        foreach (var group in diagnostics.GroupBy(static d => d.Location.SourceSpan))
        {
            var missing = group.Select(Missing.Of).OfType<Missing>().Distinct().ToList();
            if (missing.Count > 0 && Change(root, group.Key, missing) is { } change)
                yield return change;
        }
    }

    private static TextChange? Change(SyntaxNode root, TextSpan span, List<Missing> missing)
    {
        var node = root.FindNode(span, getInnermostNodeForTie: true);
        if (ElementList.InJson(node) is { } json)
            return InJson(root, json, span.Start, missing);
        return root.FindToken(span.Start).Parent switch
        {
            AnonymousObjectCreationExpressionSyntax creation =>
                Insert(creation.OpenBraceToken, creation.Initializers, Write(missing, static m => CSharpSource.Identifier(m.Name) is { } name ? $"{name} = {m.CSharpValue}" : null)),
            BaseObjectCreationExpressionSyntax { Initializer: { } initializer } =>
                Insert(initializer.OpenBraceToken, initializer.Expressions, Write(missing, m => Entry(m, initializer))),
            var other => AsArgument(other, span, missing),
        };
    }

    private static string Entry(Missing missing, InitializerExpressionSyntax initializer)
    {
        var key = CSharpSource.Literal(missing.Name);
        return initializer.Expressions.LastOrDefault() is InitializerExpressionSyntax
            ? $"{{ {key}, {missing.CSharpValue} }}"
            : $"[{key}] = {missing.CSharpValue}";
    }

    /// <summary>A call without parameters gets an object of them.</summary>
    private static TextChange? AsArgument(SyntaxNode? node, TextSpan span, List<Missing> missing)
    {
        if (node?.FirstAncestorOrSelf<ArgumentSyntax>() is not { Parent: ArgumentListSyntax { Arguments: { Count: 1 } arguments } } argument
            || arguments[0] != argument || argument.Span != span)
        {
            return null;
        }

        var members = Write(missing, static m => CSharpSource.Identifier(m.Name) is { } name ? $"{name} = {m.CSharpValue}" : null);
        return members.Count == 0 ? null : new(new TextSpan(argument.Span.End, 0), $", new {{ {string.Join(", ", members)} }}");
    }

    private static List<string> Write(List<Missing> missing, Func<Missing, string?> write) =>
        [.. missing.Select(write).OfType<string>()];

    private static TextChange? Insert<T>(SyntaxToken brace, SeparatedSyntaxList<T> elements, List<string> members)
        where T : SyntaxNode
    {
        if (members.Count == 0 || brace.IsMissing)
            return null;
        if (elements.Count == 0)
            return new(new TextSpan(brace.Span.End, 0), " " + string.Join(", ", members) + (brace.TrailingTrivia.Count == 0 ? " " : ""));
        var last = elements.Last();
        var separator = CSharpSource.LineBreakBefore(last.SyntaxTree.GetText(), last.SpanStart) ?? " ";
        return new(new TextSpan(last.Span.End, 0), string.Concat(members.Select(m => "," + separator + m)));
    }

    private static TextChange? InJson(SyntaxNode root, JsonNode json, int start, List<Missing> missing)
    {
        if (Object(json, start) is not { } target || missing.Any(static m => !CSharpSource.IsPlain(m.Name)))
            return null;
        var quote = CSharpSource.Quote(root, start);
        var members = missing.Select(m => $"{quote}{m.Name}{quote}: {Placeholder.InJson(m.Type, quote)}").ToList();
        if (target.Properties.Count == 0)
            return new(new TextSpan(start + 1, 0), string.Join(", ", members));
        var last = target.Properties[target.Properties.Count - 1];
        var separator = CSharpSource.LineBreakBefore(root.SyntaxTree.GetText(), last.NameRange.Start) ?? " ";
        return new(new TextSpan(last.Value.Range.End, 0), string.Concat(members.Select(m => "," + separator + m)));
    }

    private static JsonObject? Object(JsonNode node, int start) => node switch
    {
        JsonObject value when value.Range.Start == start => value,
        JsonObject value => value.Properties.Select(p => Object(p.Value, start)).FirstOrDefault(static o => o is not null),
        JsonArray value => value.Items.Select(i => Object(i, start)).FirstOrDefault(static o => o is not null),
        _ => null,
    };

    private sealed record Missing(string Name, string Type)
    {
        public string CSharpValue => Placeholder.InCSharp(Type);

        public static Missing? Of(Diagnostic diagnostic) =>
            diagnostic.Properties.TryGetValue(FixData.Missing, out var name) && name is not null
            && diagnostic.Properties.TryGetValue(FixData.Type, out var type) && type is not null
                ? new(name, type)
                : null;
    }
}
