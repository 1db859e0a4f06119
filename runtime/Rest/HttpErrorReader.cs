using System.Globalization;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Reads the refusals of HTTP-style APIs: VibeCode's error object, and problem details (RFC 9457).</summary>
internal static class HttpErrorReader
{
    public static Bitrix24Exception Refusal<T>(
        IBitrix24Request<T> request, RawAnswer answer, ReadOnlySpan<byte> body)
    {
        if (request.Method.Api.Envelope == EnvelopeKind.Hal)
            return Problem(request.Method.Name, answer, body);
        return ErrorReader.Find(body, request.Method.Name, answer)
            ?? (Bitrix24Exception)EnvelopeReader.Protocol(request.Method.Name, answer, "the answer is neither a result nor an error");
    }

    /// <summary>The refusal that problem details tell; without them, the one that the status tells.</summary>
    public static Bitrix24Exception Problem(string method, RawAnswer answer, ReadOnlySpan<byte> body)
    {
        var status = (int)answer.Status;
        string? detail = null;
        List<Bitrix24ErrorDetail> details = [];
        try
        {
            var reader = new Utf8JsonReader(answer.Budget > 0 && FieldReader.CostOf(body) > answer.Budget ? "null"u8 : JsonStrings.Repaired(body));
            if (JsonDocument.TryParseValue(ref reader, out var document))
            {
                using (document)
                    detail = Read(document.RootElement, details, answer);
            }
        }
        catch (Exception e) when (EnvelopeReader.IsMalformed(e))
        {
            // A refusal at the limit may come as text; below, the status says what it means.
        }

        if (status is < 400 or >= 500 && detail is null)
            return EnvelopeReader.Protocol(method, answer, "the answer is neither a result nor a problem");
        return new Bitrix24ApiException(method, CodeOf(status), detail, answer.Status, answer.RequestId)
        {
            Details = details,
            RetryAfter = answer.RetryAfter,
        };
    }

    /// <summary>The text of a problem; its single findings go to the list.</summary>
    private static string? Read(JsonElement problem, List<Bitrix24ErrorDetail> details, RawAnswer answer)
    {
        if (problem.ValueKind != JsonValueKind.Object)
            return null;
        if (problem.TryGetProperty("validation-errors", out var groups) && groups.ValueKind == JsonValueKind.Array)
        {
            foreach (var group in groups.EnumerateArray())
            {
                if (group.ValueKind == JsonValueKind.Object && group.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
                    details.AddRange(errors.EnumerateArray().Where(static e => e.ValueKind == JsonValueKind.Object).Select(e => Detail(e, answer)));
            }
        }

        return answer.Redact(Text(problem, "detail") ?? Text(problem, "title"));
    }

    private static Bitrix24ErrorDetail Detail(JsonElement error, RawAnswer answer) =>
        new(answer.Redact(Text(error, "path")), answer.Redact(Text(error, "code")), answer.Redact(Text(error, "detail") ?? ""));

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    /// <summary>Problems of these APIs have no code of their own: the status is given a name.</summary>
    private static string CodeOf(int status) => status switch
    {
        400 => "BAD_REQUEST",
        401 => "UNAUTHORIZED",
        402 => "PAYMENT_REQUIRED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        429 => "TOO_MANY_REQUESTS",
        _ => "HTTP_" + status.ToString(CultureInfo.InvariantCulture),
    };
}
