namespace Bitrix24.Gen.Specs;

/// <summary>JSON pointers (RFC 6901).</summary>
public static class JsonPointer
{
    /// <summary>The pointer of a member or item within the value at <paramref name="parent"/>.</summary>
    public static string Append(string parent, string name) =>
        name.IndexOf('~') < 0 && name.IndexOf('/') < 0
            ? parent + "/" + name
            : parent + "/" + name.Replace("~", "~0").Replace("/", "~1");

    /// <summary>Follows a pointer as far as it leads.</summary>
    /// <returns>Whether the whole pointer was followed, and the range of the last thing found: of a member the name, of an item the value.</returns>
    public static (bool Found, TextRange Range) Locate(JsonNode root, string pointer)
    {
        var node = root;
        var range = new TextRange(root.Range.Start, 0, root.Range.Line, root.Range.Column, root.Range.Line, root.Range.Column);
        for (var start = 1; start <= pointer.Length;)
        {
            var end = pointer.IndexOf('/', start);
            if (end < 0)
                end = pointer.Length;
            var segment = pointer.Substring(start, end - start).Replace("~1", "/").Replace("~0", "~");
            switch (node)
            {
                case JsonObject value when value.Find(segment) is { } property:
                    (node, range) = (property.Value, property.NameRange);
                    break;
                case JsonArray value when int.TryParse(segment, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index) && index < value.Items.Count:
                    node = value.Items[index];
                    range = node.Range;
                    break;
                default:
                    return (false, range);
            }

            start = end + 1;
        }

        return (true, range);
    }
}
