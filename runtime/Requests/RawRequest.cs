using System.Buffers;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A call by name.</summary>
internal sealed class RawRequest(MethodDescriptor method, Action<Utf8JsonWriter> write, RawBatch? batch = null) : IBitrix24Request<JsonElement>
{
    public static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public MethodDescriptor Method => method;

    /// <summary>How to validate the calls within, where the call is a batch.</summary>
    public RawBatch? Batch => batch;

    public string? ResultPath => null;

    public void WriteParameters(IBufferWriter<byte> buffer) => JsonBodyWriter.Write(buffer, write, static (writer, write) => write(writer));

    public JsonElement ReadResult(ref FieldReader reader) => reader.GetElement();
}
