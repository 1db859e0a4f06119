using System.Text.Json.Nodes;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>Members that some page of an entity shows as null: they may be so in the answers of its other methods.</summary>
internal sealed class NullMembers
{
    private readonly HashSet<(string Api, string Area, string Name)> _known = [];

    public NullMembers(IEnumerable<DocumentedCall> calls)
    {
        foreach (var call in calls)
        {
            foreach (var answer in call.Answer is null ? call.Others : call.Others.Prepend(call.Answer))
                Collect(call, answer);
        }
    }

    /// <summary>The difference is such a member.</summary>
    public bool Has(DocumentedCall call, string difference) =>
        difference.StartsWith("null ", StringComparison.Ordinal) && _known.Contains((call.Api, call.Area.ToUpperInvariant(), difference[(difference.LastIndexOf('.') + 1)..]));

    private void Collect(DocumentedCall call, JsonNode? node)
    {
        foreach (var (name, value) in node as JsonObject ?? [])
        {
            if (value is null)
                _known.Add((call.Api, call.Area.ToUpperInvariant(), name));
            Collect(call, value);
        }

        foreach (var item in node as JsonArray ?? [])
            Collect(call, item);
    }
}
