using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// Reads the answers of HTTP-style APIs, where the status says whether a call succeeded: VibeCode's <c>data</c> with
/// <c>meta</c> around it, and hypertext whose body is the value.
/// </summary>
internal static class HttpEnvelopeReader
{
    public static Bitrix24Response<T> Read<T>(IBitrix24Request<T> request, RawAnswer answer, bool digest)
    {
        var body = EnvelopeReader.WithoutMark(answer.Body.Span);
        if ((int)answer.Status is < 200 or >= 300)
            throw HttpErrorReader.Refusal(request, answer, body);
        try
        {
            if (body.IsEmpty)
                return Empty(request, answer);
            return request.Method.Api.Envelope == EnvelopeKind.VibeCode
                ? ReadVibeCode(request, answer, body, digest)
                : ReadHypertext(request, answer, body, digest);
        }
        catch (Exception e) when (EnvelopeReader.IsMalformed(e))
        {
            throw EnvelopeReader.Malformed(request, answer, body, e);
        }
    }

    // 204 stands for an empty list, and for "done".
    private static Bitrix24Response<T> Empty<T>(IBitrix24Request<T> request, RawAnswer answer)
    {
        if (answer.Status is not (HttpStatusCode.NoContent or HttpStatusCode.Accepted))
            throw EnvelopeReader.Protocol(request.Method.Name, answer, "the answer is empty");
        return new() { Result = EnvelopeReader.Nothing(request), HasMore = false };
    }

    private static Bitrix24Response<T> ReadVibeCode<T>(
        IBitrix24Request<T> request, RawAnswer answer, ReadOnlySpan<byte> body, bool digest)
    {
        var reader = answer.Reader(body);
        var found = false;
        T result = default!;
        string? hash = null;
        long? total = null;
        bool? hasMore = null;
        var data = default(Range);
        Dictionary<string, JsonElement>? extra = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw JsonRead.Unexpected(in reader, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                var start = reader.TokenStartIndex;
                found = EnvelopeReader.ReadValue(request, ref reader, request.ResultPath, ref extra, out result);
                data = start..reader.BytesConsumed;
                if (digest)
                    hash = Convert.ToHexString(SHA256.HashData(body[data]));
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                throw HttpErrorReader.Refusal(request, answer, body);
            }
            else if (reader.ValueTextEquals("total"u8))
            {
                total = EnvelopeReader.ReadCount(ref reader);
            }
            else
            {
                EnvelopeReader.AddExtra(ref reader, ref extra);
            }
        }

        reader.Read();
        answer.Reading.Report(request.Method.Name, body, in reader, answer.Secrets);
        if (!found && !request.Method.ResultNullable)
            throw new Bitrix24ProtocolException("the answer has no 'data'");
        if (extra is not null && extra.TryGetValue("meta", out var meta) && meta.ValueKind == JsonValueKind.Object)
        {
            // The total stands at the top or in meta, by entity.
            total ??= meta.TryGetProperty("total", out var count) ? NumberText.WholeOrNull(count) : null;
            hasMore = meta.TryGetProperty("hasMore", out var more) ? more.ValueKind == JsonValueKind.True : null;
            if (request.Method.Operation == Operation.Aggregate && meta.TryGetProperty("truncated", out var part) && part.ValueKind == JsonValueKind.True)
                answer.Reading.ReportPartial(request.Method.Name);
            // Some answers have it inside the value, some beside it. That a sum is of a part only is said by the value.
            if (found && request.ResultPath is null && meta.TryGetProperty("truncated", out _) && WithMeta(body[data], meta) is { } whole)
            {
                var again = answer.Reader(whole);
                again.Read();
                result = request.ReadResult(ref again);
            }
        }

        // Some have it inside the value.
        if (request.Method.Operation == Operation.Aggregate && (extra is null || !extra.ContainsKey("meta")) && IsPartial(body[data]))
            answer.Reading.ReportPartial(request.Method.Name);
        return new() { Result = found ? result : EnvelopeReader.Nothing(request), Total = total, HasMore = hasMore, Extra = extra ?? [], Digest = hash };
    }

    private static bool IsPartial(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 2 && reader.ValueTextEquals("truncated"u8))
                return reader.Read() && reader.TokenType == JsonTokenType.True;
        }

        return false;
    }

    /// <summary>An object with <c>meta</c> inside; null: it is no object, has its own, or is a list by index.</summary>
    private static byte[]? WithMeta(ReadOnlySpan<byte> data, JsonElement meta)
    {
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        var isEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("meta"u8) || (isEmpty && JsonRead.IsNumber(reader.ValueSpan)))
                return null;
            isEmpty = false;
            reader.Skip();
        }

        return [.. data[..^1], .. isEmpty ? "\"meta\":"u8 : ",\"meta\":"u8, .. JsonBodyWriter.BytesOf(meta), (byte)'}'];
    }

    private static Bitrix24Response<T> ReadHypertext<T>(IBitrix24Request<T> request, RawAnswer answer, ReadOnlySpan<byte> body, bool digest)
    {
        var reader = answer.Reader(body);
        reader.Read();
        Dictionary<string, JsonElement>? extra = null;
        var found = EnvelopeReader.ReadValue(request, ref reader, request.ResultPath, ref extra, out var result);
        reader.Read();
        answer.Reading.Report(request.Method.Name, body, in reader, answer.Secrets);
        if (!found && !request.Method.ResultNullable)
            throw new Bitrix24ProtocolException($"the answer has no '{request.ResultPath}'");
        var hasMore = extra is not null && extra.TryGetValue("_links", out var links)
            && links.ValueKind == JsonValueKind.Object
            && links.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.Object;
        return new()
        {
            Result = found ? result : EnvelopeReader.Nothing(request),
            HasMore = request.ResultPath is null ? null : hasMore,
            Extra = extra ?? [],
            Digest = digest ? Convert.ToHexString(SHA256.HashData(body)) : null,
        };
    }
}
