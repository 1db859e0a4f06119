using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bitrix24.Infrastructure;

/// <summary>A field of a type, or a parameter of a method.</summary>
/// <param name="name">The name on the wire.</param>
/// <param name="kind">What it holds.</param>
/// <param name="flags">Its flags.</param>
/// <param name="type">Of an object: its type.</param>
public sealed class FieldDescriptor(
    string name,
    ValueKind kind,
    FieldFlags flags = FieldFlags.None,
    TypeDescriptor? type = null)
{
    /// <summary>The name on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>What it holds; of a list or map, what its elements are.</summary>
    public ValueKind Kind { get; } = kind;

    /// <summary>Its flags.</summary>
    public FieldFlags Flags { get; } = flags;

    /// <summary>The type of the object, or of the records that a filter, select or order is about.</summary>
    public TypeDescriptor? Type { get; } = type;

    /// <summary>The view of <see cref="Type"/> that the field carries; null: decided by what is around it.</summary>
    public View? As { get; init; }

    /// <summary>Of a parameter: where an HTTP-style method carries it.</summary>
    public ParameterLocation In { get; init; }

    /// <summary>Of a list of lists, a map of lists and so on: what an element is.</summary>
    public FieldDescriptor? Element { get; init; }

    /// <summary>What values are allowed; null: all of the kind.</summary>
    public FieldRules? Rules { get; init; }

    /// <summary>The form on the wire where the kind leaves a choice.</summary>
    public string? Format { get; init; }

    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The name as it stands before a value: in quotes, with a colon.</summary>
    internal byte[] Utf8Key { get; } =
        [(byte)'"', .. JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"', (byte)':'];

    internal bool Has(FieldFlags flag) => (Flags & flag) != 0;
}
