using System.Globalization;

namespace Bitrix24.Gen.Emulator.Records;

/// <content>Reading what state files write.</content>
internal sealed partial class AnswerForm
{
    private const string AnyName = "*";
    private const string TimePrefix = "time:";
    private const string DigitsPrefix = "floatText:";

    /// <summary>The form that a state file writes.</summary>
    /// <param name="node">The form.</param>
    /// <param name="others">What other pages of the entity show.</param>
    /// <param name="isNullable">The form is one of such a field.</param>
    public static AnswerForm Read(JsonNode? node, OtherPages? others = null, bool isNullable = false)
    {
        switch (node)
        {
            case JsonObject members when members.Count == 1 && members[AnyName] is { } any:
                return new() { Kind = Kinds.Object, Item = Read(any, others), IsNullable = isNullable };
            case JsonObject members:
                return new()
                {
                    Kind = Kinds.Object,
                    Members = WithTextNumbers([.. members.Select(m => KeyValuePair.Create(m.Key, Member(m.Key, m.Value, others)))]),
                    IsNullable = isNullable,
                };
            // Of a list with its values, the values.
            case JsonArray { Count: > 0 } items when items.Select(static i => Read(i)).ToList() is var values && values.All(static v => v.Kind == Kinds.Literal):
                return new() { Kind = Kinds.Literal, Fixed = new JsonArray([.. values.Select(static v => v.Fixed?.DeepClone())]) };
            case JsonArray items:
                return new() { Kind = Kinds.List, Item = items.Count > 0 ? Read(items[0], others) : null };
        }

        if (node is not JsonValue value || !value.TryGetValue<string>(out var text))
            return new() { Kind = Kinds.Literal, Fixed = node?.DeepClone() };
        if (text.StartsWith('='))
            return new() { Kind = Kinds.Literal, Fixed = text[1..] };
        if (text.StartsWith(TimePrefix, StringComparison.Ordinal))
            return new() { Kind = Kinds.Time, Format = text[TimePrefix.Length..], IsNullable = isNullable };
        if (text.StartsWith(DigitsPrefix, StringComparison.Ordinal))
        {
            var digits = int.Parse(text[DigitsPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture);
            return new() { Kind = Kinds.FloatText, Digits = digits, IsNullable = isNullable };
        }

        var kind = text == "yn" ? Kinds.YesNo : Enum.TryParse<Kinds>(text, ignoreCase: true, out var known) ? known : Kinds.Text;
        // Texts out of the database show 0 for nothing, and this page may show an empty text.
        return new() { Kind = kind, IsNullable = isNullable && kind is not (Kinds.IntText or Kinds.Empty) };
    }

    /// <summary>A page whose list is empty does not show its items; another one may.</summary>
    private static AnswerForm Member(string name, JsonNode? node, OtherPages? others) =>
        node is JsonArray { Count: 0 } && others?.Lists.GetValueOrDefault(name) is { } shown
            ? new() { Kind = Kinds.List, Filled = Read(shown) }
            : Read(node, others, others?.Nulls.Contains(name) == true);

    /// <summary>Where most numbers are text, those are too that the page's own record does not have.</summary>
    private static IReadOnlyList<KeyValuePair<string, AnswerForm>> WithTextNumbers(IReadOnlyList<KeyValuePair<string, AnswerForm>> members) =>
        members.Count(static m => m.Value.Kind == Kinds.IntText) > members.Count(static m => m.Value.Kind is Kinds.Int or Kinds.Float)
            ? [.. members.Select(static m => m.Value.Kind == Kinds.Null ? KeyValuePair.Create(m.Key, NullText) : m)]
            : members;
}
