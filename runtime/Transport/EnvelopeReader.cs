using System.Security.Cryptography;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// Reads an answer: the value inside <c>result</c> and what stands around it, or the error, which some methods put at
/// the top and some inside <c>result</c> whatever the HTTP status.
/// </summary>
internal static class EnvelopeReader
{
    public static Bitrix24Response<T> Read<T>(
        IBitrix24Request<T> request,
        RawAnswer answer,
        bool digest = false)
    {
        if (request.Method.Api.Envelope is EnvelopeKind.VibeCode or EnvelopeKind.Hal)
            return HttpEnvelopeReader.Read(request, answer, digest);
        var body = WithoutMark(answer.Body.Span);
        var method = request.Method.Name;
        if ((int)answer.Status is >= 300 and < 400)
            throw Protocol(request.Method.Name, answer, "the portal answered with a redirect, which is not followed");
        if (body.IsEmpty)
            throw Protocol(request.Method.Name, answer, "the answer is empty", isBroken: true);
        if (body[0] == '<')
            throw Protocol(request.Method.Name, answer, "the answer is HTML or XML instead of JSON", isBroken: true);

        try
        {
            if ((int)answer.Status is >= 200 and < 300)
            {
                var response = ReadEnvelope(request, answer, body, digest, out var failed);
                if (!failed)
                    return response!;
            }
        }
        catch (Exception e) when (IsMalformed(e))
        {
            if (ErrorReader.Find(body, method, answer) is { } error)
                throw error;
            throw Malformed(request, answer, body, e);
        }

        if (ErrorReader.Find(body, method, answer) is { } refusal)
            throw refusal;
        throw Protocol(request.Method.Name, answer, "the answer is neither a result nor an error");
    }

    /// <summary>Reads the value of one call of a batch.</summary>
    public static T ReadItem<T>(
        IBitrix24Request<T> request, JsonElement value, RawAnswer answer, out IReadOnlyDictionary<string, JsonElement> beside)
    {
        var body = JsonBodyWriter.BytesOf(value);
        var reader = answer.Reader(body);
        reader.Read();
        if (ErrorReader.IsError(reader))
            throw ErrorReader.OfItem(value.GetProperty("error"), request.Method.Name, answer);
        try
        {
            Dictionary<string, JsonElement>? extra = null;
            var found = ReadValue(request, ref reader, request.ResultPath, ref extra, out var result);
            beside = extra ?? [];
            answer.Reading.Report(request.Method.Name, body, in reader, answer.Secrets);
            if (found)
                return result;
            return request.Method.ResultNullable
                ? Nothing(request)
                : throw new Bitrix24ProtocolException($"the answer has no 'result.{request.ResultPath}'");
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(request, answer, body, e);
        }
        finally
        {
            answer.Spent += reader.Spent;
        }
    }

    private static Bitrix24Response<T>? ReadEnvelope<T>(IBitrix24Request<T> request, RawAnswer answer, ReadOnlySpan<byte> body, bool digest, out bool failed)
    {
        var reader = answer.Reader(body);
        var found = false;
        T result = default!;
        string? hash = null;
        Bitrix24Time? time = null;
        long? next = null, total = null;
        Dictionary<string, JsonElement>? extra = null;
        failed = true;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw JsonRead.Unexpected(in reader, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("result"u8))
            {
                reader.Read();
                if (ErrorReader.IsError(reader))
                    return null;
                var start = reader.TokenStartIndex;
                found = ReadValue(request, ref reader, request.ResultPath, ref extra, out result);
                if (digest)
                    hash = Convert.ToHexString(SHA256.HashData(body[start..reader.BytesConsumed]));
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                if (!ErrorReader.IsNone(ref reader))
                    return null;
            }
            else if (reader.ValueTextEquals("time"u8))
            {
                time = ReadTime(ref reader);
            }
            else if (reader.ValueTextEquals("next"u8))
            {
                next = ReadCount(ref reader);
            }
            else if (reader.ValueTextEquals("total"u8))
            {
                total = ReadCount(ref reader);
            }
            else
            {
                AddExtra(ref reader, ref extra);
            }
        }

        // Reads to the end: what follows the object makes the answer malformed.
        reader.Read();
        answer.Reading.Report(request.Method.Name, body, in reader, answer.Secrets);
        if (!found && !request.Method.ResultNullable)
            throw new Bitrix24ProtocolException(request.ResultPath is { } path ? $"the answer has no 'result.{path}'" : "the answer has no 'result'");
        failed = false;
        return new()
        {
            Result = found ? result : Nothing(request),
            Time = time,
            Next = next,
            Total = total,
            Extra = extra ?? [],
            Digest = hash,
        };
    }

    // News about the call, not what it was for: a form that is unknown loses these only.
    internal static Bitrix24Time? ReadTime(ref FieldReader reader)
    {
        reader.Read();
        var at = reader;
        try
        {
            var time = JsonRead.ObjectOrNull<Bitrix24Time>(ref at);
            reader.Skip();
            return time;
        }
        catch (Exception e) when (e is not JsonException && IsMalformed(e))
        {
            reader.Skip();
            return null;
        }
    }

    internal static long? ReadCount(ref FieldReader reader)
    {
        reader.Read();
        var at = reader;
        try
        {
            var count = JsonRead.WholeOrNull(ref at);
            reader.Skip();
            return count;
        }
        catch (Exception e) when (e is not JsonException && IsMalformed(e))
        {
            reader.Skip();
            return null;
        }
    }

    /// <summary>What a method answers that answers nothing: of a list, an empty one.</summary>
    internal static T Nothing<T>(IBitrix24Request<T> request)
    {
        var nothing = new FieldReader("null"u8);
        nothing.Read();
        return request.ReadResult(ref nothing);
    }

    /// <summary>Reads the value at a dotted path below the reader; leaves the reader on the last token of where it began.</summary>
    internal static bool ReadValue<T>(
        IBitrix24Request<T> request,
        ref FieldReader reader,
        string? path,
        ref Dictionary<string, JsonElement>? extra,
        out T result)
    {
        if (path is null)
        {
            result = ReadResult(request, ref reader, ref extra);
            return true;
        }

        result = default!;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            // Where nothing is meant, nothing is answered.
            var start = reader.TokenStartIndex;
            if (!JsonRead.IsNothing(ref reader))
                reader.Misfit("an object");
            KeepMisfit(request, ref reader, start, ref extra);
            if (!request.Method.ResultNullable)
                result = Nothing(request);
            return !request.Method.ResultNullable;
        }

        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var name = dot < 0 ? path : path[..dot];
        var rest = dot < 0 ? null : path[(dot + 1)..];
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
            {
                reader.Read();
                found = ReadValue(request, ref reader, rest, ref extra, out result);
            }
            else
            {
                AddExtra(ref reader, ref extra);
            }
        }

        return found;
    }

    private static T ReadResult<T>(IBitrix24Request<T> request, ref FieldReader reader, ref Dictionary<string, JsonElement>? extra)
    {
        var (start, token) = (reader.TokenStartIndex, reader.TokenType);
        var result = request.ReadResult(ref reader);
        if (result is Bitrix24Object && !request.Method.ResultNullable)
        {
            if (token == JsonTokenType.Null)
                throw JsonRead.Unexpected(in reader, "an object");
            if (token is JsonTokenType.False or JsonTokenType.String && !reader.HasMisfit)
                reader.Misfit("an object");
        }

        KeepMisfit(request, ref reader, start, ref extra);
        return result;
    }

    // What no object keeps is kept beside the value, by the value's own name.
    private static void KeepMisfit(IBitrix24Request request, ref FieldReader reader, int start, ref Dictionary<string, JsonElement>? extra)
    {
        if (!reader.HasMisfit)
            return;
        var name = request.ResultPath is { } path ? path[(path.LastIndexOf('.') + 1)..] : "result";
        (extra ??= new(StringComparer.Ordinal))[name] = reader.TakeMisfit(start);
    }

    internal static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) =>
        (body.StartsWith("\uFEFF"u8) ? body[3..] : body).Trim(" \t\r\n"u8);

    internal static void AddExtra(ref FieldReader reader, ref Dictionary<string, JsonElement>? extra)
    {
        var name = reader.GetString()!;
        reader.Read();
        (extra ??= new(StringComparer.Ordinal))[name] = reader.GetElement();
    }

    /// <summary>What the readers of System.Text.Json, and ours, throw at bytes that they cannot read.</summary>
    internal static bool IsMalformed(Exception e) => e is JsonException
        or Bitrix24ProtocolException
        or InvalidOperationException
        or FormatException
        or ArgumentException
        or OverflowException;

    internal static Bitrix24ProtocolException Malformed(IBitrix24Request request, RawAnswer answer, ReadOnlySpan<byte> body, Exception e)
    {
        var what = e switch
        {
            Bitrix24ProtocolException { Offset: >= 0 } p => $"{p.Message} at '{JsonPath.At(body, p.Offset)}'",
            Bitrix24ProtocolException => e.Message,
            JsonException { LineNumber: { } line, BytePositionInLine: { } at } => $"the answer is not whole JSON at line {line + 1}, byte {at + 1}",
            _ => "the answer is not whole JSON",
        };
        // The cause is not kept: it may quote what it read.
        return Protocol(request.Method.Name, answer, what, isBroken: e is JsonException);
    }

    internal static Bitrix24ProtocolException Protocol(string method, RawAnswer answer, string what, bool isBroken = false) =>
        new($"{method}: {LogText.Line(answer.Redact(what), 1_000)} (HTTP {(int)answer.Status}, "
            + $"{(answer.ContentType is { } type ? LogText.Line(type, 100) : "no content type")}, {answer.Body.Length} bytes)")
        {
            Method = method,
            Status = answer.Status,
            IsBroken = isBroken,
            RetryAfter = answer.RetryAfter,
        };
}
