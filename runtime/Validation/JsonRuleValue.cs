using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A JSON element as the rule engine sees it.</summary>
internal readonly struct JsonRuleValue : IRuleValue<JsonRuleValue>
{
    private readonly JsonElement _element;
    private readonly JsonProperty _member;
    private readonly bool _isMember;
    private readonly bool _inBatch;

    /// <summary>A value.</summary>
    /// <param name="element">The element.</param>
    /// <param name="inBatch">It stands in a command of a batch: references to answers of earlier commands are no literals.</param>
    public JsonRuleValue(JsonElement element, bool inBatch = false) => (_element, _inBatch) = (element, inBatch);

    private JsonRuleValue(JsonProperty member, bool inBatch) => (_element, _member, _isMember, _inBatch) = (member.Value, member, true, inBatch);

    public ValueForm Form => _element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => ValueForm.Bool,
        JsonValueKind.Number => ValueForm.Number,
        JsonValueKind.String => _inBatch && DeferredValue.IsReference(Text) ? ValueForm.Unknown : ValueForm.Text,
        JsonValueKind.Array => ValueForm.List,
        JsonValueKind.Object => _inBatch && IsReference() ? ValueForm.Unknown : ValueForm.Object,
        _ => ValueForm.Null,
    };

    public bool IsPartial => false;

    public int Count => _element.ValueKind switch
    {
        JsonValueKind.Array => _element.GetArrayLength(),
        JsonValueKind.Object => _element.EnumerateObject().Count(),
        _ => 0,
    };

    public string Name => _isMember ? _member.Name : "";

    public string Text => _element.ValueKind switch
    {
        JsonValueKind.String => _element.GetString()!,
        JsonValueKind.Number => _element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "",
    };

    public bool NameIs(FieldDescriptor field) => _isMember && _member.NameEquals(field.Utf8Name);

    public bool TextIs(string text) => _element.ValueKind == JsonValueKind.String ? _element.ValueEquals(text) : string.Equals(Text, text, StringComparison.Ordinal);

    public bool TryDecimal(out decimal number)
    {
        number = 0;
        return _element.ValueKind == JsonValueKind.Number && _element.TryGetDecimal(out number);
    }

    public bool TryMember(string name, out JsonRuleValue member)
    {
        member = default;
        if (_element.ValueKind != JsonValueKind.Object || !_element.TryGetProperty(name, out var value))
            return false;
        member = new(value, _inBatch);
        return true;
    }

    public void AddItems(List<JsonRuleValue> to)
    {
        foreach (var item in _element.EnumerateArray())
            to.Add(new(item, _inBatch));
    }

    public void AddMembers(List<JsonRuleValue> to)
    {
        foreach (var member in _element.EnumerateObject())
            to.Add(new(member, _inBatch));
    }

    private bool IsReference()
    {
        foreach (var member in _element.EnumerateObject())
        {
            if (DeferredValue.IsReferenceName(member.Name))
                return true;
        }

        return false;
    }
}
