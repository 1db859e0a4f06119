using System.Linq;
using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Specs;

/// <summary>A node that knows where it stands in its source, as the rule engine sees it.</summary>
/// <param name="node">The node; null: nothing.</param>
/// <param name="member">The member that has it as its value.</param>
/// <param name="inBatch">It stands in a command of a batch: references to answers of earlier commands are no literals.</param>
internal readonly struct NodeValue(JsonNode? node, JsonProperty? member = null, bool inBatch = false) : IRuleValue<NodeValue>
{
    public JsonNode? Node => node;

    public TextRange Range => node?.Range ?? default;

    public TextRange NameRange => member?.NameRange ?? Range;

    public ValueForm Form => node switch
    {
        null or JsonNull => ValueForm.Null,
        JsonBool => ValueForm.Bool,
        JsonNumber => ValueForm.Number,
        JsonString text => inBatch && DeferredValue.IsReference(text.Value) ? ValueForm.Unknown : ValueForm.Text,
        JsonArray => ValueForm.List,
        JsonObject members => inBatch && members.Properties.Any(static p => DeferredValue.IsReferenceName(p.Name)) ? ValueForm.Unknown : ValueForm.Object,
        _ => ValueForm.Unknown,
    };

    public bool IsPartial => node is JsonObject { Partial: true } or JsonArray { Partial: true };

    public int Count => node switch
    {
        JsonObject members => members.Properties.Count,
        JsonArray list => list.Items.Count,
        _ => 0,
    };

    public string Name => member?.Name ?? "";

    public string Text => node switch
    {
        JsonString text => text.Value,
        JsonNumber number => number.Text,
        JsonBool flag => flag.Value ? "true" : "false",
        _ => "",
    };

    public int Length => WireValue.Length(Text);

    public int TextHash => StringComparer.Ordinal.GetHashCode(Text);

    public bool NameIs(FieldDescriptor field) => member is not null && string.Equals(member.Name, field.Name, StringComparison.Ordinal);

    public bool TextIs(string text) => string.Equals(Text, text, StringComparison.Ordinal);

    public bool HasTextOf(NodeValue other) => TextIs(other.Text);

    public bool Matches(Contract.FieldRules rules) => rules.IsMatch(Text);

    public bool TryDecimal(out decimal number)
    {
        number = 0;
        return node is JsonNumber value && value.TryGetDecimal(out number);
    }

    public bool TryMember(string name, out NodeValue found)
    {
        var property = (node as JsonObject)?.Find(name);
        found = property is null ? default : Of(property);
        return property is not null;
    }

    public void AddItems(ValueStack<NodeValue> to)
    {
        foreach (var item in (node as JsonArray)?.Items ?? [])
            to.Add(new(item, null, inBatch));
    }

    public void AddMembers(ValueStack<NodeValue> to)
    {
        foreach (var property in (node as JsonObject)?.Properties ?? [])
            to.Add(Of(property));
    }

    private NodeValue Of(JsonProperty property) => new(property.Value, property, inBatch);
}
