using System.Runtime.CompilerServices;
using System.Threading;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Catalog;

/// <summary>A spec file among the additional files; its text is read when it is asked for.</summary>
internal sealed class SpecFileEntry(AdditionalText file, bool user)
{
    // One parse per text, however many compilations and analyzers ask: the IDE makes a new compilation at every keystroke.
    private static readonly ConditionalWeakTable<SourceText, SpecDocument> Documents = new();

    private const string OriginKey = "build_metadata.AdditionalFiles.Bitrix24Spec";

    public string Path => file.Path;

    public string BaseName { get; } = SpecFileName.BaseName(file.Path);

    /// <summary>A user's own file, which may be of any API; a packaged one names its API by its folder.</summary>
    public bool User { get; } = user;

    /// <summary>Packaged files first, overlays after what they change.</summary>
    public int Rank { get; } = (user ? 2 : 0) + (SpecFileName.IsOverlay(file.Path) ? 1 : 0);

    public static bool IsUser(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        !options.GetOptions(file).TryGetValue(OriginKey, out var origin)
        || !string.Equals(origin, "packaged", StringComparison.OrdinalIgnoreCase);

    public bool MayBeOf(string api) =>
        User || string.Equals(SpecFileName.ApiFolder(Path), api, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the file says, or null where it cannot be read.</summary>
    public SpecDocument? Read(CancellationToken cancellationToken) =>
        file.GetText(cancellationToken) is { } text ? Read(file.Path, text, User) : null;

    public static SpecDocument Read(string path, SourceText text, bool user)
    {
        if (Documents.TryGetValue(text, out var known) && known.User == user && string.Equals(known.Path, path, StringComparison.Ordinal))
            return known;
        return known is null
            ? Documents.GetValue(text, t => SpecReader.Read(path, t.ToString(), user))
            : SpecReader.Read(path, text.ToString(), user);
    }
}
