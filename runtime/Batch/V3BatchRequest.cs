using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>One request of a REST 3.0 batch: a list of calls, answered by a list of results.</summary>
internal sealed class V3BatchRequest(List<BatchItem> items) : IBatchRequest
{
    public const string Ref = "$ref";
    public const string RefArray = "$refArray";

    public MethodDescriptor Method { get; } = new("batch", static () => [])
    {
        OpenParameters = true,
        Api = items[0].Request.Method.Api,
        Idempotency = items.Min(static i => i.Request.Method.Idempotency),
    };

    public IReadOnlyList<BatchItem> Items => items;

    public bool StopsHalfWay => items.Count > 1 && Method.Idempotency != Idempotency.Read;

    public void WriteParameters(IBufferWriter<byte> buffer) => JsonBodyWriter.Write(buffer, items, static (writer, items) =>
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            writer.WriteStartObject();
            writer.WriteString("method"u8, item.Request.Method.Name);
            writer.WritePropertyName("query"u8);
            writer.WriteRawValue(item.Command!);
            if (items.Exists(other => other.Bindings.Exists(b => ReferenceEquals(b.Reference.Item, item))))
                writer.WriteString("as"u8, item.Key);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    public JsonElement ReadResult(ref FieldReader reader) => reader.GetParts();

    public void Distribute(JsonElement result, RawAnswer answer)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (ResultOf(result, i) is { } value)
                items[i].Take(value, answer);
            else
                items[i].Lose(new Bitrix24ProtocolException($"{items[i].Request.Method.Name}: the batch did not answer it") { Method = items[i].Request.Method.Name, Status = answer.Status });
        }
    }

    /// <summary>Nothing of a request that was refused is done, so that the whole of it goes again by itself.</summary>
    public IBatchRequest? Refused() => null;

    /// <summary>The call's parameters, with references where they belong; null: a value of the call would be taken for one.</summary>
    public static string? Query(BatchItem item)
    {
        var query = JsonNode.Parse(item.Parameters.Span) as JsonObject ?? [];
        if (HasReference(query))
            return null;
        foreach (var (path, reference) in item.Bindings)
            BatchValues.Put(query, path, reference.Marker);
        return query.ToJsonString();
    }

    // By index; PHP makes a map of a list where it likes, and its keys are the indexes or the aliases.
    private JsonElement? ResultOf(JsonElement result, int index) => result.ValueKind switch
    {
        JsonValueKind.Array when index < result.GetArrayLength() => result[index],
        JsonValueKind.Object when result.TryGetProperty(Notation.Invariant(index), out var placed) => placed,
        JsonValueKind.Object when result.TryGetProperty(items[index].Key, out var named) => named,
        _ => null,
    };

    private static bool HasReference(JsonNode? node) => node switch
    {
        JsonObject members => members.ContainsKey(Ref) || members.ContainsKey(RefArray) || members.Any(static m => HasReference(m.Value)),
        JsonArray list => list.Any(HasReference),
        _ => false,
    };
}
