using System.Buffers;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>One request of a batch: commands that are texts, each with an outcome of its own.</summary>
internal sealed class BatchRequest : IBatchRequest
{
    private readonly List<BatchItem> _items;
    private readonly bool _halt;

    public BatchRequest(List<BatchItem> items, bool halt)
    {
        (_items, _halt) = (items, halt);
        Method = new("batch", static () => [])
        {
            OpenParameters = true,
            // As safe to retry as the least safe of its calls.
            Idempotency = items.Min(static i => i.Request.Method.Idempotency),
        };
    }

    public MethodDescriptor Method { get; }

    public IReadOnlyList<BatchItem> Items => _items;

    public bool StopsHalfWay => false;

    public void WriteParameters(IBufferWriter<byte> buffer) => JsonBodyWriter.Write(buffer, this, static (writer, batch) =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("halt"u8, batch._halt ? 1 : 0);
        writer.WriteStartObject("cmd"u8);
        foreach (var item in batch._items)
            writer.WriteString(item.Key, item.Command);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public JsonElement ReadResult(ref FieldReader reader) => reader.GetParts();

    public void Distribute(JsonElement result, RawAnswer answer)
    {
        if (result.ValueKind != JsonValueKind.Object)
            throw new Bitrix24ProtocolException("batch: the answer has no results") { Method = "batch", Status = answer.Status };
        for (var i = 0; i < _items.Count; i++)
        {
            try
            {
                Distribute(result, i, answer);
            }
            catch (Exception e) when (EnvelopeReader.IsMalformed(e))
            {
                // What is wrong with the part of one call is the outcome of that call.
                _items[i].Fail(EnvelopeReader.Protocol(_items[i].Request.Method.Name, answer, "its part of the batch's answer cannot be read"));
            }
        }
    }

    private void Distribute(JsonElement result, int index, RawAnswer answer)
    {
        var item = _items[index];
        item.Total = Number(Part(result, "result_total", item, index));
        item.Next = Number(Part(result, "result_next", item, index));
        if (Part(result, "result_time", item, index) is { ValueKind: JsonValueKind.Object } time)
            item.Time = ReadTime(time);
        if (Part(result, "result_error", item, index) is { } error)
            item.Fail(ErrorReader.OfItem(error, item.Request.Method.Name, answer));
        else if (Part(result, "result", item, index) is { } value)
            item.Take(value, answer);
        else if (_halt && _items.Exists(static other => other.Outcome == BatchOutcome.Failed))
            item.Skip();
        else
            item.Fail(new Bitrix24ProtocolException($"{item.Request.Method.Name}: the batch answered neither a result nor an error") { Method = item.Request.Method.Name });
        if (item.Outcome == BatchOutcome.Succeeded && Unresolved(item, result) is { } reference)
            item.Fail(Misled(item, reference));
    }

    /// <summary>The call, where the server had no value for a reference: it put in what it found on the way there.</summary>
    private BatchReference? Unresolved(BatchItem item, JsonElement result) => item.Bindings
        .Select(static b => b.Reference)
        .FirstOrDefault(r => r.Item.Outcome != BatchOutcome.Succeeded || !Resolves(r, result));

    private bool Resolves(BatchReference reference, JsonElement result)
    {
        if (reference.Kind != BatchReferenceKind.Value)
            return (reference.Kind == BatchReferenceKind.Next ? reference.Item.Next : reference.Item.Total) is not null;
        return BatchValues.Follow(Part(result, "result", reference.Item, _items.IndexOf(reference.Item)), reference.Steps) is not null;
    }

    private static Bitrix24ProtocolException Misled(BatchItem item, BatchReference reference) =>
        new($"{item.Request.Method.Name} was executed without the value that it refers to: {reference.Item.Request.Method.Name} did not answer '{reference}'; "
            + "the server inserted the value it stopped at")
        {
            Method = item.Request.Method.Name,
        };

    /// <summary>The calls to send again: refused for a limit, and not bound to others, which went their own way.</summary>
    public IBatchRequest? Refused()
    {
        if (_halt)
            return null;
        var again = _items.FindAll(item => item.IsRefused
            && item.Bindings.Count == 0
            && !_items.Exists(other => other.Bindings.Exists(b => ReferenceEquals(b.Reference.Item, item))));
        return again.Count == 0 ? null : new BatchRequest(again, _halt);
    }

    /// <summary>A call as a command; null: a command cannot carry it.</summary>
    public static string? Command(BatchItem item)
    {
        var method = item.Request.Method;
        using var document = JsonDocument.Parse(item.Parameters);
        return PhpQueryWriter.Encode(document.RootElement, item.Bindings, method.Idempotency == Idempotency.Read) switch
        {
            null => null,
            "" => method.Name,
            var query => $"{method.Name}?{query}",
        };
    }

    /// <summary>An item's entry in one of the answer's maps, which PHP answers as a list where it likes.</summary>
    private static JsonElement? Part(JsonElement result, string map, BatchItem item, int index)
    {
        if (!result.TryGetProperty(map, out var all))
            return null;
        if (all.ValueKind == JsonValueKind.Object)
            return all.TryGetProperty(item.Key, out var named) ? named : null;
        return all.ValueKind == JsonValueKind.Array && index < all.GetArrayLength() ? all[index] : null;
    }

    private static long? Number(JsonElement? value) =>
        value is { } number ? NumberText.WholeOrNull(number) : null;

    // The time is news about the call, not what it was for: a form that is unknown loses the time only.
    private static Bitrix24Time? ReadTime(JsonElement value)
    {
        try
        {
            var reader = new FieldReader(JsonBodyWriter.BytesOf(value));
            reader.Read();
            return JsonRead.Object<Bitrix24Time>(ref reader);
        }
        catch (Exception e) when (EnvelopeReader.IsMalformed(e))
        {
            return null;
        }
    }
}
