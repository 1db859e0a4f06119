using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Judges a filter that is a list of conditions: <c>[field, operator, value]</c>, and groups of them.</summary>
internal sealed class ConditionJudge(ApiDescriptor api, Findings findings, QueryJudge query)
{
    private const string Logic = "logic";
    private const string Conditions = "conditions";
    private const string Negative = "negative";

    /// <summary>What a condition looks like.</summary>
    private const string Form = "[field, operator, value] or { logic, conditions }, in a list";

    public void Judge(TypeDescriptor type, JsonElement filter, Place place) => JudgeList(type, filter, place, place.Path);

    private void JudgeList(TypeDescriptor type, JsonElement list, Place place, string path)
    {
        // One condition where a list of them belongs reads as a list of texts.
        if (WireValue.Items(list) is not { } items || items is [{ ValueKind: JsonValueKind.String }, ..])
        {
            Report(type, place, path, Form);
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            var at = $"{path}[{Place.Invariant(i)}]";
            if (WireValue.Items(items[i]) is not { } parts)
            {
                if (items[i].ValueKind == JsonValueKind.Object)
                    JudgeGroup(type, items[i], place, at);
                else
                    Report(type, place, at, Form);
            }
            else if (parts.Count is 2 or 3)
            {
                JudgeCondition(type, parts, place, at);
            }
            else
            {
                Report(type, place, at, Form);
            }
        }
    }

    private void JudgeGroup(TypeDescriptor type, JsonElement group, Place place, string path)
    {
        var strange = false;
        foreach (var member in group.EnumerateObject())
        {
            var at = Place.Join(path, member.Name);
            switch (member.Name)
            {
                case Logic:
                    if (WireValue.Text(member.Value).ToUpperInvariant() is not ("AND" or "OR"))
                        findings.AddWithin(RuleIds.Filter, Logic, at, place, type, new(Logic, Value: WireValue.Text(member.Value)));
                    break;
                case Conditions:
                    JudgeList(type, member.Value, place, at);
                    break;
                case Negative:
                    break;
                default:
                    strange = true;
                    Report(type, place, at, Form);
                    break;
            }
        }

        if (!strange && !group.TryGetProperty(Conditions, out _))
            Report(type, place, path, Form);
    }

    private void JudgeCondition(TypeDescriptor type, List<JsonElement> parts, Place place, string path)
    {
        if (parts[0].ValueKind != JsonValueKind.String)
        {
            Report(type, place, path, Form);
            return;
        }

        var name = parts[0].GetString()!;
        var operation = parts.Count == 2 ? "=" : WireValue.Text(parts[1]);
        if (!api.FilterOperators.Contains(operation))
            findings.AddWithin(RuleIds.Filter, "operator", path, place, type, new(name, Value: operation));
        else if (query.JudgeName(type, name, FieldFlags.NotFilterable, RuleIds.Filter, place, path))
            JudgeOperand(type, name, operation, parts[^1], place, path);
    }

    private void JudgeOperand(TypeDescriptor type, string name, string operation, JsonElement value, Place place, string path)
    {
        var values = value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? WireValue.Items(value) : null;
        if ((operation == "in" && values is not { Count: > 0 }) || (operation == "between" && values is not { Count: 2 }))
        {
            var form = operation == "in" ? "a value or more" : "from, to";
            Report(type, place, path, $"[field, \"{operation}\", [{form}]]");
            return;
        }

        // What a list field holds is compared with its items; the server's idea of that is not known.
        if (type.Find(name) is not { Kind: ValueKind.Int or ValueKind.Long or ValueKind.Double or ValueKind.Decimal } field
            || field.Has(FieldFlags.List) || field.Has(FieldFlags.Map))
        {
            return;
        }

        foreach (var operand in values ?? [value])
        {
            if (!WireValue.IsNull(operand) && !WireValue.IsScalar(field.Kind, operand))
                findings.AddWithin(RuleIds.Type, "type", path, place, type, new(name, new(field)));
        }
    }

    private void Report(TypeDescriptor type, Place place, string path, string form) =>
        findings.AddWithin(RuleIds.Filter, "condition", path, place, type, new(place.Field.Name, Value: form));
}
