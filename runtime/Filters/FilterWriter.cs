using System.Globalization;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// Writes a filter as the object of prefixed keys that Bitrix24 reads. A key occurs in an object once; a second
/// condition with the same key goes into a group of its own.
/// </summary>
internal static class FilterWriter
{
    public static void Write(Utf8JsonWriter writer, Filter filter, FieldDescriptor parameter)
    {
        if (parameter.Has(FieldFlags.Conditions))
        {
            ConditionWriter.Write(writer, filter, parameter);
            return;
        }

        if (filter is { IsAny: true, IsNegative: false, Parts.Count: 1 })
            filter = filter.Parts[0];
        if (filter.IsNegative)
            throw new InvalidOperationException("The filter of this method does not understand negation.");
        var parts = new List<Filter>();
        if (filter.IsAny)
            parts.AddRange(filter.Parts!);
        else
            Flatten(filter, parts);

        writer.WriteStartObject();
        if (filter.IsAny)
        {
            RequireLogic(parameter, "conditions of which one is enough");
            writer.WriteString("logic"u8, "OR"u8);
        }

        var written = new Dictionary<string, Filter>(StringComparer.Ordinal);
        var groups = new List<Filter>();
        foreach (var part in parts)
        {
            if (part.Parts is not null || filter.IsAny)
            {
                groups.Add(part);
            }
            else if (written.TryGetValue(KeyOf(part, parameter), out var first))
            {
                if (!SameValue(first.Value, part.Value))
                    groups.Add(part);
            }
            else
            {
                var key = KeyOf(part, parameter);
                written.Add(key, part);
                writer.WritePropertyName(key);
                WriteValue(writer, part.Value, parameter.Type?.Find(part.Field));
            }
        }

        WriteGroups(writer, groups, parameter);
        writer.WriteEndObject();
    }

    private static string KeyOf(Filter part, FieldDescriptor parameter) => part.Operator switch
    {
        "=" or "@" when parameter.Has(FieldFlags.BareEquals) || parameter.Rules?.MustName.Contains(part.Field) == true => part.Field,
        "!=" or "!@" when parameter.Has(FieldFlags.BareEquals) => "!" + part.Field,
        var prefix => prefix + part.Field,
    };

    private static void WriteGroups(Utf8JsonWriter writer, List<Filter> groups, FieldDescriptor parameter)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            RequireLogic(parameter, groups[i].Parts is null
                ? $"two conditions '{groups[i].Operator}{groups[i].Field}'"
                : "groups of conditions");
            writer.WritePropertyName(i.ToString(CultureInfo.InvariantCulture));
            Write(writer, groups[i], parameter);
        }
    }

    internal static void Flatten(Filter filter, List<Filter> parts)
    {
        if (filter.Parts is null || filter.IsAny || filter.IsNegative)
        {
            parts.Add(filter);
            return;
        }

        foreach (var part in filter.Parts)
            Flatten(part, parts);
    }

    private static void RequireLogic(FieldDescriptor parameter, string what)
    {
        if (!parameter.Has(FieldFlags.Logic))
            throw new InvalidOperationException($"The filter of this method does not understand {what}; one of them would be lost.");
    }

    private static bool SameValue(object? left, object? right) =>
        left is object?[] a && right is object?[] b ? a.SequenceEqual(b) : Equals(left, right);

    internal static void WriteValue(Utf8JsonWriter writer, object? value, FieldDescriptor? field)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                if (field?.Kind == ValueKind.YesNo)
                    writer.WriteStringValue(flag ? "Y"u8 : "N"u8);
                else
                    writer.WriteBooleanValue(flag);
                break;
            case DateOnly date:
                MomentWriter.Write(writer, date, field?.Kind == ValueKind.Date ? field : null);
                break;
            case DateTimeOffset moment:
                MomentWriter.Write(writer, moment, field?.Kind == ValueKind.DateTime ? field : null);
                break;
            case Bitrix24Value scalar:
                scalar.WriteTo(writer);
                break;
            case object?[] values:
                writer.WriteStartArray();
                foreach (var item in values)
                    WriteValue(writer, item, field);
                writer.WriteEndArray();
                break;
            case IFormattable number:
                writer.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                throw new InvalidOperationException("A filter compares with scalars only.");
        }
    }
}
