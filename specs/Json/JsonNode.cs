using System.Text;

namespace Bitrix24.Gen.Specs;

/// <summary>The kinds of JSON value.</summary>
public enum JsonKind
{
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,

    /// <summary>A value that only the running program knows, see <see cref="JsonUnknown"/>.</summary>
    Unknown,
}

/// <summary>A JSON value and where it stands in its text.</summary>
public abstract class JsonNode
{
    private protected JsonNode(JsonKind kind, TextRange range)
    {
        Kind = kind;
        Range = range;
    }

    public JsonKind Kind { get; }

    public TextRange Range { get; }

    /// <summary>The value as compact JSON.</summary>
    public string ToJsonText()
    {
        var text = new StringBuilder();
        JsonText.Append(text, this);
        return text.ToString();
    }

    public override string ToString() => ToJsonText();
}

/// <summary>A member of a JSON object.</summary>
/// <param name="Name">The name, unescaped.</param>
/// <param name="NameRange">Where the name stands, quotes included.</param>
/// <param name="Value">The value.</param>
public sealed record JsonProperty(string Name, TextRange NameRange, JsonNode Value);

/// <summary>A JSON object; keeps the order of its members and members of equal name.</summary>
public sealed class JsonObject(TextRange range, IReadOnlyList<JsonProperty> properties)
    : JsonNode(JsonKind.Object, range)
{
    private const int IndexFrom = 12;

    private Dictionary<string, JsonProperty>? _index;

    public IReadOnlyList<JsonProperty> Properties { get; } = properties;

    /// <summary>The object may have more members than those listed: nothing is missing from it.</summary>
    public bool Partial { get; init; }

    /// <summary>Finds a member by name; the last one where a name stands twice.</summary>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JsonNode? value)
    {
        value = Find(name)?.Value;
        return value is not null;
    }

    /// <summary>The member of that name, or null; the last one where a name stands twice.</summary>
    public JsonProperty? Find(string name)
    {
        if (Properties.Count >= IndexFrom)
            return (_index ??= BuildIndex()).TryGetValue(name, out var found) ? found : null;
        for (var i = Properties.Count - 1; i >= 0; i--)
        {
            if (string.Equals(Properties[i].Name, name, StringComparison.Ordinal))
                return Properties[i];
        }

        return null;
    }

    private Dictionary<string, JsonProperty> BuildIndex()
    {
        var index = new Dictionary<string, JsonProperty>(Properties.Count, StringComparer.Ordinal);
        for (var i = 0; i < Properties.Count; i++)
            index[Properties[i].Name] = Properties[i];
        return index;
    }
}

/// <summary>A JSON array.</summary>
public sealed class JsonArray(TextRange range, IReadOnlyList<JsonNode> items) : JsonNode(JsonKind.Array, range)
{
    public IReadOnlyList<JsonNode> Items { get; } = items;

    /// <summary>The array may have more items than those listed: it is not too short.</summary>
    public bool Partial { get; init; }
}

/// <summary>A JSON string, unescaped.</summary>
public sealed class JsonString(TextRange range, string value) : JsonNode(JsonKind.String, range)
{
    public string Value { get; } = value;
}

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed class JsonBool(TextRange range, bool value) : JsonNode(JsonKind.Bool, range)
{
    public bool Value { get; } = value;
}

/// <summary><c>null</c>.</summary>
public sealed class JsonNull(TextRange range) : JsonNode(JsonKind.Null, range);

/// <summary>A value that source code computes at run time: present, and right by every rule.</summary>
public sealed class JsonUnknown(TextRange range) : JsonNode(JsonKind.Unknown, range)
{
    /// <summary>Values of which it is one, as far as the source names them: <c>isPaid ? "Y" : "N"</c>.</summary>
    public IReadOnlyList<JsonNode> Choices { get; init; } = [];
}
