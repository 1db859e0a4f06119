using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.AspNetCore;

/// <summary>Answers of handlers as JSON.</summary>
internal static class JsonAnswer
{
    /// <summary>Writes the body of the response, once it is complete: what cannot be written leaves no half of it.</summary>
    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new Utf8JsonWriter(buffer);
        await using (writer.ConfigureAwait(false))
            write(writer);
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
