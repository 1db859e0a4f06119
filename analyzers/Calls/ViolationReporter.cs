using System.Collections.Immutable;
using Bitrix24.Gen.Analyzers.Catalog;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Tells violations as diagnostics at the place in the C# source.</summary>
/// <param name="report">Where diagnostics go.</param>
/// <param name="whole">What names the call or object as a whole.</param>
internal sealed class ViolationReporter(Action<Diagnostic> report, SyntaxNode whole)
{
    public void Report(Violation violation, KnownMethod method)
    {
        if (Descriptors.Find(violation.RuleId) is not { } descriptor)
            return;
        var location = Location.Create(whole.SyntaxTree, Place(violation));
        report(Diagnostic.Create(descriptor, location, Properties(violation, method), Message(violation)));
    }

    private static string Message(Violation violation)
    {
        const string view = TypedModels.ViewParameter + ".";
        var path = violation.Path.StartsWith(view, StringComparison.Ordinal) ? violation.Path.Substring(view.Length) : violation.Path;
        var message = path.Length == 0 ? violation.Message : $"{path}: {violation.Message}";
        if (violation.Code is { } code)
            message += $" ({code})";
        return violation.Suggestion is { } suggestion ? message + $" Did you mean '{suggestion}'?" : message;
    }

    private static ImmutableDictionary<string, string?> Properties(Violation violation, KnownMethod method)
    {
        var properties = FixData.Replace(violation.Suggestion);
        if (violation.RuleId is RuleIds.Required or RuleIds.Type && SpecPath.Find(method, violation.Path) is { } field)
        {
            properties = properties.Add(FixData.Type, SpecPath.ScalarOf(method, field).ToString());
            if (violation.RuleId == RuleIds.Required)
                properties = properties.Add(FixData.Missing, field.Name);
        }

        return violation.RuleId is RuleIds.Use && SpecPath.Find(method, violation.Path)?.Use is { } use
            ? properties.SetItem(FixData.Replacement, use)
            : properties;
    }

    /// <summary>What is missing has no place of its own: the head of the object that lacks it stands for it.</summary>
    private TextSpan Place(Violation violation)
    {
        var span = violation.Range.ToSpan();
        if (span.Length == 0 || span.End > whole.SyntaxTree.Length)
            return whole.Span;
        return violation.RuleId == RuleIds.Required ? Head(span) : span;
    }

    private TextSpan Head(TextSpan span)
    {
        var node = whole.SyntaxTree.GetRoot().FindNode(span, getInnermostNodeForTie: true);
        if (node.Span != span)
            return node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax or InterpolatedStringTextSyntax
                ? new TextSpan(span.Start, 1)
                : span;
        return node switch
        {
            AnonymousObjectCreationExpressionSyntax creation => creation.NewKeyword.Span,
            BaseObjectCreationExpressionSyntax { Initializer: { } initializer } creation =>
                TextSpan.FromBounds(creation.SpanStart, initializer.OpenBraceToken.GetPreviousToken().Span.End),
            _ => span,
        };
    }
}
