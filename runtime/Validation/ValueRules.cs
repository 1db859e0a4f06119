using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Judges values by the rules of their field.</summary>
internal sealed class ValueRules(Findings findings)
{
    /// <summary>Judges type, set, pattern, length and bounds; of a number that says how many records to answer, that too.</summary>
    public void JudgeScalar(Shape shape, JsonElement value, Place place)
    {
        var field = place.Field;
        if (!Fits(shape.Field, value))
            findings.Add("type", place, new(field.Name, shape));
        else if (field.Rules is { } rules)
            JudgeRules(rules, value, place, new(field.Name, shape, rules, Value: WireValue.Text(value)));
    }

    private static bool Fits(FieldDescriptor field, JsonElement value) =>
        field.Kind == ValueKind.Union && field.Rules is { Kinds: { Length: > 0 } kinds }
            ? IsAny(kinds, value)
            : WireValue.IsScalar(field.Kind, value);

    private static bool IsAny(ValueKind[] kinds, JsonElement value) => Array.Exists(kinds, kind => WireValue.IsScalar(kind, value));

    /// <summary>Judges how many items or members there are.</summary>
    public void JudgeCount(Place place, JsonElement value)
    {
        if (place.IsItem || place.Field.Rules is not { } rules)
            return;
        var count = value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : value.EnumerateObject().Count();
        var words = new Wording(place.Field.Name, new(place.Field), rules);
        if (count < rules.MinItems)
            findings.Add("minItems", place, words);
        if (count > rules.MaxItems)
            findings.Add("maxItems", place, words);
    }

    /// <summary>Judges members that may not repeat; each repetition is one violation, at the later item.</summary>
    public void JudgeRepeats(Place place, List<JsonElement> items)
    {
        foreach (var member in place.Field.Rules?.UniqueBy ?? [])
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var repeats = new List<(int Index, string Value)>();
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i].ValueKind == JsonValueKind.Object
                    && items[i].TryGetProperty(member, out var value)
                    && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
                    && !seen.Add(WireValue.Text(value)))
                {
                    repeats.Add((i, WireValue.Text(value)));
                }
            }

            var list = string.Join(", ", repeats.Select(static r => r.Value).Distinct(StringComparer.Ordinal));
            foreach (var (index, value) in repeats)
            {
                var path = Place.Join(place.Item(index).Path, member);
                findings.Add("uniqueBy." + member, place, new(member, List: list, Value: value), path);
            }
        }
    }

    private void JudgeRules(FieldRules rules, JsonElement value, Place place, Wording words)
    {
        if (rules.Enum.Length > 0 && Array.IndexOf(rules.Enum, words.Value) < 0)
            findings.Add("enum", place, words);
        if (value.ValueKind == JsonValueKind.String)
        {
            if (!rules.IsMatch(words.Value!))
                findings.Add("pattern", place, words);
            var length = WireValue.Length(words.Value!);
            if (length < rules.MinLength)
                findings.Add("minLength", place, words);
            if (length > rules.MaxLength)
                findings.Add("maxLength", place, words);
        }

        if ((rules.Min > decimal.MinValue || rules.Max < decimal.MaxValue) && WireValue.TryNumber(value, out var number))
        {
            if (number < rules.Min)
                findings.Add("min", place, words);
            if (number > rules.Max)
                findings.Add("max", place, words);
        }

        if (rules.MaxItems < int.MaxValue && value.ValueKind == JsonValueKind.Number && !place.IsItem
            && WireValue.TryNumber(value, out var count) && count > rules.MaxItems)
        {
            findings.Add("maxItems", place, words);
        }
    }
}
