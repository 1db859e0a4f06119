using System.Text;
using System.Text.Json;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>An object as the server answers it.</summary>
public abstract class Bitrix24Object
{
    private static readonly Dictionary<string, JsonElement> s_nothing = [];
    private Dictionary<string, JsonElement>? _extra;

    /// <summary>What the server answered beyond the spec, such as the portal's own fields.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extra => _extra ?? s_nothing;

    /// <summary>The fields.</summary>
    protected abstract TypeDescriptor Descriptor { get; }

    /// <summary>Reads a field at whose value the reader stands.</summary>
    /// <param name="index">Its index in the descriptor.</param>
    /// <param name="reader">The reader.</param>
    protected abstract void ReadField(int index, ref Utf8JsonReader reader);

    internal void ReadFrom(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (reader.TokenType != JsonTokenType.StartArray || !JsonRead.IsNothing(ref reader))
                throw JsonRead.Unexpected(ref reader, "an object");
            return;
        }

        var descriptor = Descriptor;
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = IndexOf(descriptor, ref reader, next);
            if (index < 0)
            {
                AddExtra(ref reader);
                continue;
            }

            reader.Read();
            var start = reader.TokenStartIndex;
            ReadField(index, ref reader);
            if (reader.TokenStartIndex == start)
                reader.Skip();
            next = index + 1;
        }
    }

    private static int IndexOf(TypeDescriptor descriptor, ref Utf8JsonReader reader, int next)
    {
        if (reader.ValueIsEscaped || reader.HasValueSequence)
            return Find(descriptor, Encoding.UTF8.GetBytes(reader.GetString()!), next);
        var fields = descriptor.FieldArray;
        var name = reader.ValueSpan;
        return (uint)next < (uint)fields.Length && name.SequenceEqual(fields[next].Utf8Name)
            ? next
            : Find(descriptor, name, next);
    }

    private static int Find(TypeDescriptor descriptor, ReadOnlySpan<byte> name, int next)
    {
        var index = descriptor.IndexOf(name, next);
        return index < 0 && descriptor.AnyCase ? descriptor.IndexOfAnyCase(name) : index;
    }

    private void AddExtra(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        reader.Read();
        (_extra ??= new(StringComparer.Ordinal))[name] = JsonElement.ParseValue(ref reader);
    }
}
