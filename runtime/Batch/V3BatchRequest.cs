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

    public void WriteParameters(IBufferWriter<byte> buffer) => JsonBody.Write(buffer, items, static (writer, items) =>
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            writer.WriteStartObject();
            writer.WriteString("method"u8, item.Request.Method.Name);
            writer.WritePropertyName("query"u8);
            Query(item).WriteTo(writer);
            if (items.Exists(other => other.Bindings.Exists(b => ReferenceEquals(b.Reference.Item, item))))
                writer.WriteString("as"u8, item.Key);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    public JsonElement ReadResult(ref FieldReader reader) => reader.GetElement();

    public void Distribute(JsonElement result, RawAnswer answer)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (ResultOf(result, i) is { } value)
                items[i].Read(value, answer);
            else
                items[i].Lose(new Bitrix24ProtocolException($"{items[i].Request.Method.Name}: the batch did not answer it") { Method = items[i].Request.Method.Name, Status = answer.Status });
        }
    }

    /// <summary>Nothing of a request that was refused is done, so that the whole of it goes again by itself.</summary>
    public IBatchRequest? Refused() => null;

    /// <summary>The call's parameters, with references in their places.</summary>
    public static JsonObject Query(BatchItem item)
    {
        using var body = new PooledBuffer();
        item.Request.WriteParameters(body);
        var query = JsonNode.Parse(body.Memory.Span) as JsonObject ?? [];
        Check(query);
        foreach (var (path, reference) in item.Bindings)
            Put(query, path, reference.Marker);
        return query;
    }

    // By place; PHP makes a map of a list where it likes, and its keys are the places or the aliases.
    private JsonElement? ResultOf(JsonElement result, int index) => result.ValueKind switch
    {
        JsonValueKind.Array when index < result.GetArrayLength() => result[index],
        JsonValueKind.Object when result.TryGetProperty(Place.Invariant(index), out var placed) => placed,
        JsonValueKind.Object when result.TryGetProperty(items[index].Key, out var named) => named,
        _ => null,
    };

    private static void Check(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members when members.ContainsKey(Ref) || members.ContainsKey(RefArray):
                throw new InvalidOperationException("A value of the call is an object that a batch takes for a reference ($ref, $refArray); send the call alone.");
            case JsonObject members:
                foreach (var (_, value) in members)
                    Check(value);
                break;
            case JsonArray list:
                foreach (var value in list)
                    Check(value);
                break;
        }
    }

    private static void Put(JsonObject query, string path, JsonObject marker)
    {
        JsonNode at = query;
        var steps = path.Split('.');
        for (var i = 0; i < steps.Length; i++)
        {
            var isLast = i == steps.Length - 1;
            switch (at)
            {
                case JsonObject members when isLast:
                    members[steps[i]] = marker;
                    break;
                case JsonObject members:
                    if (members[steps[i]] is not (JsonObject or JsonArray))
                        members[steps[i]] = new JsonObject();
                    at = members[steps[i]]!;
                    break;
                case JsonArray list when int.TryParse(steps[i], out var index) && index >= 0 && index < list.Count && (isLast || list[index] is JsonObject or JsonArray):
                    if (isLast)
                        list[index] = marker;
                    else
                        at = list[index]!;
                    break;
                default:
                    throw new ArgumentException($"The request has no place '{path}': '{steps[i]}' is not in its list.", nameof(path));
            }
        }
    }
}
