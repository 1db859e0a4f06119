using System.Text.RegularExpressions;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>Replaces <c>$result[first][id]</c> and its like in a command's parameters by what earlier commands answered.</summary>
internal sealed partial class BatchReferences(IReadOnlyDictionary<string, JsonObject> answers)
{
    /// <summary>The parameters with every reference replaced, in names as well as in values.</summary>
    public JsonObject Resolve(JsonObject parameters)
    {
        var resolved = new JsonObject();
        foreach (var (name, value) in parameters)
            resolved[JsonValues.Text(Text(name)) ?? name] = Resolve(value);
        return resolved;
    }

    private JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject members => Resolve(members),
        JsonArray items => new JsonArray([.. items.Select(Resolve)]),
        _ => JsonValues.Text(node) is { } text ? Text(text) : null,
    };

    private JsonNode? Text(string text)
    {
        var matches = Reference().Matches(text);
        if (matches.Count == 1 && matches[0].Length == text.Length)
            return Follow(matches[0]).DeepClone();
        // Inside other text only a scalar can take the reference's place.
        return matches.Count == 0
            ? text
            : Reference().Replace(text, match => JsonValues.Text(Follow(match)) ?? match.Value);
    }

    /// <summary>Where a step leads nowhere, the server stays at the value it had reached.</summary>
    private JsonNode Follow(Match match)
    {
        JsonNode at = answers[match.Groups["map"].Value.ToLowerInvariant()];
        foreach (Match step in Step().Matches(match.Groups["path"].Value))
        {
            var key = step.Groups["key"].Value;
            var next = at switch
            {
                JsonObject members => members[key],
                JsonArray items => int.TryParse(key, out var index) && index >= 0 && index < items.Count ? items[index] : null,
                _ => null,
            };
            if (next is null)
                break;
            at = next;
        }

        return at;
    }

    [GeneratedRegex(
        @"\$(?<map>result|next|total|time|error)(?<path>\S*)",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\[(?<key>[^\]]+)\]", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Step();
}
