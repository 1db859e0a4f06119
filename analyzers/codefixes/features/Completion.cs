using System;
using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Completion;

/// <summary>As in Roslyn; see the project file.</summary>
public abstract class CompletionProvider
{
    public abstract Task ProvideCompletionsAsync(CompletionContext context);

    public virtual bool ShouldTriggerCompletion(SourceText text, int caretPosition, CompletionTrigger trigger, OptionSet options) => throw null!;
}

/// <summary>As in Roslyn; see the project file.</summary>
[MetadataAttribute]
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExportCompletionProviderAttribute : ExportAttribute
{
    public ExportCompletionProviderAttribute(string name, string language)
        : base(typeof(CompletionProvider))
    {
        Name = name;
        Language = language;
    }

    public string Name { get; }

    public string Language { get; }
}

/// <summary>As in Roslyn; see the project file.</summary>
public sealed class CompletionContext
{
    private CompletionContext()
    {
    }

    public Document Document => throw null!;

    public int Position => throw null!;

    public CancellationToken CancellationToken => throw null!;

    public TextSpan CompletionListSpan { get; set; }

    public bool IsExclusive { get; set; }

    public void AddItem(CompletionItem item) => throw null!;
}

/// <summary>As in Roslyn; see the project file.</summary>
public sealed class CompletionItem
{
    private CompletionItem()
    {
    }

    public static CompletionItem Create(
        string displayText,
        string? filterText = null,
        string? sortText = null,
        ImmutableDictionary<string, string>? properties = null,
        ImmutableArray<string> tags = default,
        CompletionItemRules? rules = null,
        string? displayTextPrefix = null,
        string? displayTextSuffix = null,
        string? inlineDescription = null,
        bool isComplexTextEdit = false) => throw null!;
}

/// <summary>As in Roslyn; see the project file.</summary>
public sealed class CompletionItemRules
{
    private CompletionItemRules()
    {
    }
}

/// <summary>As in Roslyn; see the project file.</summary>
public readonly struct CompletionTrigger
{
    public CompletionTriggerKind Kind => throw null!;

    public char Character => throw null!;
}

/// <summary>As in Roslyn; see the project file.</summary>
public enum CompletionTriggerKind
{
    Invoke = 0,
    Insertion = 1,
    Deletion = 2,
    InvokeAndCommitIfUnique = 3,
}
