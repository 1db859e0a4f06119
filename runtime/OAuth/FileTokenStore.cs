using System.Text.Json;

namespace Bitrix24;

/// <summary>
/// Keeps tokens in a folder, a file for each portal, which only the user of the process may read. A file is replaced as
/// a whole after its successor is on the disk: a crash leaves the old one or the new one.
/// </summary>
/// <param name="folder">The folder; it is made when it is not there.</param>
public sealed class FileTokenStore(string folder) : ITokenStore
{
    /// <inheritdoc/>
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
            throw new InvalidDataException($"The token file of {portal} cannot be read.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        var path = PathOf(portal);
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            await using (var stream = new FileStream(draft, options))
            {
                await using (var writer = new Utf8JsonWriter(stream))
                    Write(writer, token);
                stream.Flush(flushToDisk: true);
            }

            // A rotated token is saved even if the call that needed it has given up.
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // Hosts hold letters, digits, dots, dashes and a port.
    private string PathOf(string portal) =>
        Path.Combine(folder, string.Concat(portal.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_')) + ".token.json");

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
