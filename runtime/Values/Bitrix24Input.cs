using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>An object to send: a create view, an update view or the parameters of a method.</summary>
public abstract class Bitrix24Input
{
    private Dictionary<string, JsonNode?>? _extra;

    /// <summary>
    /// What to send beyond the spec, such as the portal's own fields. A name that a property with a value has already is an
    /// <see cref="ArgumentException"/> when the object is validated or sent.
    /// </summary>
    public IDictionary<string, JsonNode?> Extra => _extra ??= new(StringComparer.Ordinal);

    /// <summary>The fields.</summary>
    protected abstract TypeDescriptor Descriptor { get; }

    internal TypeDescriptor OwnDescriptor => Descriptor;

    internal virtual bool HasExtra => _extra is { Count: > 0 };

    internal FieldDescriptor[] FieldArray => Descriptor.FieldArray;

    /// <summary>Writes the fields, each by its index in the descriptor.</summary>
    /// <param name="writer">Knows the fields, and leaves out those without a value.</param>
    protected virtual void WriteFields(ref FieldWriter writer)
    {
    }

    internal void WriteTo(ref FieldWriter writer)
    {
        WriteFields(ref writer);
        if (_extra is not null)
        {
            foreach (var (name, value) in _extra)
                writer.Extra(name, value, this);
        }
    }
}
