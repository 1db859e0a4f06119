using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.AspNetCore;

/// <summary>Reads the body of a request, as far as the limits allow.</summary>
internal static class BodyReader
{
    /// <summary>The body; null: it is longer than the limit.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int maxLength, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxLength)
            return null;
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.Buffer.Length > maxLength)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
