using Bitrix24.Gen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>Asks for refactorings where <c>$$</c> stands in the source, and applies them.</summary>
public static class VerifyRefactoring
{
    public static async Task StatementsAsync(string statements, string expected)
    {
        var (document, position) = EditorDocument.Of(Sample.Statements(statements));
        var action = Assert.Single(await ActionsAsync(document, position));
        var changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        Assert.Equal(Sample.Statements(expected), (await changed.GetTextAsync()).ToString());
        Assert.Empty((await changed.GetSemanticModelAsync())!.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
    }

    public static async Task NoneAsync(string statements)
    {
        var (document, position) = EditorDocument.Of(Sample.Statements(statements));
        Assert.Empty(await ActionsAsync(document, position));
    }

    public static async Task<List<CodeAction>> ActionsAsync(Document document, int position)
    {
        var actions = new List<CodeAction>();
        await new TypedCallRefactoring().ComputeRefactoringsAsync(new(document, new TextSpan(position, 0), actions.Add, CancellationToken.None));
        return actions;
    }
}
