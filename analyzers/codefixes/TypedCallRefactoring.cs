using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bitrix24.Gen.Analyzers.Calls;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>
/// Makes a call by name the typed call that sends the same. Offered where every value carries over, the client has the typed
/// method, and the code around the call compiles with the typed answer; what reads the record by name becomes typed with it. A list by name reads one page, the typed one all of them: it is
/// offered for loops over the records.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(TypedCallRefactoring)), Shared]
public sealed class TypedCallRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var (document, cancellationToken) = (context.Document, context.CancellationToken);
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || root.FindNode(context.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>(static i => IsNamed(i, "CallAsync")) is not { } invocation
            || HasRemarks(invocation)
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || KnownSymbols.Find(model.Compilation) is not { } symbols
            || model.GetOperation(invocation, cancellationToken) is not IInvocationOperation operation
            || new ApiCalls(symbols).Read(operation, cancellationToken) is not { Form: CallForm.Raw } call)
        {
            return;
        }

        var options = document.Project.AnalyzerOptions;
        var catalog = AdditionalSpecs.Catalog(options.AdditionalFiles, options.AnalyzerConfigOptionsProvider);
        if (catalog.FindMethod(call.Name, call.Api, cancellationToken) is not { Spec.Calls: null } method)
            return;
        foreach (var written in RawCallText.Write(call, method, invocation, model, cancellationToken))
        {
            if (written.IsList)
            {
                if (ListLoop.Around(invocation, method.Spec) is { } loop && ListLoop.Typed(loop, method.Spec, method.Specs, written.Code) is { } typed
                    && document.WithSyntaxRoot(WithUsings(root.ReplaceNode(loop, typed), written)) is var all
                    && await Compilable.AsWellAsync(document, all, cancellationToken).ConfigureAwait(false))
                {
                    context.RegisterRefactoring(CodeAction.Create($"Make this the typed list of all pages '{written.Path}'", _ => Task.FromResult(all), equivalenceKey: nameof(ListLoop)));
                    return;
                }

                continue;
            }

            var alone = document.WithSyntaxRoot(WithUsings(root.ReplaceNode(invocation, SyntaxFactory.ParseExpression(written.Code).WithTriviaFrom(invocation)), written));
            if (await Compilable.AsWellAsync(document, alone, cancellationToken).ConfigureAwait(false))
            {
                var title = $"Make this the typed call '{written.Path}'";
                context.RegisterRefactoring(CodeAction.Create(title, _ => Task.FromResult(alone), equivalenceKey: nameof(TypedCallRefactoring)));
                return;
            }

            if (RecordUse.Typed(root, invocation, method.Spec, method.Specs, written.Code) is { } read
                && document.WithSyntaxRoot(WithUsings(read, written)) is var typedUse
                && await Compilable.AsWellAsync(document, typedUse, cancellationToken).ConfigureAwait(false))
            {
                var title = $"Make this the typed record of '{written.Path}'";
                context.RegisterRefactoring(CodeAction.Create(title, _ => Task.FromResult(typedUse), equivalenceKey: nameof(RecordUse)));
                return;
            }
        }
    }

    private static SyntaxNode WithUsings(SyntaxNode root, RawCallText written) =>
        root is CompilationUnitSyntax unit
            ? unit.AddUsings([.. written.Usings.Where(name => unit.Usings.All(u => u.Name?.ToString() != name))
                .Select(static name => SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(name)).NormalizeWhitespace().WithTrailingTrivia(SyntaxFactory.ElasticLineFeed))])
            : root;

    private static bool IsNamed(InvocationExpressionSyntax invocation, string name) => invocation.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == name,
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText == name,
        _ => false,
    };

    // A comment among the arguments has no place in the typed call.
    private static bool HasRemarks(InvocationExpressionSyntax invocation) =>
        invocation.ArgumentList.DescendantTrivia().Any(static t => t.IsDirective || t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia));
}
