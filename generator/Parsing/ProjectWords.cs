using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>A project's additional files that are no specs, in a build that emits only what is used.</summary>
internal sealed record OtherFiles(ImmutableArray<AdditionalText> Files)
{
    // The build adds it where Bitrix24GenerateOnlyUsed is set. The editor, which runs no such target, never sees it.
    private const string Marker = "Bitrix24GenerateOnlyUsed.marker";

    /// <summary>One, or none where the build emits everything: what is computed from it then never runs.</summary>
    public static IEnumerable<OtherFiles> Of(ImmutableArray<AdditionalText> files)
    {
        foreach (var file in files)
        {
            if (file.Path.EndsWith(Marker, StringComparison.Ordinal))
                return [new(files)];
        }

        return [];
    }
}

/// <summary>Every word in the sources of a project, in comments and strings too: what is not named by one of them is not used.</summary>
internal sealed class ProjectWords : IEquatable<ProjectWords>
{
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    /// <summary>Other projects may use what is public.</summary>
    private readonly bool _library;

    /// <param name="compilation">The project.</param>
    /// <param name="others">What it has beside C#: Razor and XAML.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public ProjectWords(Compilation compilation, OtherFiles others, CancellationToken cancellationToken)
    {
        _library = compilation.Options.OutputKind == OutputKind.DynamicallyLinkedLibrary;
        foreach (var text in compilation.SyntaxTrees.Select(t => t.GetText(cancellationToken))
            .Concat(others.Files.Select(f => f.GetText(cancellationToken)).OfType<SourceText>()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(text.ToString());
        }
    }

    public bool Contains(string word) => _words.Contains(word);

    /// <summary>Other projects, whose words are not known, may use a client: all of it is emitted.</summary>
    /// <param name="isPublic">The client is public.</param>
    public bool AreIncompleteFor(bool isPublic) => (isPublic && _library) || Contains("InternalsVisibleTo");

    public bool Equals(ProjectWords? other) => other is not null && _library == other._library && _words.SetEquals(other._words);

    public override bool Equals(object? obj) => Equals(obj as ProjectWords);

    public override int GetHashCode() => _words.Count;

    private void Add(string text)
    {
        AddWords(text);
        // C# may spell an identifier with escapes.
        if (text.IndexOf("\\u", StringComparison.OrdinalIgnoreCase) >= 0)
            AddWords(Regex.Replace(text, @"\\(?:u|U0000)([0-9A-Fa-f]{4})", static m => ((char)int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
    }

    private void AddWords(string text)
    {
        for (int start = 0, i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && SyntaxFacts.IsIdentifierPartCharacter(text[i]))
                continue;
            if (i > start)
                _words.Add(text.Substring(start, i - start));
            start = i + 1;
        }
    }
}
