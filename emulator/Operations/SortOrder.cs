using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Reads an order in any of its forms: an object, <c>id,-amount</c>, or a list of such names.</summary>
internal static class SortOrder
{
    /// <param name="order">The parameter.</param>
    /// <param name="parameters">All parameters: the direction may stand beside the name, as <c>SORT=ID</c>, <c>ORDER=DESC</c>.</param>
    public static JsonObject? Read(JsonNode? order, JsonObject parameters)
    {
        var node = JsonValues.Member(parameters, "sort");
        var sort = JsonValues.Text(node);
        return sort is { Length: > 0 } && !ReferenceEquals(node, order) && JsonValues.Text(order) is { } direction
            ? new JsonObject { [sort] = direction }
            : Read(order ?? node);
    }

    private static JsonObject? Read(JsonNode? order) => order switch
    {
        JsonObject members => members,
        JsonArray names => Of(names.Select(JsonValues.Text)),
        JsonValue => Of(JsonValues.Text(order)?.Split(',') ?? []),
        _ => null,
    };

    private static JsonObject Of(IEnumerable<string?> names)
    {
        var order = new JsonObject();
        foreach (var name in names)
        {
            if (name?.Trim() is { Length: > 0 } given)
                order[given.TrimStart('-', '+')] = given[0] == '-' ? "desc" : "asc";
        }

        return order;
    }
}
