using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Writes a filter as the list of conditions that REST 3.0 reads.</summary>
internal static class ConditionWriter
{
    public static void Write(Utf8JsonWriter writer, Filter filter, FieldDescriptor parameter)
    {
        var parts = new List<Filter>();
        FilterWriter.Flatten(filter, parts);
        WriteList(writer, parts, parameter);
    }

    private static void WriteList(Utf8JsonWriter writer, IReadOnlyList<Filter> parts, FieldDescriptor parameter)
    {
        writer.WriteStartArray();
        foreach (var part in parts)
        {
            if (part.Parts is { } inner)
                WriteGroup(writer, part.IsAny, part.IsNegative, inner, parameter);
            else if (part.Operator == "!@")
                WriteGroup(writer, isAny: false, isNegative: true, [Filter.Of("@", part.Field, part.Value)], parameter);
            else
                WriteCondition(writer, part, parameter);
        }

        writer.WriteEndArray();
    }

    private static void WriteGroup(Utf8JsonWriter writer, bool isAny, bool isNegative, IReadOnlyList<Filter> parts, FieldDescriptor parameter)
    {
        writer.WriteStartObject();
        writer.WriteString("logic"u8, isAny ? "or"u8 : "and"u8);
        writer.WritePropertyName("conditions"u8);
        WriteList(writer, parts, parameter);
        if (isNegative)
            writer.WriteBoolean("negative"u8, true);
        writer.WriteEndObject();
    }

    private static void WriteCondition(Utf8JsonWriter writer, Filter part, FieldDescriptor parameter)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(part.Field);
        writer.WriteStringValue(part.Operator switch
        {
            "" => "=",
            "!" => "!=",
            "@" => "in",
            "><" => "between",
            "=" or "!=" or ">" or ">=" or "<" or "<=" => part.Operator,
            _ => throw new InvalidOperationException($"REST 3.0 has no filter operator like '{part.Operator}'."),
        });
        FilterWriter.WriteValue(writer, part.Value, parameter.Type?.Find(part.Field));
        writer.WriteEndArray();
    }
}
