using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>A project's additional files that are no specs, in a build that emits only what is used.</summary>
/// <param name="Files">The files.</param>
/// <param name="PublicToo">Public clients of an executable are taken for its own.</param>
internal sealed record OtherFiles(ImmutableArray<AdditionalText> Files, bool PublicToo)
{
    // A build adds one of them, by its property Bitrix24GenerateOnlyUsed. The editor, which runs no such target, never sees it.
    private const string Internal = "Bitrix24GenerateOnlyUsed.internal.marker";
    private const string Marker = "Bitrix24GenerateOnlyUsed.marker";

    /// <summary>One, or none where the build emits everything: what is computed from it then never runs.</summary>
    public static IEnumerable<OtherFiles> Of(ImmutableArray<AdditionalText> files)
    {
        foreach (var file in files)
        {
            var publicToo = file.Path.EndsWith(Marker, StringComparison.Ordinal);
            if (publicToo || file.Path.EndsWith(Internal, StringComparison.Ordinal))
                return [new(files, publicToo)];
        }

        return [];
    }
}

/// <summary>Every word in the sources of a project, in comments and strings too: what is not named by one of them is not used.</summary>
internal sealed class ProjectWords : IEquatable<ProjectWords>
{
    // Other projects see what is internal, or the names of members are found while the program runs.
    private static readonly string[] NamesLeaveTheProject = ["InternalsVisibleTo", "GetTypes", "DefinedTypes", "GetExportedTypes", "ExportedTypes"];

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    /// <summary>Other projects may use what is public.</summary>
    private readonly bool _isPublicShared;

    /// <param name="compilation">The project.</param>
    /// <param name="others">What it has beside C#: Razor and XAML.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public ProjectWords(Compilation compilation, OtherFiles others, CancellationToken cancellationToken)
    {
        _isPublicShared = !others.PublicToo || compilation.Options.OutputKind == OutputKind.DynamicallyLinkedLibrary;
        foreach (var text in compilation.SyntaxTrees.Select(t => t.GetText(cancellationToken))
            .Concat(others.Files.Select(f => f.GetText(cancellationToken)).OfType<SourceText>()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(text.ToString());
        }
    }

    public bool Contains(string word) => _words.Contains(word);

    /// <summary>Code whose words are not known may use a client: all of it is emitted.</summary>
    /// <param name="isPublic">The client is public.</param>
    public bool AreIncompleteFor(bool isPublic) => (isPublic && _isPublicShared) || NamesLeaveTheProject.Any(Contains);

    public bool Equals(ProjectWords? other) => other is not null && _isPublicShared == other._isPublicShared && _words.SetEquals(other._words);

    public override bool Equals(object? obj) => Equals(obj as ProjectWords);

    public override int GetHashCode() => _words.Count;

    private void Add(string text)
    {
        AddWords(text);
        if (text.IndexOf("\\u", StringComparison.OrdinalIgnoreCase) >= 0)
            AddWords(Unescaped(text));
    }

    /// <summary>C# may spell an identifier with escapes, of four hexadecimal digits or of eight.</summary>
    private static string Unescaped(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var digits = text[i] != '\\' || i + 1 == text.Length ? 0 : text[i + 1] switch { 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0 && i + 2 + digits <= text.Length
                && int.TryParse(text.Substring(i + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && code is >= 0 and <= char.MaxValue)
            {
                result.Append((char)code);
                i += 1 + digits;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
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
