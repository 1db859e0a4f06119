namespace Bitrix24.Gen.Emulator.Http;

/// <summary>Turns JSON text into nodes; of two equal names the last wins, as in PHP.</summary>
internal static class JsonBodyReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    /// <summary>Bodies up to this size are not counted.</summary>
    private const int SmallBody = 1024 * 1024;

    /// <summary>Values in a body: a node takes some hundred bytes, where <c>[],</c> takes three.</summary>
    private const int MostValues = 1_000_000;

    /// <summary>The node, or null when the text is not JSON or holds what cannot be text (half a surrogate pair).</summary>
    public static JsonNode? Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            if (text.Length > SmallBody && HasTooMany(text.Span))
                return null;
            using var document = JsonDocument.Parse(text, Options);
            return ToNode(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool HasTooMany(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        for (var values = 0; reader.Read();)
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject) && ++values > MostValues)
                return true;
        }

        return false;
    }

    private static JsonNode? ToNode(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var result = new JsonObject();
                foreach (var property in element.EnumerateObject())
                    result[property.Name] = ToNode(property.Value);
                return result;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(ToNode)]);
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            case JsonValueKind.Number:
                return JsonValue.Create(element.Clone());
            case JsonValueKind.True or JsonValueKind.False:
                return JsonValue.Create(element.GetBoolean());
            default:
                return null;
        }
    }
}
