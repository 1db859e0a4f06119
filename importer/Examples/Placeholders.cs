using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Examples;

/// <summary>Tells words that stand in an example for a value of the reader's own: <c>your_invoice_id</c>, <c>**put_id_here**</c>.</summary>
public static partial class Placeholders
{
    public static bool IsPlaceholder(string text) => Pattern().IsMatch(text);

    /// <summary>The value with an unknown one in place of each such word: whatever it stands for is right.</summary>
    public static JsonNode Forget(JsonNode node) => node switch
    {
        JsonString text when IsPlaceholder(text.Value) => new JsonUnknown(text.Range),
        JsonArray list when list.Items.Any(Stand) => new JsonArray(list.Range, [.. list.Items.Select(Forget)]) { Partial = list.Partial },
        JsonObject obj when obj.Properties.Any(static p => Stand(p.Value)) =>
            new JsonObject(obj.Range, [.. obj.Properties.Select(static p => p with { Value = Forget(p.Value) })]) { Partial = obj.Partial },
        _ => node,
    };

    private static bool Stand(JsonNode node) => node switch
    {
        JsonString text => IsPlaceholder(text.Value),
        JsonArray list => list.Items.Any(Stand),
        JsonObject obj => obj.Properties.Any(static p => Stand(p.Value)),
        _ => false,
    };

    [GeneratedRegex(
        @"^\*\*.+\*\*$|^<[^<>/]+>$|^\{\{.+\}\}$|^\[[a-z][a-z _-]*\]$|^\$?\{[a-zA-Z][\w .-]*\}$|^(your|put|insert|enter|my)[_ -][\w -]+$" +
        @"|^[\w -]+[_ -]here$|^(\.\.\.|…)$|^(ваш|укажите|вставьте|введите)\w* .+$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
