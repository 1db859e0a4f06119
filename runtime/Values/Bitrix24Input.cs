using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>An object to send: a create view, an update view or the parameters of a method.</summary>
public abstract class Bitrix24Input
{
    private Dictionary<string, JsonNode?>? _extra;

    /// <summary>What to send beyond the spec, such as the portal's own fields.</summary>
    public IDictionary<string, JsonNode?> Extra => _extra ??= new(StringComparer.Ordinal);

    /// <summary>The fields.</summary>
    protected abstract TypeDescriptor Descriptor { get; }

    /// <summary>Writes a field, or nothing where it has no value.</summary>
    /// <param name="index">Its index in the descriptor.</param>
    /// <param name="writer">Knows the field and writes its name before its value.</param>
    protected abstract void WriteField(int index, ref FieldWriter writer);

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        var field = new FieldWriter(writer, writesNull: false);
        WriteFields(ref field);
        if (_extra is not null)
        {
            foreach (var (name, value) in _extra)
            {
                writer.WritePropertyName(name);
                field.WriteNode(value);
            }
        }

        writer.WriteEndObject();
    }

    private protected virtual void WriteFields(ref FieldWriter writer)
    {
        var fields = Descriptor.FieldArray;
        for (var i = 0; i < fields.Length; i++)
        {
            writer.Start(fields[i]);
            WriteField(i, ref writer);
        }
    }

    private protected void WriteOne(int index, ref FieldWriter writer)
    {
        writer.Start(Descriptor.FieldArray[index]);
        WriteField(index, ref writer);
    }
}
