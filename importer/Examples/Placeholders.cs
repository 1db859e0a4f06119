using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Examples;

/// <summary>Tells words that stand in an example for a value of the reader's own: <c>your_invoice_id</c>, <c>**put_id_here**</c>.</summary>
public static partial class Placeholders
{
    public static bool IsPlaceholder(string text) => Pattern().IsMatch(text);

    /// <summary>Whether the value at a path of an example is such a word.</summary>
    /// <param name="root">The example.</param>
    /// <param name="path">As violations give it: <c>fields.rows[0].id</c>.</param>
    public static bool At(JsonNode root, string path)
    {
        var node = root;
        foreach (Match step in StepPattern().Matches(path))
        {
            node = (node, step.Value[0]) switch
            {
                (JsonObject obj, not '[') => obj.Find(step.Value)?.Value,
                (JsonArray list, '[') when int.TryParse(step.Value[1..^1], System.Globalization.CultureInfo.InvariantCulture, out var index) && index < list.Items.Count => list.Items[index],
                _ => null,
            };
            if (node is null)
                return false;
        }

        return node is JsonString text && IsPlaceholder(text.Value);
    }

    [GeneratedRegex(@"^\*\*.+\*\*$|^<[^<>]+>$|^\{\{.+\}\}$|^(your|put|insert|enter)[_ -][\w -]+$|^[\w -]+_here$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\[\d+\]|[^.\[\]]+", RegexOptions.NonBacktracking)]
    private static partial Regex StepPattern();
}
