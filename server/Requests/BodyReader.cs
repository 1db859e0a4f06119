using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.AspNetCore;

/// <summary>The body of a request, or why there is none.</summary>
/// <param name="Bytes">The body; null: it could not be read.</param>
/// <param name="Status">The status to answer where it could not.</param>
/// <param name="Problem">Why it could not.</param>
internal readonly record struct RequestBody(byte[]? Bytes, int Status, string? Problem)
{
    public static RequestBody Refused(int status, string problem) => new(null, status, problem);
}

/// <summary>Reads the body of a request, as far as the limits allow.</summary>
internal static class BodyReader
{
    public static async Task<RequestBody> ReadAsync(HttpRequest request, int maxLength, CancellationToken cancellationToken)
    {
        var tooLong = RequestBody.Refused(StatusCodes.Status413PayloadTooLarge, "The body is too long.");
        if (request.ContentLength > maxLength)
            return tooLong;
        var reader = request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (read.Buffer.Length > maxLength)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    return tooLong;
                }

                if (read.IsCompleted)
                {
                    var body = read.Buffer.ToArray();
                    reader.AdvanceTo(read.Buffer.End);
                    return new(body, StatusCodes.Status200OK, null);
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException e)
        {
            // Broken chunks, or a sender that is slower than the host waits for.
            return RequestBody.Refused(e.StatusCode, $"The body cannot be read: {e.Message}");
        }
        catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException || (e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return RequestBody.Refused(StatusCodes.Status400BadRequest, "The connection ended before the body did.");
        }
    }
}
