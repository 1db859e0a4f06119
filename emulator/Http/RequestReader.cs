using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Bitrix24.Gen.Emulator.Http;

/// <summary>Collects the parameters of a request: the query, and over it the body of a POST.</summary>
internal static class RequestReader
{
    /// <summary>Room for a file of 48 MB in Base64.</summary>
    public const long MaxBody = 64L * 1024 * 1024;

    /// <summary>Longer than any client's; the reader of forms has room for 4 KB.</summary>
    public const int MaxBoundary = 1024;

    private static readonly string[] NotForTheMethod = ["auth", "access_token", "state", "aplogin", "ap", "sessid", "bx24_request_id"];

    public static async Task<RestRequest> ReadAsync(HttpContext context, RestPath path)
    {
        var request = context.Request;
        var (parameters, body) = await ReadParametersAsync(context, path.Version);
        var webhook = path.Webhook ?? PlainWebhook(parameters);
        var token = Bearer(request) ?? Text(parameters["auth"]) ?? Text(parameters["access_token"]);
        foreach (var name in NotForTheMethod)
            parameters.Remove(name);

        return new RestRequest
        {
            Version = path.Version,
            Method = path.Method,
            Webhook = webhook,
            Token = token,
            Parameters = parameters,
            Unreadable = path.Version == RestVersion.V3 && body is null && request.ContentLength > 0,
            AsText = !IsJson(ContentType(request)),
            Body = body,
            IdempotencyKey = request.Headers.TryGetValue("Idempotency-Key", out var key) ? key.ToString() : null,
        };
    }

    /// <summary>The parameters, and the body when there is one.</summary>
    public static async Task<(JsonObject Parameters, JsonNode? Body)> ReadParametersAsync(HttpContext context, RestVersion version)
    {
        var request = context.Request;
        var body = HttpMethods.IsPost(request.Method) ? await ReadBodyAsync(request, version, context.RequestAborted) : null;
        var parameters = version == RestVersion.V2 && request.QueryString.HasValue ? PhpQueryReader.Parse(request.QueryString.Value![1..]) : [];
        foreach (var (name, value) in body as JsonObject ?? Numbered(body as JsonArray))
            parameters[name] = value?.DeepClone();
        return (parameters, body);
    }

    /// <summary>A list is an array with the keys 0, 1, 2 to PHP; methods that go by position take one.</summary>
    private static JsonObject Numbered(JsonArray? list) =>
        new((list ?? []).Select(static (item, i) => KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), item?.DeepClone())));

    private static async Task<JsonNode?> ReadBodyAsync(HttpRequest request, RestVersion version, CancellationToken cancellationToken)
    {
        var contentType = ContentType(request);
        if (contentType is { Boundary.Length: > 0 } && contentType.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return await ReadMultipartAsync(request.Body, HeaderUtilities.RemoveQuotes(contentType.Boundary).ToString(), cancellationToken);

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (IsJson(contentType))
            return JsonBodyReader.Read(bytes);
        if (version == RestVersion.V3)
            return null;
        return PhpQueryReader.Parse(Encoding.UTF8.GetString(bytes.Span));
    }

    private static MediaTypeHeaderValue? ContentType(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var contentType) ? contentType : null;

    private static bool IsJson(MediaTypeHeaderValue? contentType) =>
        contentType is not null
        && (contentType.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || contentType.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    private static async Task<JsonNode?> ReadMultipartAsync(Stream body, string boundary, CancellationToken cancellationToken)
    {
        var fields = new PhpArray();
        // PHP takes no fields from a form whose boundary it has no room for.
        if (boundary.Length > MaxBoundary)
            return new JsonObject();
        try
        {
            var reader = new MultipartReader(boundary, body);
            for (var variables = 0; variables < PhpQueryReader.MaxVariables && await reader.ReadNextSectionAsync(cancellationToken) is { } section; variables++)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.IsFormDisposition())
                    continue;
                using var text = new StreamReader(section.Body, Encoding.UTF8);
                PhpQueryReader.Add(fields, HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), await text.ReadToEndAsync(cancellationToken));
            }
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            // PHP keeps what it read before the form broke off.
        }

        return fields.ToJsonObject();
    }

    private static string? Bearer(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;
    }

    private static WebhookKey? PlainWebhook(JsonObject parameters) =>
        Text(parameters["aplogin"]) is { } user && Text(parameters["ap"]) is { } secret ? new WebhookKey(user, secret) : null;

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
