using System.Text.Json.Nodes;

namespace Bitrix24.Gen.Testing;

/// <summary>Values of answers, to be replaced by odd ones.</summary>
public static class AnswerNodes
{
    /// <summary>Texts that servers send in place of a moment, and that no .NET type holds.</summary>
    public static IReadOnlyList<string> OddDates { get; } =
        ["0001-01-01T00:00:00+03:00", "-0001-11-30T00:00:00+02:30", "25/05/2024 14:30:00", "0000-00-00", "yesterday at noon"];

    /// <summary>The node, when it is an object or a value, and all such nodes within; lists themselves are left out.</summary>
    public static IEnumerable<JsonNode> Descendants(JsonNode? node) => node switch
    {
        null => [],
        JsonObject all => all.Select(static p => p.Value).SelectMany(Descendants).Prepend(all),
        JsonArray all => all.SelectMany(Descendants),
        _ => [node],
    };
}
