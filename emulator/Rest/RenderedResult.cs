using System.Buffers;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>A <c>result</c> made of records that are rendered already.</summary>
/// <param name="Path">The names of the objects around the records.</param>
/// <param name="Records">Each record as JSON in UTF-8.</param>
/// <param name="IsList">The records stand in a list; otherwise there is one.</param>
internal sealed record RenderedResult(IReadOnlyList<string> Path, IReadOnlyList<byte[]> Records, bool IsList)
{
    public void WriteTo(Utf8JsonWriter writer)
    {
        foreach (var name in Path)
        {
            writer.WriteStartObject();
            writer.WritePropertyName(name);
        }

        if (IsList)
            writer.WriteStartArray();
        foreach (var record in Records)
            writer.WriteRawValue(record, skipInputValidation: true);
        if (IsList)
            writer.WriteEndArray();
        for (var i = 0; i < Path.Count; i++)
            writer.WriteEndObject();
    }

    /// <summary>The same as nodes, for whoever looks into it.</summary>
    public JsonNode? ToNode()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            WriteTo(writer);
        return JsonNode.Parse(buffer.WrittenSpan);
    }
}
