using System.Net;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Finds the error in an answer that is one.</summary>
internal static class ErrorReader
{
    /// <summary>The current value is an error inside <c>result</c>.</summary>
    public static bool IsError(FieldReader ahead) =>
        ahead.TokenType == JsonTokenType.StartObject
        && ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName && ahead.ValueTextEquals("error"u8)
        && ahead.Read() && ahead.TokenType == JsonTokenType.StartObject
        && ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName
        && (ahead.ValueTextEquals("error"u8) || ahead.ValueTextEquals("error_description"u8));

    /// <summary>The value of <c>error</c> says that there is none: PHP writes nothing as null, false, <c>""</c>, <c>[]</c> or <c>{}</c>. Reads it.</summary>
    public static bool IsNone(ref FieldReader reader)
    {
        reader.Read();
        var ahead = reader;
        var isNone = reader.TokenType switch
        {
            JsonTokenType.Null or JsonTokenType.False => true,
            JsonTokenType.String => reader.ValueTextEquals(""u8),
            JsonTokenType.StartArray or JsonTokenType.StartObject => ahead.Read() && ahead.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject,
            _ => false,
        };
        reader.Skip();
        return isNone;
    }

    public static Bitrix24ApiException? Find(ReadOnlySpan<byte> body, string method, RawAnswer answer)
    {
        try
        {
            // A refusal is short: one that is not says nothing that is worth the memory.
            if (answer.Budget > 0 && FieldReader.CostOf(body) > answer.Budget)
                return null;
            var reader = new Utf8JsonReader(JsonStrings.Repaired(body));
            return JsonDocument.TryParseValue(ref reader, out var document)
                ? Use(document, method, answer)
                : null;
        }
        catch (Exception e) when (EnvelopeReader.IsMalformed(e))
        {
            return null;
        }
    }

    private static Bitrix24ApiException? Use(JsonDocument document, string method, RawAnswer answer)
    {
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            if (!root.TryGetProperty("error", out _)
                && root.TryGetProperty("result", out var result)
                && result.ValueKind == JsonValueKind.Object
                && result.TryGetProperty("error", out var inner)
                && inner.ValueKind == JsonValueKind.Object)
            {
                root = inner;
            }

            if (Describe(root) is not var (code, text))
                return null;
            (code, text) = (answer.Redact(code), answer.Redact(text));
            var (hint, userMessage) = (Redacted(root, "hint", answer), Redacted(root, "userMessage", answer));
            return code == Bitrix24SessionExpiredException.ErrorCode && answer.Status == HttpStatusCode.Unauthorized
                ? new Bitrix24SessionExpiredException(method, text, answer.RequestId) { Hint = hint, UserMessage = userMessage }
                : new Bitrix24ApiException(method, code, text, answer.Status, answer.RequestId)
                {
                    RetryAfter = answer.RetryAfter ?? RetryAfterOf(root),
                    Hint = hint,
                    UserMessage = userMessage,
                    Details = DetailsOf(root, answer),
                };
        }
    }

    /// <summary>VibeCode's wait in seconds, where the header that says the same got lost on the way.</summary>
    private static TimeSpan? RetryAfterOf(JsonElement root) =>
        root.GetProperty("error") is { ValueKind: JsonValueKind.Object } error
        && error.TryGetProperty("retryAfter", out var value) && NumberText.TryRead(value, out var seconds) && seconds is >= 0 and < int.MaxValue
            ? TimeSpan.FromSeconds((double)seconds)
            : null;

    private static string? Redacted(JsonElement root, string name, RawAnswer answer) =>
        root.GetProperty("error") is { ValueKind: JsonValueKind.Object } error && Member(error, name) is { } text ? answer.Redact(text) : null;

    /// <summary>The error of one call of a batch.</summary>
    public static Bitrix24ApiException OfItem(JsonElement error, string method, RawAnswer answer)
    {
        var (code, text) = error.ValueKind == JsonValueKind.Object && Describe(error) is { } described
            ? described
            : (Text(error) ?? "", null);
        return new(method, answer.Redact(code), answer.Redact(text), answer.Status, answer.RequestId);
    }

    /// <summary>Code and text of an error in any of its forms: <c>error</c> as text beside <c>error_description</c>, or an object.</summary>
    public static (string Code, string? Text)? Describe(JsonElement error)
    {
        if (!error.TryGetProperty("error", out var code))
            return null;
        if (code.ValueKind == JsonValueKind.Object)
        {
            return code.TryGetProperty("code", out var inner)
                ? (Text(inner) ?? "", Member(code, "message"))
                : Describe(code);
        }

        return code.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? (Text(code)!, Member(error, "error_description"))
            : null;
    }

    /// <summary>REST 3.0's findings of single fields.</summary>
    private static List<Bitrix24ErrorDetail> DetailsOf(JsonElement root, RawAnswer answer) =>
        root.GetProperty("error") is { ValueKind: JsonValueKind.Object } error
        && error.TryGetProperty("validation", out var list)
        && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()
                .Where(static d => d.ValueKind == JsonValueKind.Object)
                .Select(d => new Bitrix24ErrorDetail(answer.Redact(Member(d, "field")), answer.Redact(Member(d, "code")), answer.Redact(Member(d, "message") ?? "")))]
            : [];

    private static string? Member(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) ? Text(member) : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
