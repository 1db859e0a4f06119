using System.Globalization;

namespace Bitrix24;

/// <summary>The content of a download: each part of it must come in time, and what goes wrong is said as for any call.</summary>
internal sealed class DownloadStream(HttpResponseMessage response, Stream content, TimeSpan timeout, TimeProvider time) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => response.Content.Headers.ContentLength ?? throw new NotSupportedException("The server does not say how long the file is.");

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await ContentReading.ReadAsync(content, buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new Bitrix24ConnectionException(HttpTransport.Download,
                string.Create(CultureInfo.InvariantCulture, $"the rest of the file did not arrive within {timeout.TotalSeconds:0.#} s"), mayHaveBeenExecuted: true);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new Bitrix24ConnectionException(HttpTransport.Download, "the connection ended before the whole file arrived", mayHaveBeenExecuted: true);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
