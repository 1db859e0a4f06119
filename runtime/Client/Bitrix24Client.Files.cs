namespace Bitrix24;

public abstract partial class Bitrix24Client
{
    private const int MaxDownloadRedirects = 5;

    /// <summary>Opens the content of a file that the server answered. The address is signed: no credentials go with it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <returns>The content as it arrives; dispose it.</returns>
    /// <exception cref="Bitrix24ProtocolException">The server does not give the file.</exception>
    /// <exception cref="Bitrix24ConnectionException">No answer came.</exception>
    public async Task<Stream> DownloadAsync(Bitrix24File file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (file.Url is null)
            throw new ArgumentException("The file has no address.", nameof(file));
        var address = new Uri(_credentials.Portal, file.Url);
        for (var hop = 0; ; hop++)
        {
            if (!Bitrix24Credentials.IsSafe(address))
                throw new Bitrix24ProtocolException("download: the file is not at an https address");
            var response = await _transport.GetAsync(address, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            using (response)
            {
                if ((int)response.StatusCode is >= 301 and < 400 && response.Headers.Location is { } to && hop < MaxDownloadRedirects)
                    address = new Uri(address, to);
                else
                    throw new Bitrix24ProtocolException($"download: the server does not give the file (HTTP {(int)response.StatusCode})") { Status = response.StatusCode };
            }
        }
    }
}
