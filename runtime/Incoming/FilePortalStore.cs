using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Bitrix24;

/// <summary>
/// Keeps portals in a folder, a file for each, which only the user of the process may read; and their tokens, as
/// <see cref="FileTokenStore"/> does, in the same folder. A file is replaced as a whole.
/// </summary>
/// <param name="folder">The folder; it is made when it is not there.</param>
public sealed class FilePortalStore(string folder) : IPortalStore, ITokenStore
{
    private const string Extension = ".portal.json";

    private readonly string _folder = Path.GetFullPath(folder);
    private readonly FileTokenStore _tokens = new(folder);

    /// <inheritdoc/>
    public async ValueTask<InstalledPortal?> FindAsync(string memberId, CancellationToken cancellationToken = default)
    {
        var portal = await ReadAsync(PathOf(memberId), cancellationToken).ConfigureAwait(false);
        return portal?.MemberId == memberId ? portal : null;
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(InstalledPortal portal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(portal);
        PrivateFiles.MakeFolder(_folder, FileTokenStore.IsOurs);
        await PrivateFiles.ReplaceAsync(PathOf(portal.MemberId), portal.ToJson(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(string memberId, CancellationToken cancellationToken = default)
    {
        if (Directory.Exists(_folder))
            File.Delete(PathOf(memberId));
        return default;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<InstalledPortal> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(_folder))
            yield break;
        Exception? unreadable = null;
        foreach (var path in Directory.EnumerateFiles(_folder, "*" + Extension))
        {
            InstalledPortal? portal = null;
            try
            {
                portal = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
            }
            catch (InvalidDataException e)
            {
                // The other portals come first.
                unreadable ??= e;
            }

            if (portal is not null)
                yield return portal;
        }

        if (unreadable is not null)
            throw unreadable;
    }

    /// <inheritdoc/>
    public ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default) => _tokens.LoadAsync(portal, cancellationToken);

    /// <inheritdoc/>
    public ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default) => _tokens.SaveAsync(portal, token, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string portal, CancellationToken cancellationToken = default) => _tokens.ForgetAsync(portal, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable> LockAsync(string portal, CancellationToken cancellationToken = default) => _tokens.LockAsync(portal, cancellationToken);

    // The id comes from outside: a digest of it cannot name another file.
    private string PathOf(string memberId) => Path.Combine(
        _folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(memberId)).AsSpan(0, 16)).ToLowerInvariant() + Extension);

    private static async ValueTask<InstalledPortal?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return InstalledPortal.FromJson(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (InvalidDataException)
        {
            throw new InvalidDataException($"The portal file {Path.GetFileName(path)} cannot be read: delete it and install the application again.");
        }
    }
}
