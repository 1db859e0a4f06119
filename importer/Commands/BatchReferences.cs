using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary>
/// Values that a batch puts in at run time: <c>$result[deal][ID]</c>, and REST v3's <c>{"$ref": "deal.id"}</c> and
/// <c>{"$refArray": "deals.items.id"}</c>. A call taken out of a batch carries them in place of values that nobody knows yet.
/// </summary>
internal static partial class BatchReferences
{
    /// <summary>The same parameters, with a value that nobody knows in place of each reference.</summary>
    public static JsonNode Open(JsonNode node) => node switch
    {
        JsonString text when ReferencePattern().IsMatch(text.Value) => new JsonUnknown(text.Range),
        JsonObject { Properties: [{ Name: "$ref" or "$refArray" }] } reference => new JsonUnknown(reference.Range),
        JsonObject obj => new JsonObject(obj.Range, [.. obj.Properties.Select(static p => new JsonProperty(p.Name, p.NameRange, Open(p.Value)))]),
        JsonArray list => new JsonArray(list.Range, [.. list.Items.Select(Open)]),
        _ => node,
    };

    [GeneratedRegex(@"\$(result|next|total|time|error)(\[[^\]\s]*\])+", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ReferencePattern();
}
