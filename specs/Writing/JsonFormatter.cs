using System.Text;

namespace Bitrix24.Gen.Specs;

/// <summary>Writes JSON for people: two spaces, <c>\n</c>, and on one line what fits there.</summary>
public static class JsonFormatter
{
    private const int Width = 120;

    /// <summary>Objects of objects this near the root get a line for each member, however short.</summary>
    private const int SpreadDepth = 2;

    /// <summary>Writes a value, with a line end after it.</summary>
    public static string Format(JsonNode root)
    {
        var text = new StringBuilder();
        Append(text, root, depth: 0, used: 0);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, JsonNode node, int depth, int used)
    {
        var (open, close, count) = node switch
        {
            JsonObject value => ('{', '}', value.Properties.Count),
            JsonArray value => ('[', ']', value.Items.Count),
            _ => (' ', ' ', 0),
        };
        if (count == 0 || (MayBeFlat(node, depth) && (2 * depth) + used + FlatLength(node) < Width))
        {
            AppendFlat(text, node);
            return;
        }

        text.Append(open).Append('\n');
        for (var i = 0; i < count; i++)
        {
            text.Append(' ', 2 * (depth + 1));
            if (node is JsonObject value)
            {
                var start = text.Length;
                JsonText.AppendString(text, value.Properties[i].Name);
                text.Append(": ");
                Append(text, value.Properties[i].Value, depth + 1, text.Length - start);
            }
            else
            {
                Append(text, ((JsonArray)node).Items[i], depth + 1, 0);
            }

            text.Append(i + 1 < count ? ",\n" : "\n");
        }

        text.Append(' ', 2 * depth).Append(close);
    }

    private static bool MayBeFlat(JsonNode node, int depth)
    {
        if (depth is 0 or >= SpreadDepth || node is not JsonObject value)
            return depth > 0;
        foreach (var property in value.Properties)
        {
            if (property.Value is JsonObject)
                return false;
        }

        return true;
    }

    private static int FlatLength(JsonNode node)
    {
        var text = new StringBuilder();
        AppendFlat(text, node);
        return text.Length;
    }

    private static void AppendFlat(StringBuilder text, JsonNode node)
    {
        switch (node)
        {
            case JsonObject { Properties.Count: > 0 } value:
                text.Append("{ ");
                foreach (var property in value.Properties)
                {
                    if (!ReferenceEquals(property, value.Properties[0]))
                        text.Append(", ");
                    JsonText.AppendString(text, property.Name);
                    text.Append(": ");
                    AppendFlat(text, property.Value);
                }

                text.Append(" }");
                break;
            case JsonArray value:
                text.Append('[');
                for (var i = 0; i < value.Items.Count; i++)
                {
                    if (i > 0)
                        text.Append(", ");
                    AppendFlat(text, value.Items[i]);
                }

                text.Append(']');
                break;
            default:
                JsonText.Append(text, node);
                break;
        }
    }
}
