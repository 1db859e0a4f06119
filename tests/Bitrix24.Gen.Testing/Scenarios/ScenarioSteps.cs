using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Bitrix24.Gen.Testing;

/// <summary>Values, expectations and paths in the steps of scenarios.</summary>
public static class ScenarioSteps
{
    /// <summary>The member that a path as <c>result.item.id</c> leads to is there, be it null.</summary>
    public static bool IsThere(JsonNode? body, string path) =>
        path.LastIndexOf('.') is var dot && At(body, path[..Math.Max(dot, 0)]) is JsonObject owner && owner.ContainsKey(path[(dot + 1)..]);

    /// <summary>Compares a value with what is expected: a value, or a word as <c>#text</c>, <c>#like part</c>, <c>#count 2</c>.</summary>
    public static void Expect(JsonNode? actual, JsonNode? expected, string at, bool isThere)
    {
        var word = expected is JsonValue value && value.TryGetValue<string>(out var text) && text.StartsWith('#') ? text : null;
        switch (word)
        {
            case "#text":
                Assert.True(actual?.GetValueKind() == JsonValueKind.String && actual.GetValue<string>().Length > 0, at);
                break;
            case "#number":
                Assert.True(actual?.GetValueKind() == JsonValueKind.Number, at);
                break;
            case "#list":
                Assert.True(actual is JsonArray, at);
                break;
            case "#object":
                Assert.True(actual is JsonObject, at);
                break;
            case "#bool":
                Assert.True(actual?.GetValueKind() is JsonValueKind.True or JsonValueKind.False, at);
                break;
            case "#intText":
                Assert.True(actual?.GetValueKind() == JsonValueKind.String && long.TryParse(actual.GetValue<string>(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _), at);
                break;
            case "#some":
                Assert.True(actual is JsonArray { Count: > 0 } or JsonObject { Count: > 0 } || (actual is JsonValue && actual.ToString().Length > 0), at);
                break;
            case { } part when part.StartsWith("#like ", StringComparison.Ordinal):
                Assert.True(actual?.ToString().Contains(part[6..], StringComparison.Ordinal) == true, at);
                break;
            case "#none":
                Assert.True(actual is null, at);
                break;
            case "#absent":
                Assert.False(isThere, at);
                break;
            case { } count when count.StartsWith("#count ", StringComparison.Ordinal):
                Assert.True((actual is JsonArray list ? list.Count : (actual as JsonObject)?.Count) == int.Parse(count[7..], CultureInfo.InvariantCulture), at);
                break;
            default:
                Assert.True(JsonNode.DeepEquals(Plain(actual), Plain(expected)), $"{at} is {actual?.ToJsonString() ?? "null"}, not {expected?.ToJsonString() ?? "null"}");
                break;
        }
    }

    /// <summary>Through text, so that numbers compare by value.</summary>
    private static JsonNode? Plain(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString());

    /// <summary>The value at a path.</summary>
    public static JsonNode? At(JsonNode? node, string path)
    {
        foreach (var step in path.Split('.'))
        {
            node = node switch
            {
                JsonObject members => members[step],
                JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => index < list.Count ? list[index] : null,
                _ => null,
            };
        }

        return node;
    }

    /// <summary>A node with what was kept in place of <c>$name</c>.</summary>
    public static JsonNode? Filled(JsonNode? node, Dictionary<string, JsonNode?> kept)
    {
        switch (node)
        {
            case JsonObject members:
                return new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Filled(m.Value, kept))));
            case JsonArray list:
                return new JsonArray([.. list.Select(i => Filled(i, kept))]);
            case JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('$'):
                // "$deal:text" is the kept value as text, "$deal:number" as a number.
                var parts = text[1..].Split(':');
                var found = kept[parts[0]]?.DeepClone();
                return parts.Length == 1 ? found
                    : parts[1] == "text" ? JsonValue.Create(found?.ToString())
                    : found is null ? null : JsonNode.Parse(found.ToString());
            default:
                return node?.DeepClone();
        }
    }
}
