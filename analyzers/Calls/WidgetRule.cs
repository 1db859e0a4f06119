using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Checks the markup of a <c>new VibeWidget { … }</c>, as that of a registered widget is checked.</summary>
internal static class WidgetRule
{
    private const string WithLanguage = "WithLanguage";

    public static void Check(IObjectCreationOperation creation, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (creation.Type is not { Name: "VibeWidget" } type || !KnownTypes.IsIn(type, "Bitrix24") || Member(creation, "Content") is not { } content
            || Constants.String(content, cancellationToken) is not { } markup || Constants.Unwrap(content).Syntax is not ExpressionSyntax syntax)
        {
            return;
        }

        var text = LiteralText.Read(syntax) is { } literal && literal.Value == markup ? literal : LiteralText.Opaque(markup, syntax.Span);
        foreach (var problem in WidgetMarkup.Check(markup, Constants.String(Member(creation, "RootNode"), cancellationToken), Languages(creation, cancellationToken)))
            report(Reports.Create(Descriptors.Markup, Location.Create(syntax.SyntaxTree, text.Map(problem.Offset, problem.Length)), problem.Message));
    }

    private static IOperation? Member(IObjectCreationOperation creation, string name) => creation.Initializer?.Initializers
        .OfType<ISimpleAssignmentOperation>()
        .FirstOrDefault(a => a.Target is IPropertyReferenceOperation target && target.Property.Name == name)?.Value;

    /// <summary>The phrases of each language; null: they are not known, or may be added later.</summary>
    private static Dictionary<string, IReadOnlyCollection<string>>? Languages(IOperation widget, CancellationToken cancellationToken)
    {
        var languages = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);
        while (widget.Parent is IInvocationOperation call && call.Instance == widget)
        {
            if (call.TargetMethod.Name != WithLanguage)
                return languages.Count > 0 ? languages : null;
            if (Constants.String(ApiCalls.Argument(call, "language"), cancellationToken) is not { } language
                || ApiCalls.Argument(call, "phrases") is not { } phrases || Keys(Constants.Unwrap(phrases), cancellationToken) is not { } keys)
            {
                return null;
            }

            languages[language] = keys;
            widget = call;
        }

        return null;
    }

    private static List<string>? Keys(IOperation phrases, CancellationToken cancellationToken)
    {
        if (phrases is not IObjectCreationOperation { Arguments.Length: 0, Initializer: { } initializer })
            return null;
        var keys = new List<string>();
        foreach (var item in initializer.Initializers)
        {
            var arguments = item switch
            {
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.Length: 1 } indexer } => indexer.Arguments,
                IInvocationOperation { Arguments.Length: 2 } add => add.Arguments,
                _ => default,
            };
            if (arguments.IsDefault || Constants.String(arguments[0].Value, cancellationToken) is not { } key)
                return null;
            keys.Add(key);
        }

        return keys;
    }
}
