using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Judges what a list call asks for: filter, select and order.</summary>
internal sealed class QueryJudge(ApiDescriptor api, Findings findings)
{
    private const string Logic = "logic";
    private const string Property = "property";

    // Some servers refuse names that they do not know, and look names up in related records.
    private readonly bool _judgesProperties = Array.Exists(api.RuleErrors, static e => e.Rule == Property);

    public void Judge(TypeDescriptor type, JsonElement value, Place place)
    {
        switch (place.Field.As)
        {
            case View.Filter when place.Field.Has(FieldFlags.Conditions):
                new ConditionJudge(api, findings, this).Judge(type, value, place);
                break;
            case View.Filter:
                JudgeFilter(type, value, place, place.Path);
                break;
            case View.Select:
                JudgeSelect(type, value, place);
                break;
            default:
                JudgeOrder(type, value, place);
                break;
        }
    }

    private void JudgeFilter(TypeDescriptor type, JsonElement value, Place place, string path)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var condition in value.EnumerateObject())
                JudgeCondition(type, condition.Name, condition.Value, place, Place.Join(path, condition.Name));
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var group in value.EnumerateArray())
            {
                if (group.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    JudgeFilter(type, group, place, $"{path}[{Place.Invariant(index)}]");
                index++;
            }
        }
        else
        {
            findings.Add("type", place, new(place.Field.Name, new(place.Field)));
        }
    }

    private void JudgeCondition(TypeDescriptor type, string key, JsonElement value, Place place, string path)
    {
        var groups = place.Field.Has(FieldFlags.Logic);
        if (groups && key.Equals(Logic, StringComparison.OrdinalIgnoreCase))
        {
            if (WireValue.Text(value) is not ("AND" or "OR"))
                findings.AddWithin(RuleIds.Filter, Logic, path, place, type, new(Logic, Value: WireValue.Text(value)));
            return;
        }

        if (groups && key.Length > 0 && key.All(char.IsDigit) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            JudgeFilter(type, value, place, path);
            return;
        }

        var prefix = 0;
        while (prefix < key.Length && !char.IsLetterOrDigit(key[prefix]) && key[prefix] != '_')
            prefix++;
        var (mark, name) = (key[..prefix], key[prefix..]);
        if (prefix > 0 && api.FilterOperators.Length > 0 && !api.FilterOperators.Contains(mark))
            findings.AddWithin(RuleIds.Filter, "operator", path, place, type, new(name, Value: mark));
        else if (JudgeName(type, name, FieldFlags.NotFilterable, RuleIds.Filter, place, path) && value.ValueKind == JsonValueKind.Object)
            JudgeOperand(type, value, place, path);
    }

    // In a value, an object is a set of operators where the API has such, else PHP takes it for conditions of its own.
    private void JudgeOperand(TypeDescriptor type, JsonElement operand, Place place, string path)
    {
        if (api.FilterKeys.Length == 0)
        {
            JudgeFilter(type, operand, place, path);
            return;
        }

        foreach (var property in operand.EnumerateObject())
        {
            if (!api.FilterKeys.Contains(property.Name) && !api.FilterOperators.Contains(property.Name))
            {
                findings.AddWithin(
                    RuleIds.Filter, "operator", Place.Join(path, property.Name), place, type, new(property.Name, Value: property.Name));
            }
        }
    }

    private void JudgeSelect(TypeDescriptor type, JsonElement value, Place place)
    {
        if (WireValue.Items(value) is not { } items)
        {
            findings.Add("type", place, new(place.Field.Name, new(s_names)));
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            var item = place.Item(i);
            if (items[i].ValueKind != JsonValueKind.String)
                findings.Add("type", item, new(place.Field.Name, new(s_name)));
            else if (items[i].GetString() is { } name && !name.EndsWith('*'))
                JudgeName(type, name, FieldFlags.NotSelectable, RuleIds.Select, place, item.Path);
        }
    }

    private static readonly FieldDescriptor s_name = new("name", ValueKind.String);
    private static readonly FieldDescriptor s_names = new("names", ValueKind.String, FieldFlags.List);

    private void JudgeOrder(TypeDescriptor type, JsonElement value, Place place)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                var path = Place.Join(place.Path, member.Name);
                if (JudgeName(type, member.Name, FieldFlags.NotSortable, RuleIds.Order, place, path))
                    JudgeDirection(type, member.Name, member.Value, place, path);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array && api.OrderForms.Contains("array"))
        {
            foreach (var item in value.EnumerateArray())
                JudgeSorted(type, WireValue.Text(item), place);
        }
        else if (value.ValueKind == JsonValueKind.String && api.OrderForms.Contains("string"))
        {
            foreach (var name in value.GetString()!.Split(','))
                JudgeSorted(type, name.Trim(), place);
        }
        else if (!WireValue.IsEmptyList(value))
        {
            findings.Add("type", place, new(place.Field.Name, new(place.Field)));
        }
    }

    private void JudgeSorted(TypeDescriptor type, string name, Place place) =>
        JudgeName(type, name.TrimStart('-', '+'), FieldFlags.NotSortable, RuleIds.Order, place, place.Path);

    private void JudgeDirection(TypeDescriptor type, string name, JsonElement value, Place place, string path)
    {
        if (api.OrderDirections.Length == 0)
            return;
        var text = WireValue.Text(value);
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || !api.OrderDirections.Contains(text, StringComparer.OrdinalIgnoreCase))
            findings.AddWithin(RuleIds.Order, "direction", path, place, type, new(name, Value: text));
    }

    /// <summary>Judges a field name; false: there is nothing more to judge.</summary>
    public bool JudgeName(TypeDescriptor type, string name, FieldFlags not, string id, Place place, string path)
    {
        // A type without fields is one nobody has described; a dotted name leads into a related record.
        if (type.FieldArray.Length == 0)
            return false;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var head = dot > 0 ? name[..dot] : name;
        var field = type.Find(head);
        if (field is null && CustomField.MayStand(head, type))
            return true;
        if (field is null)
            findings.AddWithin(id, not != FieldFlags.NotSelectable && _judgesProperties ? Property : "unknown", path, place, type, new(name));
        else if (field.Has(not))
            findings.AddWithin(id, Word(not), path, place, type, new(name));
        else if (dot > 0 && _judgesProperties)
            return JudgeRelated(field, name[(dot + 1)..], id, place, path);
        return field is not null;
    }

    /// <summary>Judges the field of a related record that <c>responsible.name</c> leads to.</summary>
    private bool JudgeRelated(FieldDescriptor field, string name, string id, Place place, string path)
    {
        if (field is not { Kind: ValueKind.Object, Element: null, Type: { Open: false, FieldArray.Length: > 0 } related } || field.Has(FieldFlags.Map))
            return true;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var own = dot > 0 ? name[..dot] : name;
        if (related.Find(own) is { } inner)
            return dot <= 0 || JudgeRelated(inner, name[(dot + 1)..], id, place, path);
        findings.AddWithin(id, Property, path, place, related, new(own));
        return false;
    }

    private static string Word(FieldFlags not) => not switch
    {
        FieldFlags.NotFilterable => "filterable",
        FieldFlags.NotSelectable => "selectable",
        _ => "sortable",
    };
}
