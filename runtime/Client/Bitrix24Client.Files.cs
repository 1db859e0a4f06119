namespace Bitrix24;

public abstract partial class Bitrix24Client
{
    private const int MaxDownloadRedirects = 5;

    /// <summary>
    /// Opens the content of a file that the server answered. The address is signed: no credentials go with it. It is
    /// reached over https, and never inside the network of this process, unless the portal itself is there
    /// (<see cref="Bitrix24ClientOptions.AllowPrivateDownloads"/>).
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <returns>
    /// The content as it arrives; dispose it. Reading throws <see cref="Bitrix24ConnectionException"/> when nothing arrives within
    /// <see cref="Bitrix24ClientOptions.RequestTimeout"/>, or the connection ends before the whole file arrived; it is not resumed.
    /// Read it asynchronously: a synchronous read holds its thread until something arrives.
    /// </returns>
    /// <exception cref="Bitrix24ProtocolException">The server does not give the file, or its address is not one to go to.</exception>
    /// <exception cref="Bitrix24ConnectionException">No answer arrived.</exception>
    public async Task<Stream> DownloadAsync(Bitrix24File file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var url = file.MachineUrl ?? file.Url ?? throw new ArgumentException("The file has no address.", nameof(file));
        var address = NextAddress(_credentials.Portal, url);
        for (var hop = 0; ; hop++)
        {
            var response = await _transport.GetAsync(address, IsAllowed(address), cancellationToken).ConfigureAwait(false);
            // An HttpClient of the user's may have followed a redirect by itself.
            if (response.RequestMessage?.RequestUri is { } reached && reached != address && IsForbidden(reached))
            {
                response.Dispose();
                throw LeadsInside();
            }

            if (response.IsSuccessStatusCode)
            {
                var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                return new DownloadStream(response, content, _options.RequestTimeout, _options.TimeProvider);
            }

            using (response)
            {
                if ((int)response.StatusCode is >= 301 and < 400 && LocationOf(response) is { } to && hop < MaxDownloadRedirects)
                    address = NextAddress(address, to);
                else
                    throw new Bitrix24ProtocolException($"download: the server does not give the file (HTTP {(int)response.StatusCode})") { Status = response.StatusCode };
            }
        }
    }

    /// <summary>Opens what lies at an address that the server answered, such as <c>DownloadUrl</c> of a file on Drive, as <see cref="DownloadAsync(Bitrix24File, CancellationToken)"/> does.</summary>
    /// <param name="url">The address; a relative one is the portal's.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <returns>The content as it arrives; dispose it.</returns>
    /// <exception cref="Bitrix24ProtocolException">The server does not give the file, or its address is not one to go to.</exception>
    /// <exception cref="Bitrix24ConnectionException">No answer arrived.</exception>
    public Task<Stream> DownloadAsync(string url, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        return DownloadAsync(Bitrix24File.FromUrl(url), cancellationToken);
    }

    private static string? LocationOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Location", out var values) ? values.FirstOrDefault() : null;

    private Uri NextAddress(Uri from, string to)
    {
        if (!Uri.TryCreate(from, to, out var address))
            throw new Bitrix24ProtocolException("download: the file's address is not valid");
        if (!Bitrix24Credentials.IsSafe(address))
            throw new Bitrix24ProtocolException("download: the file is not at a valid https address");
        return IsForbidden(address) ? throw LeadsInside() : address;
    }

    private static Bitrix24ProtocolException LeadsInside() => new("download: the file's address leads into a private network");

    private bool IsForbidden(Uri address) => !IsAllowed(address) && PrivateNetwork.Has(address);

    /// <summary>An address may be a private one: where the portal itself is, on this machine beside it, or by the user's leave.</summary>
    private bool IsAllowed(Uri address) =>
        _options.AllowPrivateDownloads
        || PortalKey.Of(address) == _credentials.PortalName
        || (_credentials.Portal.IsLoopback && address.IsLoopback);
}
