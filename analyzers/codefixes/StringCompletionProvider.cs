using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Bitrix24.Gen.Analyzers.Calls;
using Bitrix24.Gen.Analyzers.Completion;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Completes strings that name something of an API: methods, parameters, fields of filters and selections, values, events.</summary>
[ExportCompletionProvider(nameof(StringCompletionProvider), LanguageNames.CSharp), Shared]
public sealed class StringCompletionProvider : CompletionProvider
{
    private static readonly ImmutableArray<string> Tags = ImmutableArray.Create("Constant");

    /// <inheritdoc/>
    public override bool ShouldTriggerCompletion(SourceText text, int caretPosition, CompletionTrigger trigger, OptionSet options) => trigger.Kind switch
    {
        CompletionTriggerKind.Insertion => trigger.Character is '"' or '.' or '_' or '>' or '<' or '=' or '!' or '%' or '@' || char.IsLetter(trigger.Character),
        _ => true,
    };

    /// <inheritdoc/>
    public override async Task ProvideCompletionsAsync(CompletionContext context)
    {
        var document = context.Document;
        if (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || StringNames.LiteralAt(root, context.Position) is not { } literal
            || await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
            || KnownSymbols.Find(model.Compilation) is not { } symbols)
        {
            return;
        }

        var options = document.Project.AnalyzerOptions;
        var catalog = AdditionalSpecs.Catalog(options.AdditionalFiles, options.AnalyzerConfigOptionsProvider);
        var names = new StringNames(symbols, catalog).Find(literal, model, context.CancellationToken);
        if (names.Count == 0)
            return;
        context.CompletionListSpan = StringNames.ContentOf(literal);
        context.IsExclusive = true;
        foreach (var (name, description) in names)
            context.AddItem(CompletionItem.Create(name, tags: Tags, inlineDescription: description));
    }
}
