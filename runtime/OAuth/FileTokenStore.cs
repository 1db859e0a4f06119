using System.Globalization;
using System.Text;

namespace Bitrix24;

/// <summary>
/// Keeps tokens in a folder, a file for each portal, which only the user of the process may read. A file is replaced as
/// a whole after its successor is on the disk: a crash leaves the old one or the new one. Processes of one machine may
/// share the folder: while one refreshes tokens, it holds a lock of the operating system on a file beside them, which ends
/// with the process. Network drives may not have such locks.
/// </summary>
/// <param name="folder">The folder; it is made when it is not there.</param>
public sealed class FileTokenStore(string folder) : ITokenStore
{
    private static readonly TimeSpan DraftLives = TimeSpan.FromHours(1);

    private readonly string _folder = Path.GetFullPath(folder);

    /// <summary>How long to wait for another process that refreshes the tokens of the same portal.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file was changed by others and holds no tokens.</exception>
    public async ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default)
    {
        try
        {
            Adopt(portal);
            return Bitrix24Token.FromJson(await File.ReadAllTextAsync(PathOf(portal), cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (InvalidDataException)
        {
            throw new InvalidDataException($"The token file of {portal} cannot be read: delete it and authorize the application again.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default)
    {
        PrivateFiles.MakeFolder(_folder, IsOurs);
        var path = PathOf(portal);
        await PrivateFiles.ReplaceAsync(path, token.ToJson(), cancellationToken).ConfigureAwait(false);

        // What processes left that crashed before they moved their draft; it holds tokens too.
        foreach (var left in Directory.EnumerateFiles(_folder, Path.GetFileName(path) + ".*.tmp"))
        {
            if (TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(left) > DraftLives)
                File.Delete(left);
        }
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string portal, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(_folder))
            return default;
        Adopt(portal);
        File.Delete(PathOf(portal));
        return default;
    }

    /// <inheritdoc/>
    public async ValueTask<IAsyncDisposable> LockAsync(string portal, CancellationToken cancellationToken = default)
    {
        PrivateFiles.MakeFolder(_folder, IsOurs);
        // The file stays: were it deleted, two processes could hold locks on two files of its name.
        var path = PathOf(portal) + ".lock";
        var options = PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite);
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException e) when (e.GetType() == typeof(IOException))
            {
                if (TimeProvider.System.GetElapsedTime(start) >= LockTimeout)
                    throw new TimeoutException(string.Create(CultureInfo.InvariantCulture,
                        $"The lock on the tokens of {portal} was not released within {LockTimeout.TotalSeconds:0.#} s: {e.Message}"), e);
            }

            await Task.Delay(Random.Shared.Next(10, 40), cancellationToken).ConfigureAwait(false);
        }
    }

    internal static bool IsOurs(string name) => name.Contains(".token.json", StringComparison.Ordinal) || name.Contains(".portal.json", StringComparison.Ordinal);

    private string PathOf(string portal) => Path.Combine(_folder, TokenFileName.Of(portal));

    /// <summary>Takes over a file that version 0.1 wrote under another name.</summary>
    private void Adopt(string portal)
    {
        if (TokenFileName.Old(portal) is not { } name)
            return;
        var (old, path) = (Path.Combine(_folder, name), PathOf(portal));
        if (!File.Exists(old) || File.Exists(path))
            return;
        try
        {
            File.Move(old, path);
        }
        catch (Exception e) when (e is FileNotFoundException || (e is IOException && File.Exists(path)))
        {
            // Another process was faster.
        }
    }
}
