using System.Globalization;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>The batch of REST 3.0: a list of calls, each seeing the results before it; the first error fails them all.</summary>
internal sealed class BatchV3(Func<string, JsonObject, CancellationToken, Task<Answer>> run)
{
    private const string Ref = "$ref";
    private const string RefArray = "$refArray";

    private readonly Dictionary<string, JsonNode?> _results = new(StringComparer.Ordinal);

    /// <summary>Runs the calls in their order.</summary>
    /// <param name="body">A list of calls, or a map of them: to the server's PHP both are the same, and b24jssdk sends maps.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    public async Task<Answer> RunAsync(JsonNode? body, CancellationToken cancellationToken)
    {
        JsonNode?[]? commands = body switch
        {
            JsonArray list => [.. list],
            JsonObject map => [.. map.Select(static entry => entry.Value)],
            _ => null,
        };
        if (commands is null)
            return V3Errors.InvalidSelect;
        var results = new JsonArray();
        for (var i = 0; i < commands.Length; i++)
        {
            if (commands[i] is not JsonObject command || JsonValues.Text(command["method"]) is not { } method)
                return V3Errors.InvalidSelect;
            var parameters = Resolve(command["query"]) as JsonObject ?? [];
            var answer = await run(method, parameters, cancellationToken);
            if (answer is not Success success)
                return answer;
            _results[JsonValues.Text(command["as"]) ?? i.ToString(CultureInfo.InvariantCulture)] = success.Result;
            results.Add(success.Result?.DeepClone());
        }

        return new Success(results);
    }

    private JsonNode? Resolve(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                return new JsonArray([.. items.Select(Resolve)]);
            case JsonObject members when members.Count == 1 && JsonValues.Text(members[Ref]) is { } path:
                return Follow(path.Split('.')).FirstOrDefault()?.DeepClone();
            case JsonObject members when members.Count == 1 && JsonValues.Text(members[RefArray]) is { } path:
                return new JsonArray([.. FollowAll(path.Split('.')).Select(n => n?.DeepClone())]);
            case JsonObject members:
                var resolved = new JsonObject();
                foreach (var (name, value) in members)
                    resolved[name] = Resolve(value);
                return resolved;
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>The values at a path; b24jssdk leaves out the <c>items</c> between alias and field.</summary>
    private List<JsonNode?> FollowAll(string[] path)
    {
        var found = Follow(path).ToList();
        return found.Count == 0 && path.Length > 1 ? [.. Follow([path[0], "items", .. path[1..]])] : found;
    }

    /// <summary>The values at a path; a list on the way is followed into each of its items.</summary>
    private IEnumerable<JsonNode?> Follow(string[] path)
    {
        IEnumerable<JsonNode?> at = [_results.GetValueOrDefault(path[0])];
        foreach (var step in path.Skip(1))
            at = at.SelectMany(node => Step(node, step)).ToList();
        return at;
    }

    private static IEnumerable<JsonNode?> Step(JsonNode? node, string step) => node switch
    {
        JsonObject members when members.TryGetPropertyValue(step, out var value) => [value],
        JsonArray items when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => index < items.Count ? [items[index]] : [],
        JsonArray items => items.SelectMany(item => Step(item, step)),
        _ => [],
    };
}
