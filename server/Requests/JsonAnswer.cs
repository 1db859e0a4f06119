using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.AspNetCore;

/// <summary>Answers of handlers as JSON.</summary>
internal static class JsonAnswer
{
    /// <summary>Writes the body of the response.</summary>
    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
            write(writer);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
