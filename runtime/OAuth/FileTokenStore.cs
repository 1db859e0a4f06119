using System.Globalization;
using System.Text.Json;

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
    private static readonly TimeSpan s_draftLives = TimeSpan.FromHours(1);

    private readonly string _folder = Path.GetFullPath(folder);

    /// <summary>How long to wait for another process that refreshes the tokens of the same portal.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file was changed by others and holds no tokens.</exception>
    public async ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default)
    {
        try
        {
            var text = await File.ReadAllBytesAsync(PathOf(portal), cancellationToken).ConfigureAwait(false);
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The cause is not kept: it may quote a token.
            throw new InvalidDataException($"The token file of {portal} cannot be read: delete it and let the application in again.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(_folder);
        var path = PathOf(portal);
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var stream = new FileStream(draft, Private(new() { Mode = FileMode.CreateNew, Access = FileAccess.Write })))
            {
                await using (var writer = new Utf8JsonWriter(stream))
                    Write(writer, token);
                stream.Flush(flushToDisk: true);
            }

            // A rotated token is saved even if the call that needed it was cancelled.
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }

        // What processes left that crashed before they moved their draft; it holds tokens too.
        foreach (var left in Directory.EnumerateFiles(_folder, Path.GetFileName(path) + ".*.tmp"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(left) > s_draftLives)
                File.Delete(left);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IAsyncDisposable> LockAsync(string portal, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(_folder);
        // The file stays: were it deleted, two processes could hold locks on two files of its name.
        var path = PathOf(portal) + ".lock";
        var options = Private(new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None });
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
                    throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"The lock on the tokens of {portal} did not come free within {LockTimeout.TotalSeconds:0.#} s: {e.Message}"), e);
            }

            await Task.Delay(Random.Shared.Next(10, 40), cancellationToken).ConfigureAwait(false);
        }
    }

    private static FileStreamOptions Private(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    // Hosts hold letters, digits, dots, dashes and a port.
    private string PathOf(string portal) =>
        Path.Combine(_folder, string.Concat(portal.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_')) + ".token.json");

    private static Bitrix24Token Read(JsonElement value) => new()
    {
        AccessToken = value.GetProperty("accessToken").GetString()!,
        RefreshToken = value.GetProperty("refreshToken").GetString()!,
        ExpiresAt = value.GetProperty("expiresAt").GetDateTimeOffset(),
        MemberId = value.GetProperty("memberId").GetString(),
        Scope = value.GetProperty("scope").GetString(),
        UserId = value.GetProperty("userId") is { ValueKind: JsonValueKind.Number } id ? id.GetInt64() : null,
    };

    private static void Write(Utf8JsonWriter writer, Bitrix24Token token)
    {
        writer.WriteStartObject();
        writer.WriteString("accessToken"u8, token.AccessToken);
        writer.WriteString("refreshToken"u8, token.RefreshToken);
        writer.WriteString("expiresAt"u8, token.ExpiresAt);
        writer.WriteString("memberId"u8, token.MemberId);
        writer.WriteString("scope"u8, token.Scope);
        if (token.UserId is { } user)
            writer.WriteNumber("userId"u8, user);
        else
            writer.WriteNull("userId"u8);
        writer.WriteEndObject();
    }
}
