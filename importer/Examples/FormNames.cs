using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Examples;

/// <summary>Reads names in the notation of forms, as code has them that sends forms: <c>fields[TITLE]</c> is TITLE in fields.</summary>
public static class FormNames
{
    // As deep as PHP reads names.
    private const int MaxDepth = 64;

    /// <summary>The parameters with an object in place of each such group of names.</summary>
    public static JsonNode Expand(JsonNode parameters)
    {
        if (parameters is not JsonObject given || !given.Properties.Any(static p => Steps(p.Name) is not null))
            return parameters;
        var root = new Node(given.Range);
        foreach (var property in given.Properties)
        {
            var at = root;
            foreach (var step in Steps(property.Name) ?? [property.Name])
                at = at.Member(step, property.NameRange);
            at.Set(property.Value);
        }

        return root.ToJson(given.Partial);
    }

    /// <summary>The names of <c>a[b][c]</c>; null: the name is no such path.</summary>
    private static List<string>? Steps(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open <= 0 || !name.EndsWith(']'))
            return null;
        var steps = new List<string> { name[..open] };
        while (open < name.Length)
        {
            var close = name.IndexOf(']', open);
            if (name[open] != '[' || close < 0 || steps.Count == MaxDepth)
                return null;
            steps.Add(name[(open + 1)..close]);
            open = close + 1;
        }

        return steps;
    }

    private sealed class Node(TextRange range)
    {
        private readonly List<(string Name, TextRange NameRange, Node Value)> _members = [];
        private JsonNode? _value;

        public Node Member(string name, TextRange nameRange)
        {
            if (name.Length == 0)
                name = _members.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (_members.Find(m => m.Name == name) is { Value: { } known })
                return known;
            var made = new Node(nameRange);
            _members.Add((name, nameRange, made));
            return made;
        }

        public void Set(JsonNode value)
        {
            if (value is not JsonObject given || given.Properties.Count == 0)
            {
                _value = value;
                return;
            }

            foreach (var property in given.Properties)
                Member(property.Name, property.NameRange).Set(property.Value);
        }

        public JsonNode ToJson(bool isPartial = false) => _members.Count == 0 && _value is not null
            ? _value
            : new JsonObject(range, [.. _members.Select(static m => new JsonProperty(m.Name, m.NameRange, m.Value.ToJson()))]) { Partial = isPartial };
    }
}
