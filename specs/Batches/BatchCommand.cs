using System.Globalization;
using System.Linq;
using System.Text;

namespace Bitrix24.Gen.Specs;

/// <summary>A command of a batch: <c>crm.deal.list?filter[ID]=1&amp;select[]=ID</c>, read as PHP reads it.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="MethodRange">Where it stands in the source.</param>
/// <param name="Parameters">The parameters; texts, as a query has no other scalars.</param>
internal sealed record BatchCommand(string Method, TextRange MethodRange, JsonObject Parameters)
{
    // As deep as PHP reads names (max_input_nesting_level); what is nested deeper is dropped.
    private const int MaxDepth = 64;

    private const int LongestWritten = 200;

    /// <summary>Reads a command; null where the source does not tell the method.</summary>
    public static BatchCommand? Read(CommandText text)
    {
        var value = text.Value;
        var question = value.IndexOf('?');
        var method = (question < 0 ? value : value.Substring(0, question)).Trim();
        if (method.Length == 0 || method.IndexOf(CommandText.Hole) >= 0)
            return null;
        var range = text.Locate(value.IndexOf(method, StringComparison.Ordinal), method.Length);
        var root = new Node(range);
        for (var start = question + 1; question >= 0 && start < value.Length;)
        {
            var end = value.IndexOf('&', start);
            if (end < 0)
                end = value.Length;
            if (end > start)
                Add(root, text, start, end);
            start = end + 1;
        }

        return new(method, range, (JsonObject)root.ToJson());
    }

    /// <summary>The command that an object or list with a method and its parameters means; null where it has none, or they are not all known.</summary>
    public static string? Write(JsonNode? call)
    {
        var (method, parameters) = call switch
        {
            JsonObject given => (given.Find("method")?.Value, (given.Find("params") ?? given.Find("query") ?? given.Find("data"))?.Value),
            JsonArray { Items: [var name, ..] items } => (name, items.Count > 1 ? items[1] : null),
            _ => (null, null),
        };
        if (method is not JsonString { Value: { Length: > 0 } text })
            return null;
        var query = new StringBuilder();
        return !TryWrite(query, "", parameters) ? null : query.Length == 0 ? text : $"{text}?{query.ToString(1, query.Length - 1)}";
    }

    private static bool TryWrite(StringBuilder query, string name, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject { Partial: false } given:
                return given.Properties.All(p => TryWrite(query, name.Length == 0 ? p.Name : $"{name}[{p.Name}]", p.Value));
            case JsonArray list:
                return name.Length > 0 && Enumerable.Range(0, list.Items.Count).All(i => TryWrite(query, $"{name}[{i.ToString(CultureInfo.InvariantCulture)}]", list.Items[i]));
            case null or JsonNull:
                return true;
            case JsonUnknown:
                return false;
            default:
                if (name.Length == 0 || query.Length > LongestWritten)
                    return false;
                query.Append('&').Append(name).Append('=').Append(value is JsonString text ? Uri.EscapeDataString(text.Value) : value.ToJsonText());
                return true;
        }
    }

    private static void Add(Node root, CommandText text, int start, int end)
    {
        var equals = text.Value.IndexOf('=', start, end - start);
        var keyEnd = equals < 0 ? end : equals;
        var key = Decode(text.Value.Substring(start, keyEnd - start));
        if (key.IndexOf(CommandText.Hole) >= 0)
        {
            root.Partial = true;
            return;
        }

        var keyRange = text.Locate(start, keyEnd - start);
        var valueRange = equals < 0 || equals + 1 == end ? keyRange : text.Locate(equals + 1, end - equals - 1);
        var steps = Steps(key).ToList();
        if (steps.Count > MaxDepth)
            return;
        var at = root;
        foreach (var step in steps)
            at = at.Member(step, keyRange, valueRange);
        at.Value = Scalar(equals < 0 ? "" : Decode(text.Value.Substring(equals + 1, end - equals - 1)), valueRange);
    }

    /// <summary><c>filter[&gt;ID][0]</c> is <c>filter</c>, <c>&gt;ID</c>, <c>0</c>; an empty bracket is the next number.</summary>
    private static IEnumerable<string> Steps(string key)
    {
        var bracket = key.IndexOf('[');
        if (bracket <= 0)
        {
            yield return key;
            yield break;
        }

        yield return key.Substring(0, bracket);
        while (bracket >= 0 && key.IndexOf(']', bracket) is var close && close > bracket)
        {
            yield return key.Substring(bracket + 1, close - bracket - 1);
            bracket = close + 1 < key.Length && key[close + 1] == '[' ? close + 1 : -1;
        }
    }

    private static JsonNode Scalar(string value, TextRange range) =>
        value.IndexOf(CommandText.Hole) >= 0 ? new JsonUnknown(range) : new JsonString(range, value);

    private static string Decode(string text)
    {
        if (text.IndexOf('%') < 0 && text.IndexOf('+') < 0)
            return text;
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.Substring(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var coded))
            {
                bytes.Add(coded);
                i += 2;
            }
            else if (text[i] == '+')
            {
                bytes.Add((byte)' ');
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, 1)));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>An array of PHP while it is put together.</summary>
    private sealed class Node(TextRange range)
    {
        private readonly List<(string Name, TextRange NameRange, Node Value)> _members = [];
        private int _next;

        public bool Partial { get; set; }

        public JsonNode? Value { get; set; }

        public Node Member(string name, TextRange nameRange, TextRange valueRange)
        {
            if (name.Length == 0)
                name = _next.ToString(CultureInfo.InvariantCulture);
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= _next && number < int.MaxValue)
                _next = number + 1;
            foreach (var member in _members)
            {
                if (member.Name == name)
                    return member.Value;
            }

            var made = new Node(valueRange);
            _members.Add((name, nameRange, made));
            return made;
        }

        public JsonNode ToJson() => Value ?? new JsonObject(range, [.. _members.Select(static m => new JsonProperty(m.Name, m.NameRange, m.Value.ToJson()))]) { Partial = Partial };
    }
}
