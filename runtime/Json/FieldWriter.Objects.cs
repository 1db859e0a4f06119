using System.Text.Json.Nodes;

namespace Bitrix24.Infrastructure;

/// <content>Objects and their members.</content>
public ref partial struct FieldWriter
{
    /// <summary>Writes an object.</summary>
    public void Object(int index, Bitrix24Input? value)
    {
        if (!Begin(index, value is null))
            return;
        var around = _check?.Enter(_field!, index, isList: false, 1);
        Object(value);
        if (around is { } outside)
            _check!.Leave(outside);
    }

    /// <summary>Writes an object.</summary>
    public void Object(Bitrix24Input? value)
    {
        if (value is null)
        {
            _check?.Doubt();
            Null();
            return;
        }

        if (_depth == MaxDepth)
            throw new InvalidOperationException("The objects to send contain each other in a cycle.");
        _depth++;
        var (fields, field, update, names, before) = (_fields, _field, _update, _names, _before);
        _check?.BeginObject(_depth == 1 ? null : field, value.OwnDescriptor);
        (_fields, _update, _before) = (value.FieldArray, value as Bitrix24Update, (byte)'{');
        _names = value.HasExtra ? new(value.OwnDescriptor.AnyCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal) : null;
        value.WriteTo(ref this);
        _check?.EndObject(value.OwnDescriptor);
        if (_before == '{')
            Raw("{}"u8);
        else
            Put((byte)'}');
        (_fields, _field, _update, _names, _before) = (fields, field, update, names, before);
        _depth--;
    }

    /// <summary>Writes the members of an object into the one that is being written.</summary>
    internal void Members(Bitrix24Input value)
    {
        _check?.Doubt();
        var (fields, field, update) = (_fields, _field, _update);
        (_fields, _update) = (value.FieldArray, value as Bitrix24Update);
        value.WriteTo(ref this);
        (_fields, _field, _update) = (fields, field, update);
    }

    /// <summary>Writes a member that the descriptor does not know.</summary>
    /// <exception cref="ArgumentException">The object has one of that name; the server would drop one of them.</exception>
    internal void Extra(string name, JsonNode? value, Bitrix24Input owner)
    {
        _check?.Doubt();
        if (_names?.Add(name) == false)
            throw new ArgumentException($"{owner.GetType().Name} is given '{name}' twice, once in {nameof(owner.Extra)}; the server would drop one of them.");
        Key(name);
        Json(value);
    }
}
