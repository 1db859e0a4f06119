namespace Bitrix24;

/// <summary>Reads what a server sends, which may be compressed.</summary>
internal static class ContentReading
{
    /// <summary>Reads some of the content.</summary>
    /// <exception cref="IOException">The connection broke off, or what came cannot be decompressed.</exception>
    public static async ValueTask<int> ReadAsync(Stream content, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        // The latter is what a BrotliStream throws at data that is not Brotli.
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException and not ObjectDisposedException)
        {
            throw new IOException("The content cannot be decompressed.");
        }
    }
}
