using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Judges values by the rules of their field.</summary>
internal sealed class ValueRules(Findings findings)
{
    /// <summary>A field of a named scalar type obeys the rules of both.</summary>
    public static FieldSpec Narrow(FieldSpec field, TypeSpec type, FieldSpec scalar) => field with
    {
        Enum = field.Enum.Count > 0 ? field.Enum : scalar.Enum,
        Pattern = field.Pattern ?? scalar.Pattern,
        MinLength = field.MinLength ?? scalar.MinLength,
        MaxLength = field.MaxLength ?? scalar.MaxLength,
        Min = field.Min ?? scalar.Min,
        Max = field.Max ?? scalar.Max,
        Errors = new([.. field.Errors, .. scalar.Errors, .. type.Errors]),
    };

    /// <summary>Judges type, set, pattern, length and bounds; of a number that says how many records to answer, that too.</summary>
    public void JudgeScalar(TypeRef type, JsonNode value, ValuePlace place)
    {
        var field = place.Field;
        if (!WireValue.IsScalar(type.Kind, value))
        {
            findings.Add("type", place, value.Range, new(field.Name, type));
            return;
        }

        var text = WireValue.Text(value);
        var args = new WordingArgs(field.Name, type, Value: text);
        if (field.Enum.Count > 0 && !field.Enum.Contains(text))
            findings.Add("enum", place, value.Range, args, Suggestion.Nearest(text, field.Enum));
        if (value is JsonString)
            JudgeText(text, value, place, args);
        if ((field.Min is not null || field.Max is not null) && WireValue.TryNumber(value, out var number))
        {
            if (number < field.Min)
                findings.Add("min", place, value.Range, args);
            if (number > field.Max)
                findings.Add("max", place, value.Range, args);
        }

        if (value is JsonNumber && !place.IsItem && WireValue.TryNumber(value, out var count) && count > field.MaxItems)
            findings.Add("maxItems", place, value.Range, args);
    }

    /// <summary>Judges how many items or members there are.</summary>
    public void JudgeCount(ValuePlace place, JsonNode value)
    {
        var field = place.Field;
        if (place.IsItem || (field.MinItems is null && field.MaxItems is null))
            return;
        var (count, partial) = value switch
        {
            JsonArray list => (list.Items.Count, list.Partial),
            JsonObject members => (members.Properties.Count, members.Partial),
            _ => (0, true),
        };
        if (count < field.MinItems && !partial)
            findings.Add("minItems", place, value.Range, new(field.Name, field.Type));
        if (count > field.MaxItems)
            findings.Add("maxItems", place, value.Range, new(field.Name, field.Type));
    }

    /// <summary>Judges members that may not repeat; each repetition is one violation, at the later item.</summary>
    public void JudgeRepeats(ValuePlace place, IReadOnlyList<JsonNode> items)
    {
        foreach (var member in place.Field.UniqueBy)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var repeats = new List<(int Index, JsonNode Value)>();
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i] is JsonObject item && item.TryGet(member, out var value)
                    && value is JsonString or JsonNumber && !seen.Add(WireValue.Text(value)))
                {
                    repeats.Add((i, value));
                }
            }

            var list = string.Join(", ", repeats.Select(static r => WireValue.Text(r.Value)).Distinct(StringComparer.Ordinal));
            foreach (var (index, value) in repeats)
            {
                var repeat = place with { Path = ValuePlace.Join(place.Item(index).Path, member) };
                findings.Add("uniqueBy." + member, repeat, value.Range, new(member, List: list, Value: WireValue.Text(value)));
            }
        }
    }

    private void JudgeText(string text, JsonNode value, ValuePlace place, WordingArgs args)
    {
        var field = place.Field;
        if (field.Pattern is { } pattern && !Patterns.Matches(pattern, text))
            findings.Add("pattern", place, value.Range, args);
        if (field.MinLength is null && field.MaxLength is null)
            return;
        var length = WireValue.Length(text);
        if (length < field.MinLength)
            findings.Add("minLength", place, value.Range, args);
        if (length > field.MaxLength)
            findings.Add("maxLength", place, value.Range, args);
    }
}
