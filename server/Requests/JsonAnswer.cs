using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.AspNetCore;

/// <summary>Answers of handlers as JSON.</summary>
internal static class JsonAnswer
{
    /// <summary>Writes the body of the response, once it is complete: what cannot be written leaves no half of it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="what">What answers, for the message of what cannot be written.</param>
    /// <param name="write">Writes.</param>
    public static async Task WriteAsync(HttpContext context, string what, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(buffer);
            write(writer);
        }
        catch (Exception e) when (CallbackAnswerException.IsUnwritable(e))
        {
            throw new CallbackAnswerException(what, e);
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
