using System.Globalization;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>
/// Texts that state files make: <c>replace</c>, a text in which the names in <c>with</c> stand for their values, and <c>pad</c>, a value
/// filled up at its left with the text <c>fill</c> to the length <c>to</c>;
/// <c>lower</c> and <c>upper</c>, a text in small and in capital letters; <c>lines</c>, the parts of a text between line breaks or what <c>by</c> says;
/// <c>join</c>, the texts of a list with the text <c>by</c> between them; <c>slug</c>, a text as part of an address; HTML that is changed (<see cref="MarkupForm"/>).
/// </summary>
internal static class TextForm
{
    private const string Replace = "replace";
    private const string Pad = "pad";
    private const string Lines = "lines";
    private const string Lower = "lower";
    private const string Upper = "upper";
    private const string Slug = "slug";
    private const string Join = "join";

    /// <summary>Lengths come from callers.</summary>
    private const int LongestPad = 100;

    /// <summary>The form, with what may stand beside it: an object that has more has a member of that name.</summary>
    private static readonly Dictionary<string, string[]> Forms = new(StringComparer.Ordinal)
    {
        [Replace] = ["with"],
        [Pad] = ["to", "fill"],
        [Lines] = ["by", "first"],
        [Lower] = [],
        [Upper] = [],
        [Slug] = [],
        [Join] = ["by"],
    };

    public static bool IsOne(JsonObject template) => MarkupForm.IsOne(template) || Forms.Any(f => template.ContainsKey(f.Key) && template.All(m => m.Key == f.Key || f.Value.Contains(m.Key)));

    public static object Of(Expression expression, JsonObject template)
    {
        if (MarkupForm.IsOne(template))
            return MarkupForm.Of(expression, template);
        if (template[Lines] is { } divided)
        {
            var parts = (Values.Text(expression.Value(divided)) ?? "").Split(JsonValues.Text(template["by"]) ?? "\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return template["first"] is null ? new JsonArray([.. parts.Select(static p => (JsonNode)p)]) : parts.FirstOrDefault() ?? "";
        }

        if (template[Join] is { } joined)
        {
            var texts = (expression.Value(joined) as JsonArray ?? []).Select(JsonValues.Text).Where(static t => t?.Length > 0);
            return string.Join(JsonValues.Text(template["by"]) ?? "", texts);
        }

        if (template[Slug] is { } title)
        {
            var words = (Values.Text(expression.Value(title)) ?? "").ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : ' ').ToArray();
            return string.Join('-', new string(words).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        if (template[Pad] is { } padded)
        {
            var value = Values.Text(expression.Value(padded)) ?? "";
            var fill = Values.Text(expression.Value(template["fill"])) is { Length: > 0 } text ? text[0] : '0';
            var wanted = int.TryParse(Values.Text(expression.Value(template["to"])), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0;
            return value.PadLeft(Math.Min(wanted, LongestPad), fill);
        }

        if ((template[Lower] ?? template[Upper]) is { } cased)
        {
            var text = Values.Text(expression.Value(cased)) ?? "";
            return template[Lower] is null ? text.ToUpperInvariant() : text.ToLowerInvariant();
        }

        return (template["with"] as JsonObject ?? []).Aggregate(
            Values.Text(expression.Value(template[Replace])) ?? "",
            (result, name) => Named(expression, name.Key) is { Length: > 0 } part ? result.Replace(part, Values.Text(expression.Value(name.Value)), StringComparison.Ordinal) : result);
    }

    /// <summary>A name that stands for a value of the call: <c>{$query}</c>.</summary>
    private static string? Named(Expression expression, string name) => name.StartsWith("{$", StringComparison.Ordinal) ? Values.Text(expression.Value(name)) : name;

    /// <summary>A text that has the first part of the beginning gets the rest of it: <c>UF_SUM</c> is <c>UF_CRM_SUM</c>.</summary>
    public static string? Prefixed(string prefix, string? text) =>
        text is null || text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text?.ToUpperInvariant()
        : prefix + (prefix.IndexOf('_') is > 0 and var end && text.StartsWith(prefix[..(end + 1)], StringComparison.OrdinalIgnoreCase) ? text[(end + 1)..] : text).ToUpperInvariant();
}
