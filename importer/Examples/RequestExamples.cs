using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Examples;

/// <summary>A documented request.</summary>
/// <param name="Method">The method its URL names; null when there is none.</param>
/// <param name="Parameters">The body without the token; null when it is not JSON even after repairs.</param>
/// <param name="Strict">The body was JSON as it stood.</param>
public sealed record RequestExample(string? Method, JsonObject? Parameters, bool Strict, bool V3, string? Error, int Line);

/// <summary>Finds the calls with a JSON body among the shell examples of a page.</summary>
public static partial class RequestExamples
{
    public static IReadOnlyList<RequestExample> Read(DocPage page)
    {
        var examples = new List<RequestExample>();
        foreach (var code in BlockTree.FlattenAll(page.Sections.SelectMany(static s => s.Blocks)).OfType<Code>())
        {
            if (!code.Text.Contains("curl", StringComparison.Ordinal))
                continue;
            foreach (var (command, offset) in Commands(code.Text))
                ReadCommand(command, code.Line + 1 + offset, examples);
        }

        return examples;
    }

    private static IEnumerable<(string Command, int Line)> Commands(string text)
    {
        var starts = CurlPattern().Matches(text).Select(static m => m.Index).ToArray();
        for (var i = 0; i < starts.Length; i++)
        {
            var end = i + 1 < starts.Length ? starts[i + 1] : text.Length;
            yield return (text[starts[i]..end], text.AsSpan(0, starts[i]).Count('\n'));
        }
    }

    private static void ReadCommand(string command, int line, List<RequestExample> examples)
    {
        var url = MethodName.Urls(new Code("bash", command, line)).FirstOrDefault();
        if (url is not null && url.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            url = url[..^5];
        var v3 = command.Contains("/rest/api/", StringComparison.Ordinal);
        if (BodyPattern().Match(command) is not { Success: true } start)
        {
            if (url is not null && !command.Contains("-F ", StringComparison.Ordinal) && !command.Contains("--form", StringComparison.Ordinal))
                examples.Add(new RequestExample(url, null, false, v3, "no JSON body", line));
            return;
        }

        var (body, spliced) = Unquote(command, start.Index + start.Length - 1);
        var text = body.Trim();
        var at = line + command.AsSpan(0, start.Index).Count('\n');
        if (text.Length == 0 || text[0] != '{')
        {
            examples.Add(new RequestExample(url, null, false, v3, "the body is not a JSON object", at));
            return;
        }

        var read = JsonReader.Read(text);
        var root = read.Root ?? LooseJson.Read(text);
        var parameters = root is JsonObject obj ? WithoutToken(obj) : null;
        examples.Add(new RequestExample(url, parameters, read.Root is JsonObject && !spliced, v3, read.Error?.Message, at));
    }

    // Within single quotes nothing is special; '"…"' splices a double-quoted part, '\'' a quote.
    private static (string Body, bool Spliced) Unquote(string command, int quote)
    {
        var mark = command[quote];
        var body = new System.Text.StringBuilder();
        var spliced = false;
        var i = quote + 1;
        while (i < command.Length)
        {
            var c = command[i];
            if (mark == '"' && c == '\\' && i + 1 < command.Length && command[i + 1] is '"' or '\\' or '$')
            {
                body.Append(command[i + 1]);
                i += 2;
                continue;
            }

            if (c != mark)
            {
                body.Append(c);
                i++;
                continue;
            }

            if (mark == '\'' && command.AsSpan(i).StartsWith("'\\''"))
            {
                body.Append('\'');
                i += 4;
                continue;
            }

            if (mark == '\'' && i + 1 < command.Length && command[i + 1] == '"' && command.IndexOf("\"'", i + 2, StringComparison.Ordinal) is > 0 and var end)
            {
                spliced = true;
                body.Append("2026-01-01T00:00:00+00:00");
                i = end + 2;
                continue;
            }

            break;
        }

        return (body.ToString(), spliced);
    }

    private static JsonObject WithoutToken(JsonObject obj) =>
        obj.Find("auth") is null ? obj : new JsonObject(obj.Range, obj.Properties.Where(static p => p.Name != "auth").ToArray());

    [GeneratedRegex(@"\bcurl\b", RegexOptions.NonBacktracking)]
    private static partial Regex CurlPattern();

    [GeneratedRegex(@"(?:\s-d|--data|--data-raw|--data-binary|--json)[\s=]+\$?['""]", RegexOptions.NonBacktracking)]
    private static partial Regex BodyPattern();
}
