using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Judges a filter that is a list of conditions: <c>[field, operator, value]</c>, and groups of them.</summary>
internal sealed class ConditionJudge(SpecSet set, ProfileSpec profile, Findings findings, QueryJudge query)
{
    // Deeper than named scalars lie in each other; a spec that refers to itself without end stops here.
    private const int MaxDepth = 16;

    private const string Rule = "condition";
    private const string Logic = "logic";
    private const string Conditions = "conditions";
    private const string Negative = "negative";

    /// <summary>What a condition looks like.</summary>
    private const string Form = "[field, operator, value] or { logic, conditions }, in a list";

    public void Judge(TypeSpec type, JsonNode filter, ValuePlace place) => JudgeList(type, filter, place, place.Path);

    private void JudgeList(TypeSpec type, JsonNode list, ValuePlace place, string path)
    {
        if (list is JsonUnknown)
            return;
        // One condition where a list of them belongs reads as a list of texts.
        if (WireValue.Items(list) is not { } items || items.FirstOrDefault() is JsonString)
        {
            Report(type, list.Range, place, path, Form);
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            var at = $"{path}[{ValuePlace.Invariant(i)}]";
            switch (items[i])
            {
                case JsonUnknown or JsonArray { Partial: true }:
                    break;
                case JsonObject group when WireValue.Items(group) is null:
                    JudgeGroup(type, group, place, at);
                    break;
                case var condition when WireValue.Items(condition) is { Count: 2 or 3 } parts:
                    JudgeCondition(type, parts, place, at);
                    break;
                default:
                    Report(type, items[i].Range, place, at, Form);
                    break;
            }
        }
    }

    private void JudgeGroup(TypeSpec type, JsonObject group, ValuePlace place, string path)
    {
        foreach (var member in group.Properties)
        {
            var at = ValuePlace.Join(path, member.Name);
            switch (member.Name)
            {
                case Logic:
                    if (member.Value is not JsonUnknown && WireValue.Text(member.Value).ToUpperInvariant() is not ("AND" or "OR"))
                        findings.AddWithin(RuleIds.Filter, Logic, at, place, type, member.Value.Range, new(Logic, Value: WireValue.Text(member.Value)));
                    break;
                case Conditions:
                    JudgeList(type, member.Value, place, at);
                    break;
                case Negative:
                    break;
                default:
                    Report(type, member.NameRange, place, at, Form, Suggestion.Nearest(member.Name, [Logic, Conditions, Negative]));
                    break;
            }
        }

        if (group.Find(Conditions) is null && !group.Partial && group.Properties.All(static p => p.Name is Logic or Negative))
            Report(type, group.Range, place, path, Form);
    }

    private void JudgeCondition(TypeSpec type, IReadOnlyList<JsonNode> parts, ValuePlace place, string path)
    {
        if (parts[0] is not JsonString { Value: var name })
        {
            if (parts[0] is not JsonUnknown)
                Report(type, parts[0].Range, place, path, Form);
            return;
        }

        var operation = parts.Count == 2 ? "=" : WireValue.Text(parts[1]);
        if (parts.Count == 3 && parts[1] is JsonUnknown)
            return;
        if (profile.FilterOperators.FirstOrDefault(o => string.Equals(o.Prefix, operation, StringComparison.Ordinal)) is not { } known)
        {
            var suggestion = Suggestion.Nearest(operation, profile.FilterOperators.Select(static o => o.Prefix));
            findings.AddWithin(RuleIds.Filter, "operator", path, place, type, parts[1].Range, new(name, Value: operation), suggestion);
        }
        else if (query.JudgeName(type, name, "filterable", RuleIds.Filter, place, path, parts[0].Range))
        {
            JudgeOperand(type, name, known, parts[parts.Count - 1], place, path);
        }
    }

    private void JudgeOperand(TypeSpec type, string name, FilterOperator operation, JsonNode value, ValuePlace place, string path)
    {
        var values = value is JsonArray or JsonObject ? WireValue.Items(value) : null;
        var partial = value is JsonUnknown or JsonArray { Partial: true };
        var isList = operation.Name is "in" or "between";
        if (isList && !partial && (operation.Name == "in" ? values is not { Count: > 0 } : values is not { Count: 2 }))
        {
            var form = operation.Name == "in" ? "a value or more" : "from, to";
            Report(type, value.Range, place, path, $"[field, \"{operation.Prefix}\", [{form}]]");
            return;
        }

        if (type.Fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal)) is not { } field
            || Resolve(field.Type) is not { Kind: TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal } number)
        {
            return;
        }

        foreach (var operand in values ?? [value])
        {
            if (operand is not (JsonNull or JsonUnknown) && !WireValue.IsScalar(number.Kind, operand))
                findings.AddWithin(RuleIds.Type, "type", path, place, type, operand.Range, new(name, number));
        }
    }

    private TypeRef Resolve(TypeRef type)
    {
        for (var depth = 0; depth < MaxDepth && set.ResolveType(type, profile.Api) is { Scalar: { } scalar }; depth++)
            type = scalar.Type;
        return type;
    }

    private void Report(TypeSpec type, TextRange range, ValuePlace place, string path, string form, string? suggestion = null) =>
        findings.AddWithin(RuleIds.Filter, Rule, path, place, type, range, new(place.Field.Name, Value: form), suggestion);
}
