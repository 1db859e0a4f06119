using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Tells whether all that examples show of a name is Y and N.</summary>
internal static class ShownFlags
{
    private const int Deepest = 8;

    /// <summary>Whether calls or answers of the methods show values of that name, and none but Y and N.</summary>
    public static bool Are(IReadOnlyList<MethodDoc> methods, string name)
    {
        var shown = methods.SelectMany(static m => m.Requests.Select(static r => (JsonNode?)r.Parameters).Concat(m.Responses.Select(static r => r.Result)))
            .OfType<JsonNode>().SelectMany(node => Values(node, name, 0)).OfType<JsonString>().Select(static s => s.Value).ToArray();
        return shown.Length > 0 && Array.TrueForAll(shown, static v => v is "Y" or "N");
    }

    private static IEnumerable<JsonNode> Values(JsonNode node, string name, int depth) => node switch
    {
        _ when depth > Deepest => [],
        JsonObject obj => obj.Properties.SelectMany(p => p.Name == name ? [p.Value] : Values(p.Value, name, depth + 1)),
        JsonArray list => list.Items.SelectMany(i => Values(i, name, depth + 1)),
        _ => [],
    };
}
