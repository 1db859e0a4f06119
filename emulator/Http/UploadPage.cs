using Bitrix24.Gen.Emulator.Rest;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Bitrix24.Gen.Emulator.Http;

/// <summary>Takes the files that are sent to <see cref="UploadAddresses"/>: the file of a form, or the body as it is.</summary>
internal static class UploadPage
{
    private const string Unnamed = "file";

    /// <summary>Files are sent to this path.</summary>
    public static bool Serves(string path) => path is UploadAddresses.Path or UploadAddresses.Path + ".json";

    /// <summary>The call that the file completes; null: the address is none of the portal's, or no file came.</summary>
    public static async Task<RestRequest?> ReadAsync(HttpContext context, UploadAddresses addresses)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || addresses.Find(request.Query[UploadAddresses.Token].ToString()) is not { } waiting
            || await FileAsync(request, context.RequestAborted) is not var (name, bytes))
            return null;
        return new RestRequest { Method = waiting.Method, Parameters = waiting.With(name, bytes), Caller = waiting.Caller };
    }

    private static async Task<(string Name, ReadOnlyMemory<byte> Bytes)?> FileAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return await OfFormAsync(request.Body, HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), cancellationToken);
        var bytes = await AllAsync(request.Body, cancellationToken);
        return bytes.Length == 0 ? null
            : (ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition) ? NameOf(disposition) : Unnamed, bytes);
    }

    private static async Task<(string Name, ReadOnlyMemory<byte> Bytes)?> OfFormAsync(Stream body, string boundary, CancellationToken cancellationToken)
    {
        if (boundary.Length is 0 or > RequestReader.MaxBoundary)
            return null;
        try
        {
            var reader = new MultipartReader(boundary, body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                    && HeaderUtilities.RemoveQuotes(disposition.Name).Equals(UploadAddresses.Field, StringComparison.Ordinal))
                    return (NameOf(disposition), await AllAsync(section.Body, cancellationToken));
            }
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            // A form that broke off has no file.
        }

        return null;
    }

    private static string NameOf(ContentDispositionHeaderValue disposition) =>
        (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).ToString() is { Length: > 0 } name
            ? name.Split('/', '\\')[^1]
            : Unnamed;

    private static async Task<ReadOnlyMemory<byte>> AllAsync(Stream body, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }
}
