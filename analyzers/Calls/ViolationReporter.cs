using System.Collections.Immutable;
using System.Linq;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Reports violations as diagnostics, at their position in the C# source.</summary>
/// <param name="report">Where diagnostics go.</param>
/// <param name="whole">What names the call or object as a whole.</param>
internal sealed class ViolationReporter(Action<Diagnostic> report, SyntaxNode whole)
{
    /// <summary>Of a call within a batch: where its method is named, which stands for what has no position of its own.</summary>
    public TextSpan? Within { get; init; }

    public void Report(SpecViolation violation, KnownMethod method)
    {
        if (Descriptors.Find(violation.RuleId) is not { } descriptor)
            return;
        var suggestion = Suggest(violation);
        report(Reports.Create(
            descriptor,
            Location.Create(whole.SyntaxTree, SpanOf(violation)),
            Severity(violation, descriptor),
            additionalLocations: null,
            Properties(violation, method, suggestion),
            Message(violation, suggestion)));
    }

    /// <summary>What a weak source says weighs less than the rule does elsewhere.</summary>
    public static DiagnosticSeverity Severity(SpecViolation violation, DiagnosticDescriptor descriptor) =>
        (DiagnosticSeverity)Math.Min(
            (int)descriptor.DefaultSeverity,
            (int)(violation.Severity switch
            {
                RuleSeverity.Info => DiagnosticSeverity.Info,
                RuleSeverity.Warning => DiagnosticSeverity.Warning,
                _ => DiagnosticSeverity.Error,
            }));

    private static string Message(SpecViolation violation, string? suggestion)
    {
        const string view = TypedModels.ViewParameter + ".";
        var path = violation.Path.StartsWith(view, StringComparison.Ordinal) ? violation.Path.Substring(view.Length) : violation.Path;
        var message = path.Length == 0 ? violation.Message : $"{path}: {violation.Message}";
        if (violation.Code is { } code)
            message += $" ({code})";
        return suggestion is null ? message : message + $" Did you mean '{suggestion}'?";
    }

    private static ImmutableDictionary<string, string?> Properties(SpecViolation violation, KnownMethod method, string? suggestion)
    {
        var properties = FixData.Replace(suggestion);
        if (violation.Field is not { } field)
            return properties;
        switch (violation.RuleId)
        {
            case RuleIds.Use when field.Use is { } other && method.Specs.FindMethod(other, method.Spec.Api)?.Params.FirstOrDefault(p => p.Type == field.Type) is { } parameter:
                return properties.Add(FixData.Parameter, parameter.Name);
            case RuleIds.Required:
                return properties.Add(FixData.Type, field.Type.ToString()).Add(FixData.Missing, field.Name);
            case RuleIds.Type:
                return properties.Add(FixData.Type, field.Type.ToString());
            default:
                return properties;
        }
    }

    private static string? Suggest(SpecViolation violation) =>
        violation is { RuleId: RuleIds.Pattern, Field: { } field, Value: JsonString text } ? ValidText.Nearest(text.Value, field)
        : violation.Rule == "misplaced" ? null
        : violation.Suggestion;

    /// <summary>What is missing has no position of its own: the head of the object that lacks it stands for it.</summary>
    private TextSpan SpanOf(SpecViolation violation)
    {
        var span = violation.Range.ToSpan();
        if (span.Length == 0 || span.End > whole.SyntaxTree.Length)
            return Within ?? whole.Span;
        return violation.RuleId == RuleIds.Required && Within is null ? Head(span) : span;
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
