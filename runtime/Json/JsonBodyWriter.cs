using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bitrix24;

/// <summary>
/// Lends the writer of System.Text.Json to what is not generated. It is kept per thread, so that a call allocates nothing
/// beyond its buffer.
/// </summary>
internal static class JsonBodyWriter
{
    // Bodies travel as application/json, never inside HTML: Cyrillic and quotes need no escapes.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    public static void Write<T>(IBufferWriter<byte> buffer, T value, Action<Utf8JsonWriter, T> write)
    {
        var writer = Rent(buffer);
        try
        {
            write(writer, value);
            writer.Flush();
        }
        finally
        {
            Return(writer);
        }
    }

    /// <summary>A value as JSON text.</summary>
    public static byte[] BytesOf(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, value, static (w, v) => v.WriteTo(w));
        return buffer.WrittenSpan.ToArray();
    }

    private static Utf8JsonWriter Rent(IBufferWriter<byte> buffer)
    {
        var writer = t_writer;
        if (writer is null)
            return new Utf8JsonWriter(buffer, Options);
        t_writer = null;
        writer.Reset(buffer);
        return writer;
    }

    private static void Return(Utf8JsonWriter writer)
    {
        writer.Reset(Sink.Instance);
        t_writer = writer;
    }

    // Keeps the idle writer from holding on to a buffer that went back to its pool.
    private sealed class Sink : IBufferWriter<byte>
    {
        public static Sink Instance { get; } = new();

        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => new byte[Math.Max(sizeHint, 1)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
