using System.Threading;

namespace Bitrix24.Gen.Specs;

/// <summary>A spec file of a project, which is read when something in it is asked for.</summary>
/// <param name="path">Its path.</param>
/// <param name="user">The file is a user's own, which may be of any API; a packaged one names its API by its folder.</param>
/// <param name="text">The host's text, whose <see cref="object.ToString"/> is the file's content; null: it cannot be read.</param>
public sealed class SpecSource(string path, bool user, Func<CancellationToken, object?> text)
{
    public string Path => path;

    public bool User => user;

    public string BaseName { get; } = SpecFileName.BaseName(path);

    /// <summary>Packaged files first, overlays after what they change.</summary>
    public int Rank { get; } = (user ? 2 : 0) + (SpecFileName.IsOverlay(path) ? 1 : 0);

    public bool MayBeOf(string api) =>
        user || string.Equals(SpecFileName.ApiFolder(path), api, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the file says; null: it cannot be read.</summary>
    public SpecDocument? Read(CancellationToken cancellationToken) =>
        text(cancellationToken) is { } content ? SpecCache.Read(path, content, user) : null;
}
