using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitrix24.Gen.Generator.Tests.Harness;

/// <summary>Damages spec files: bytes, tokens, structure. The same seed gives the same damage.</summary>
internal sealed class SpecMutator(int seed)
{
    private static readonly string[] Words =
    [
        "class", "ToString", "*/", "</summary>", "a\nb", "\u2028", "\"", "\\", "", " ", "0", "-1", "2fa", "Deal", "deal", "Extra", "id", "fields",
        "int", "string", "bool", "yn", "json", "file", "datetime", "Deal[]", "map<Deal>", "int|string", "Code", "other/Deal", "Deal[][]", "map<int[]>",
        "create", "update", "filter", "select", "order", "read", "list", "page", "start", "^a*$", "(", "crm.deal.add", "crm", "params", "as", "type", "enum",
        "result", "required", "readOnly", "immutable", "nullable", "multiple", "pattern", "min", "max", "errors", "use", "csharp", "Método", "GET /{id}", "http",
    ];

    private readonly Random _random = new(seed);

    public string Mutate(string text)
    {
        for (var times = _random.Next(1, 4); times > 0; times--)
            text = _random.Next(4) == 0 ? MutateText(text) : MutateStructure(text);
        return text;
    }

    private string MutateText(string text)
    {
        var at = _random.Next(text.Length + 1);
        var length = Math.Min(_random.Next(1, 20), text.Length - at);
        return _random.Next(4) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            2 => text.Insert(at, ((char)_random.Next(1, 0x3000)).ToString()),
            _ => text.Insert(at, Words[_random.Next(Words.Length)]),
        };
    }

    private string MutateStructure(string text)
    {
        try
        {
            return MutateNodes(text);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // Not JSON any more, or an object with a name in it twice.
            return MutateText(text);
        }
    }

    private string MutateNodes(string text)
    {
        var root = JsonNode.Parse(text);
        var parents = new List<JsonNode>();
        Collect(root, parents);
        if (parents.Count == 0)
            return MutateText(text);
        switch (parents[_random.Next(parents.Count)])
        {
            case JsonObject { Count: > 0 } map:
                MutateMember(map, parents);
                break;
            case JsonArray { Count: > 0 } list:
                list[_random.Next(list.Count)] = Value(parents);
                break;
        }

        return root!.ToJsonString();
    }

    private void MutateMember(JsonObject map, List<JsonNode> parents)
    {
        var key = map.ElementAt(_random.Next(map.Count)).Key;
        var value = map[key]?.DeepClone();
        switch (_random.Next(4))
        {
            case 0:
                map.Remove(key);
                break;
            case 1:
                map.Remove(key);
                map[Word(parents)] = value;
                break;
            case 2:
                map[Word(parents)] = value;
                break;
            default:
                map[key] = Value(parents);
                break;
        }
    }

    private JsonNode? Value(List<JsonNode> parents) => _random.Next(7) switch
    {
        0 => null,
        1 => _random.Next(2) == 0,
        2 => _random.Next(-5, 1000),
        3 => new JsonArray(Word(parents), Word(parents)),
        4 => parents[_random.Next(parents.Count)].DeepClone(),
        _ => Word(parents),
    };

    // A name that stands elsewhere in the file brings collisions; any other brings what nobody thought of.
    private string Word(List<JsonNode> parents) =>
        _random.Next(3) == 0 && parents[_random.Next(parents.Count)] is JsonObject { Count: > 0 } map
            ? map.ElementAt(_random.Next(map.Count)).Key
            : Words[_random.Next(Words.Length)];

    private static void Collect(JsonNode? node, List<JsonNode> parents)
    {
        if (node is JsonObject map)
        {
            parents.Add(map);
            foreach (var (_, value) in map)
                Collect(value, parents);
        }
        else if (node is JsonArray list)
        {
            parents.Add(list);
            foreach (var item in list)
                Collect(item, parents);
        }
    }
}
