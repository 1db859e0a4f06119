using System.Text;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Examples;

/// <summary>Reads JSON that was written for people: comments, ellipses, trailing commas, bare keys, single quotes.</summary>
public static class LooseJson
{
    private const string Escapes = "\"\\/bfnrtu";

    /// <summary>The value; null when small repairs do not make JSON of it.</summary>
    public static JsonNode? Read(string text)
    {
        var strict = JsonReader.Read(text);
        if (strict.Root is not null)
            return strict.Root;
        return JsonReader.Read(Repair(text)).Root;
    }

    internal static string Repair(string text)
    {
        var tokens = Tokens(text);
        var output = new StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            // Several words where one value belongs are a remark.
            if (IsValue(tokens, i) && IsValue(tokens, i + 1))
            {
                while (IsValue(tokens, i + 1))
                    i++;
                if (output.Length > 0 && output[^1] == ',')
                    output.Length--;
                continue;
            }

            if (token == ",")
            {
                // A comma before an end, another comma or nothing was left behind by an ellipsis.
                if (i + 1 >= tokens.Count || tokens[i + 1] is "}" or "]" or "," || output.Length == 0 || output[^1] is '{' or '[' or ',')
                    continue;
                output.Append(',');
            }
            else if (token.Length == 1 && "{}[]:".Contains(token[0], StringComparison.Ordinal))
                output.Append(token);
            else if (token[0] == '"')
                output.Append(token);
            else if (i + 1 < tokens.Count && tokens[i + 1] == ":")
                output.Append(Quote(token));
            else
                output.Append(token is "true" or "false" or "null" || IsNumber(token) ? token : Quote(token));
        }

        return output.ToString();
    }

    private static bool IsValue(List<string> tokens, int i) =>
        i < tokens.Count && (tokens[i].Length > 1 || !"{}[]:,".Contains(tokens[i][0], StringComparison.Ordinal)) && (i + 1 >= tokens.Count || tokens[i + 1] != ":");

    private static string Quote(string text) => new JsonString(default, text).ToJsonText();

    private static bool IsNumber(string token) => JsonReader.Read(token).Root is JsonNumber;

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
                i++;
            else if (c == '/' && i + 1 < text.Length && text[i + 1] == '/')
                i = EndOfLine(text, i);
            else if (c == '/' && i + 1 < text.Length && text[i + 1] == '*')
            {
                var end = text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? text.Length : end + 2;
            }
            else if (c is '"' or '\'')
                i = ReadQuoted(text, i, tokens);
            else if ("{}[]:,".Contains(c, StringComparison.Ordinal))
            {
                tokens.Add(c.ToString());
                i++;
            }
            else if (c is '.' or '…' && (c == '…' || text.AsSpan(i).StartsWith("..")))
            {
                while (i < text.Length && text[i] is '.' or '…')
                    i++;
            }
            else
                i = ReadWord(text, i, tokens);
        }

        return tokens;
    }

    private static int EndOfLine(string text, int from)
    {
        var end = text.IndexOf('\n', from);
        return end < 0 ? text.Length : end + 1;
    }

    private static int ReadQuoted(string text, int start, List<string> tokens)
    {
        var quote = text[start];
        var value = new StringBuilder("\"");
        var i = start + 1;
        for (; i < text.Length && text[i] != quote; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                var next = text[++i];
                // A class of PHP keeps its backslash: "Bitrix\Blog".
                value.Append(next == '\'' ? "'" : Escapes.Contains(next, StringComparison.Ordinal) ? "\\" + next : "\\\\" + next);
            }
            else if (text[i] == '"')
                value.Append("\\\"");
            else if (text[i] == '\n')
                value.Append("\\n");
            else if (!char.IsControl(text[i]))
                value.Append(text[i]);
        }

        tokens.Add(value.Append('"').ToString());
        return i + 1;
    }

    private static int ReadWord(string text, int start, List<string> tokens)
    {
        var i = start;
        while (i < text.Length && !char.IsWhiteSpace(text[i]) && !"{}[]:,\"'".Contains(text[i], StringComparison.Ordinal))
            i++;
        tokens.Add(text[start..i]);
        return i;
    }
}
