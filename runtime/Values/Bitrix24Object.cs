using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>An object as the server answers it.</summary>
public abstract class Bitrix24Object
{
    private static readonly Dictionary<string, JsonElement> Nothing = [];
    private Dictionary<string, JsonElement>? _extra;

    /// <summary>
    /// What the server answered beyond the spec, such as the portal's own fields, and, by the name of its field, each value that
    /// does not fit the field's type.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Extra => _extra ?? Nothing;

    /// <summary>Makes an object from JSON, as if a server had answered it: for tests, and for what was kept of an answer.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="json">The JSON of the object.</param>
    /// <exception cref="Bitrix24ProtocolException">
    /// It is not JSON, or a value does not fit its field: the JSON is read strictly, whatever the client's options.
    /// </exception>
    public static T Parse<T>([StringSyntax(StringSyntaxAttribute.Json)] string json)
        where T : Bitrix24Object, new()
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var reader = new FieldReader(Encoding.UTF8.GetBytes(json), strict: true);
            reader.Read();
            return JsonRead.Object<T>(ref reader);
        }
        catch (JsonException e)
        {
            throw new Bitrix24ProtocolException($"{typeof(T).Name}: {e.Message}", e);
        }
    }

    /// <summary>The fields.</summary>
    protected abstract TypeDescriptor Descriptor { get; }

    internal TypeDescriptor FieldTable => Descriptor;

    /// <summary>Reads a field; the reader is at its value.</summary>
    /// <param name="index">Its index in the descriptor.</param>
    /// <param name="reader">The reader.</param>
    protected abstract void ReadField(int index, ref FieldReader reader);

    internal void ReadFrom(ref FieldReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (!JsonRead.IsNothing(ref reader))
                reader.Misfit("an object");
            return;
        }

        var descriptor = Descriptor;
        var fields = descriptor.FieldArray;
        reader.Charge(32 + (16 * fields.Length));
        var around = reader.SetAside();
        var next = 0;
        while (true)
        {
            // Servers answer fields in the order of the type.
            if ((uint)next >= (uint)fields.Length || !reader.TryReadField(fields[next].Utf8Key))
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
                {
                    reader.Rejoin(around);
                    return;
                }

                var index = IndexOf(descriptor, ref reader, next);
                if (index < 0)
                {
                    AddExtra(ref reader);
                    continue;
                }

                next = index;
                reader.Read();
            }

            var start = reader.TokenStartIndex;
            ReadField(next, ref reader);
            if (reader.TokenStartIndex == start)
                reader.Skip();
            if (reader.HasMisfit)
                Keep(fields[next].Name, reader.TakeMisfit(start));
            next++;
        }
    }

    private static int IndexOf(TypeDescriptor descriptor, ref FieldReader reader, int next) => reader.ValueIsEscaped
        ? Find(descriptor, Encoding.UTF8.GetBytes(reader.GetString()), next)
        : Find(descriptor, reader.ValueSpan, next);

    private static int Find(TypeDescriptor descriptor, ReadOnlySpan<byte> name, int next)
    {
        var index = descriptor.IndexOf(name, next);
        return index < 0 && descriptor.AnyCase ? descriptor.IndexOfAnyCase(name) : index;
    }

    private void AddExtra(ref FieldReader reader)
    {
        var name = reader.GetString()!;
        reader.Read();
        if (_extra is null)
            reader.Charge(300);
        Keep(name, reader.GetElement());
    }

    private void Keep(string name, JsonElement value) => (_extra ??= new(StringComparer.Ordinal))[name] = value;
}
