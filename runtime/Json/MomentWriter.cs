using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Writes dates and moments in the form that a field asks for.</summary>
internal static class MomentWriter
{
    /// <summary>Writes a date.</summary>
    public static void Write(Utf8JsonWriter writer, DateOnly value, FieldDescriptor? field = null)
    {
        Span<byte> text = stackalloc byte[DateText.MaxLength];
        writer.WriteStringValue(text[..DateText.Format(text, value, field)]);
    }

    /// <summary>Writes a moment.</summary>
    public static void Write(Utf8JsonWriter writer, DateTimeOffset value, FieldDescriptor? field = null)
    {
        Span<byte> text = stackalloc byte[DateText.MaxLength];
        writer.WriteStringValue(text[..DateText.Format(text, value, field)]);
    }
}
