using System.Text.Json.Nodes;

namespace Bitrix24.Infrastructure;

/// <content>Objects and their members.</content>
public ref partial struct FieldWriter
{
    /// <summary>Writes an object.</summary>
    public void Object(int index, Bitrix24Input? value)
    {
        if (Begin(index, value is null))
            Object(value);
    }

    /// <summary>Writes an object.</summary>
    public void Object(Bitrix24Input? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        if (_depth == MaxDepth)
            throw new InvalidOperationException("The objects to send contain each other in a cycle.");
        _depth++;
        var (fields, field, update, before) = (_fields, _field, _update, _before);
        (_fields, _update, _before) = (value.FieldArray, value as Bitrix24Update, (byte)'{');
        value.WriteTo(ref this);
        if (_before == '{')
            Raw("{}"u8);
        else
            Put((byte)'}');
        (_fields, _field, _update, _before) = (fields, field, update, before);
        _depth--;
    }

    /// <summary>Writes the members of an object into the one that is being written.</summary>
    internal void Members(Bitrix24Input value)
    {
        var (fields, field, update) = (_fields, _field, _update);
        (_fields, _update) = (value.FieldArray, value as Bitrix24Update);
        value.WriteTo(ref this);
        (_fields, _field, _update) = (fields, field, update);
    }

    /// <summary>Writes a member that the descriptor does not know.</summary>
    internal void Extra(string name, JsonNode? value)
    {
        Key(name);
        Json(value);
    }
}
