using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>Finds the path of a value in a body; slow, for error messages.</summary>
internal static class JsonPath
{
    private const int MaxLength = 200;

    public static string At(ReadOnlySpan<byte> body, long offset)
    {
        // Of each open object the current name, of each open list the current index.
        var open = new Stack<(string? Name, int Index)>();
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    open.Pop();
                    continue;
                }

                if (open.TryPeek(out var top) && (top.Name is null || reader.TokenType == JsonTokenType.PropertyName))
                {
                    open.Pop();
                    open.Push(top.Name is null ? (null, top.Index + 1) : (reader.GetString(), 0));
                }

                if (reader.TokenStartIndex >= offset)
                    break;
                if (reader.TokenType is JsonTokenType.StartObject)
                    open.Push(("", 0));
                else if (reader.TokenType is JsonTokenType.StartArray)
                    open.Push((null, -1));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The body breaks off before the place: what was read so far is as near as it gets.
        }

        var path = new StringBuilder();
        foreach (var (name, index) in open.Reverse())
        {
            if (name is null)
                path.Append('[').Append(Math.Max(index, 0)).Append(']');
            else if (name.Length > 0)
                path.Append(path.Length == 0 ? "" : ".").Append(name);
        }

        return Clean(path);
    }

    // Names come from outside, and the path goes into logs: one line, of bounded length.
    private static string Clean(StringBuilder path)
    {
        if (path.Length > MaxLength)
            path.Remove(MaxLength, path.Length - MaxLength).Append('…');
        for (var i = 0; i < path.Length; i++)
        {
            if (char.GetUnicodeCategory(path[i]) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
                path[i] = '?';
        }

        return path.ToString();
    }
}
