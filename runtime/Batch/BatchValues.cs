using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitrix24;

/// <summary>Puts values at paths of a call's parameters, and takes them from answers.</summary>
internal static class BatchValues
{
    /// <summary>Parameters with a value in the place that a path leads to.</summary>
    /// <exception cref="ArgumentException">The path goes through a list that has no such item.</exception>
    public static void Put(JsonObject parameters, string path, JsonNode? value)
    {
        JsonNode at = parameters;
        var steps = path.Split('.');
        for (var i = 0; i < steps.Length; i++)
        {
            var isLast = i == steps.Length - 1;
            switch (at)
            {
                case JsonObject members when isLast:
                    members[steps[i]] = value;
                    break;
                case JsonObject members:
                    if (members[steps[i]] is not (JsonObject or JsonArray))
                        members[steps[i]] = new JsonObject();
                    at = members[steps[i]]!;
                    break;
                case JsonArray list when IndexOf(steps[i], list.Count) is { } index && (isLast || list[index] is JsonObject or JsonArray):
                    if (isLast)
                        list[index] = value;
                    else
                        at = list[index]!;
                    break;
                default:
                    throw new ArgumentException($"The request has no '{path}': '{steps[i]}' is not in its list.", nameof(path));
            }
        }
    }

    /// <summary>The value that a reference takes from an answer; null: the answer does not have it.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="result">The <c>result</c> of the call that it refers to.</param>
    public static JsonNode? Take(BatchReference reference, JsonElement? result) => reference.Kind switch
    {
        BatchReferenceKind.Next => reference.Item.Next is { } next ? JsonValue.Create(next) : null,
        BatchReferenceKind.Total => reference.Item.Total is { } total ? JsonValue.Create(total) : null,
        BatchReferenceKind.Values when reference.Steps is [var list, .. var rest] => TakeAll(Follow(result, [list]), rest),
        _ => NodeOf(Follow(result, reference.Steps)),
    };

    /// <summary>The value at the end of a path; null: the path leads nowhere.</summary>
    public static JsonElement? Follow(JsonElement? value, ReadOnlySpan<string> steps)
    {
        var at = value;
        foreach (var step in steps)
        {
            at = at switch
            {
                { ValueKind: JsonValueKind.Object } members when members.TryGetProperty(step, out var member) => member,
                { ValueKind: JsonValueKind.Array } list when IndexOf(step, list.GetArrayLength()) is { } index => list[index],
                _ => null,
            };
        }

        return at;
    }

    private static JsonArray? TakeAll(JsonElement? list, string[] steps)
    {
        if (list is not { ValueKind: JsonValueKind.Array } records)
            return null;
        var values = new JsonArray();
        foreach (var record in records.EnumerateArray())
        {
            if (NodeOf(Follow(record, steps)) is { } value)
                values.Add(value);
        }

        return values;
    }

    private static JsonNode? NodeOf(JsonElement? value) => value?.ValueKind switch
    {
        null => null,
        JsonValueKind.Object => JsonObject.Create(value.Value),
        JsonValueKind.Array => JsonArray.Create(value.Value),
        _ => JsonValue.Create(value.Value),
    };

    private static int? IndexOf(string step, int count) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count ? index : null;
}
