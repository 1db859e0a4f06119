namespace Bitrix24.Gen.Specs;

/// <summary>Why a text is not JSON, and where.</summary>
public sealed record JsonError(string Message, TextRange Range);

/// <summary>What came of reading JSON: a root, or an error.</summary>
public sealed record JsonParseResult(JsonNode? Root, JsonError? Error);

/// <summary>Reads strict JSON and keeps positions. A byte order mark is allowed; comments and trailing commas are not.</summary>
public static class JsonReader
{
    /// <summary>Objects and arrays nest at most this deep.</summary>
    public const int MaxDepth = 128;

    /// <summary>Reads a text. Never throws.</summary>
    public static JsonParseResult Read(string text)
    {
        var parser = new JsonParser(text);
        var root = parser.ReadDocument();
        return root is null ? new(null, parser.Error) : new(root, null);
    }
}
