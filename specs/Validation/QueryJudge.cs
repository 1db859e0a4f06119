using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Judges what a list call asks for: filter, select and order.</summary>
internal sealed class QueryJudge(SpecSet set, ProfileSpec profile, Findings findings)
{
    private const string Logic = "logic";
    private const string Property = "property";

    // Some servers refuse names that they do not know, and look names up in related records.
    private readonly bool _judgesProperties = profile.RuleErrors.Any(static e => e.Rule == Property);

    private static readonly TypeRef Names = new(TypeKind.Array, Element: TypeRef.String);

    public void Judge(TypeSpec type, JsonNode value, ValuePlace place)
    {
        switch (place.Field.As)
        {
            case View.Filter when profile.FilterConditions:
                new ConditionJudge(set, profile, findings, this).Judge(type, value, place);
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

    private void JudgeFilter(TypeSpec type, JsonNode value, ValuePlace place, string path)
    {
        switch (value)
        {
            case JsonObject conditions:
                foreach (var condition in conditions.Properties)
                    JudgeCondition(type, condition, place, ValuePlace.Join(path, condition.Name));
                break;
            case JsonArray groups:
                for (var i = 0; i < groups.Items.Count; i++)
                {
                    if (groups.Items[i] is JsonObject or JsonArray)
                        JudgeFilter(type, groups.Items[i], place, $"{path}[{ValuePlace.Invariant(i)}]");
                }

                break;
            case JsonUnknown:
                break;
            default:
                findings.Add("type", place, value.Range, new(place.Field.Name, place.Field.Type));
                break;
        }
    }

    private void JudgeCondition(TypeSpec type, JsonProperty condition, ValuePlace place, string path)
    {
        if (place.Field.Logic && string.Equals(condition.Name, Logic, StringComparison.OrdinalIgnoreCase))
        {
            if (condition.Value is not (JsonString { Value: "AND" or "OR" } or JsonUnknown))
                findings.AddWithin(RuleIds.Filter, Logic, path, place, type, condition.Value.Range, new(Logic, Value: WireValue.Text(condition.Value)));
            return;
        }

        if (place.Field.Logic && condition.Name.Length > 0 && condition.Name.All(char.IsDigit) && condition.Value is JsonObject or JsonArray)
        {
            JudgeFilter(type, condition.Value, place, path);
            return;
        }

        var prefix = PrefixLength(condition.Name);
        var name = condition.Name.Substring(prefix);
        var mark = condition.Name.Substring(0, prefix);
        if (prefix > 0 && profile.FilterOperators.Count > 0 && !IsOperator(profile.FilterOperators, mark))
            findings.AddWithin(RuleIds.Filter, "operator", path, place, type, condition.NameRange, new(name, Value: mark));
        else if (JudgeName(type, name, "filterable", RuleIds.Filter, place, path, condition.NameRange, mark))
            JudgeOperand(type, condition.Value, place, path);
    }

    // In a value, an object is a set of operators where the API has such, else PHP takes it for conditions of its own.
    private void JudgeOperand(TypeSpec type, JsonNode value, ValuePlace place, string path)
    {
        if (value is not JsonObject operand)
            return;
        if (profile.FilterKeys.Count == 0)
        {
            JudgeFilter(type, operand, place, path);
            return;
        }

        foreach (var property in operand.Properties)
        {
            if (!IsOperator(profile.FilterKeys, property.Name) && !IsOperator(profile.FilterOperators, property.Name))
            {
                var suggestion = Suggestion.Nearest(property.Name, profile.FilterKeys.Select(static key => key.Prefix));
                findings.AddWithin(
                    RuleIds.Filter, "operator", ValuePlace.Join(path, property.Name), place, type, property.NameRange,
                    new(property.Name, Value: property.Name), suggestion);
            }
        }
    }

    private void JudgeSelect(TypeSpec type, JsonNode value, ValuePlace place)
    {
        if (value is JsonString list && place.Field.In == ParameterLocation.Query)
        {
            foreach (var name in list.Value.Split(','))
                JudgeSelected(type, name.Trim(), value.Range, place, place.Path);
            return;
        }

        if (WireValue.Items(value) is not { } items)
        {
            findings.Add("type", place, value.Range, new(place.Field.Name, Names));
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            var item = place.Item(i);
            if (items[i] is JsonString name)
                JudgeSelected(type, name.Value, name.Range, place, item.Path);
            else if (items[i] is not JsonUnknown)
                findings.Add("type", item, items[i].Range, new(place.Field.Name, TypeRef.String));
        }
    }

    private void JudgeSelected(TypeSpec type, string name, TextRange range, ValuePlace place, string path)
    {
        if (!name.EndsWith("*", StringComparison.Ordinal))
            JudgeName(type, name, "selectable", RuleIds.Select, place, path, range);
    }

    private void JudgeOrder(TypeSpec type, JsonNode value, ValuePlace place)
    {
        switch (value)
        {
            case JsonObject order:
                foreach (var member in order.Properties)
                {
                    var path = ValuePlace.Join(place.Path, member.Name);
                    if (JudgeName(type, member.Name, "sortable", RuleIds.Order, place, path, member.NameRange))
                        JudgeDirection(type, member.Name, member.Value, place, path);
                }

                break;
            case JsonArray { Items.Count: 0 } or JsonUnknown:
                break;
            case JsonArray list when profile.OrderForms.Contains("array"):
                foreach (var item in list.Items.OfType<JsonString>())
                    JudgeSorted(type, item.Value, item.Range, place);
                break;
            case JsonString text when profile.OrderForms.Contains("string"):
                foreach (var name in text.Value.Split(','))
                    JudgeSorted(type, name.Trim(), text.Range, place);
                break;
            default:
                findings.Add("type", place, value.Range, new(place.Field.Name, place.Field.Type));
                break;
        }
    }

    private void JudgeSorted(TypeSpec type, string name, TextRange range, ValuePlace place) =>
        JudgeName(type, name.TrimStart('-', '+'), "sortable", RuleIds.Order, place, place.Path, range);

    private void JudgeDirection(TypeSpec type, string name, JsonNode value, ValuePlace place, string path)
    {
        if (value is JsonUnknown || profile.OrderDirections.Count == 0)
            return;
        var text = WireValue.Text(value);
        if (value is JsonString or JsonNumber && profile.OrderDirections.Contains(text, StringComparer.OrdinalIgnoreCase))
            return;
        var suggestion = Suggestion.Nearest(text, profile.OrderDirections);
        findings.AddWithin(RuleIds.Order, "direction", path, place, type, value.Range, new(name, Value: text), suggestion);
    }

    /// <summary>Judges a field name; false: there is nothing more to judge.</summary>
    public bool JudgeName(TypeSpec type, string name, string flag, string id, ValuePlace place, string path, TextRange range, string mark = "")
    {
        // A type without fields is one nobody has described; a dotted name leads into a related record.
        if (type.Fields.Count == 0)
            return false;
        var dot = name.IndexOf('.');
        var head = dot > 0 ? name.Substring(0, dot) : name;
        var field = Field(type, head);
        if (field is null && CustomField.MayStand(head, type))
            return true;
        if (field is null)
        {
            var suggestion = Suggestion.Nearest(name, type.Fields.Where(f => Allows(f, flag)).Select(static f => f.Name));
            var rule = flag != "selectable" && _judgesProperties ? Property : "unknown";
            findings.AddWithin(id, rule, path, place, type, range, new(name), suggestion is null ? null : mark + suggestion);
        }
        else if (!Allows(field, flag))
        {
            findings.AddWithin(id, flag, path, place, type, range, new(name));
        }
        else if (dot > 0 && _judgesProperties)
        {
            return JudgeRelated(field, name.Substring(dot + 1), head, id, place, path, range);
        }

        return field is not null;
    }

    /// <summary>Judges the field of a related record that <c>responsible.name</c> leads to.</summary>
    private bool JudgeRelated(FieldSpec field, string name, string head, string id, ValuePlace place, string path, TextRange range)
    {
        var reference = field.Type is { Kind: TypeKind.Array, Element: { } element } ? element : field.Type;
        if (set.ResolveType(reference, profile.Api) is not { Scalar: null, Open: false, Fields.Count: > 0 } related)
            return true;
        var dot = name.IndexOf('.');
        var own = dot > 0 ? name.Substring(0, dot) : name;
        if (Field(related, own) is { } inner)
            return dot <= 0 || JudgeRelated(inner, name.Substring(dot + 1), $"{head}.{own}", id, place, path, range);
        var suggestion = Suggestion.Nearest(own, related.Fields.Select(static f => f.Name));
        findings.AddWithin(id, Property, path, place, related, range, new(own), suggestion is null ? null : $"{head}.{suggestion}");
        return false;
    }

    private static FieldSpec? Field(TypeSpec type, string name) =>
        type.Fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal));

    private static bool Allows(FieldSpec field, string flag) => flag switch
    {
        "filterable" => field.Filterable,
        "selectable" => field.Selectable,
        _ => field.Sortable,
    };

    private static bool IsOperator(EquatableArray<FilterOperator> operators, string mark) =>
        operators.Any(o => string.Equals(o.Prefix, mark, StringComparison.Ordinal));

    private static int PrefixLength(string name)
    {
        var length = 0;
        while (length < name.Length && !char.IsLetterOrDigit(name[length]) && name[length] != '_')
            length++;
        return length;
    }
}
