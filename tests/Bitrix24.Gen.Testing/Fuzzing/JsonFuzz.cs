using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Bitrix24.Gen.Testing;

/// <summary>Makes JSON at random, the same for the same seed.</summary>
public sealed class JsonFuzz(int seed)
{
    private const int Deepest = 5;

    private static readonly string[] Words =
    [
        "fields", "id", "name", "title", "settings", "filter", "select", "order", "page", "logic", "AND", "0", "1", "type", "code",
        "add", "update", "delete", "visible", "externalCode", "WIDGET_PARAMS", "lang", "meta", "section", ">=id", "%=name", "@sourceId",
        "", "*", "UF_1", "\ud83d\ude00", "a.b", "~", "auth", "ASC", "Y", "1e999", "-0", "\u0000", " 5", "5.0", "int", "ID",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Any JSON value.</summary>
    public string Json() => Json(0);

    /// <summary>The value with some of its parts replaced, renamed or left out.</summary>
    public string Mutate(string json) => Mutate(JsonNode.Parse(json), 0);

    private string Json(int depth) => _random.Next(depth > Deepest ? 6 : 9) switch
    {
        0 => "null",
        1 => _random.Next(2) == 0 ? "true" : "false",
        2 => _random.Next(-3, 100).ToString(CultureInfo.InvariantCulture),
        3 => "1e" + new string('9', _random.Next(1, 5)),
        4 or 5 => Word(),
        6 => Array(Enumerable.Range(0, _random.Next(4)).Select(_ => Json(depth + 1))),
        _ => Object(Enumerable.Range(0, _random.Next(6)).Select(_ => Word()).Distinct().Select(name => (name, Json(depth + 1)))),
    };

    private string Mutate(JsonNode? node, int depth)
    {
        if (_random.Next(12) == 0)
            return Json(depth);
        return node switch
        {
            JsonObject members => Object(members
                .Where(_ => _random.Next(15) != 0)
                .Select(p => (_random.Next(20) == 0 ? Word() : Quote(p.Key), p.Value))
                .DistinctBy(static p => p.Item1)
                .Select(p => (p.Item1, Mutate(p.Value, depth + 1)))),
            JsonArray list => Array(list.Select(item => Mutate(item, depth + 1))),
            _ => node?.ToJsonString() ?? "null",
        };
    }

    private static string Array(IEnumerable<string> items) => "[" + string.Join(",", items) + "]";

    private static string Object(IEnumerable<(string Name, string Value)> members) =>
        "{" + string.Join(",", members.Select(static m => m.Name + ":" + m.Value)) + "}";

    private string Word() => Quote(Words[_random.Next(Words.Length)]);

    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
            text.Append(c is '"' or '\\' or < ' ' or > '~' ? "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture) : c.ToString());
        return text.Append('"').ToString();
    }
}
