using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Examples;

/// <summary>Finds the calls with literal parameters among the JavaScript and PHP examples of a page.</summary>
public static partial class CodeRequests
{
    private static readonly string[] JavaScript = ["js", "ts", "javascript", "typescript", "html"];

    public static IReadOnlyList<RequestExample> Read(DocPage page)
    {
        var examples = new List<RequestExample>();
        foreach (var code in BlockTree.FlattenAll(page.Sections.SelectMany(static s => s.Blocks)).OfType<Code>())
        {
            var php = code.Language == "php";
            if (php || JavaScript.Contains(code.Language, StringComparer.Ordinal))
                ReadCode(code, php, examples);
        }

        return examples;
    }

    private static void ReadCode(Code code, bool php, List<RequestExample> examples)
    {
        var reader = new CodeLiteral(code.Text, php);
        foreach (Match call in (php ? PhpPattern() : CallPattern()).Matches(code.Text))
        {
            // An empty PHP array is a list and an object.
            var read = reader.Read(call.Index + call.Length);
            var parameters = read as JsonObject ?? (php && read is JsonArray { Items.Count: 0, Partial: false } ? new JsonObject(default, []) : null);
            if (parameters is not null)
                examples.Add(new RequestExample(call.Groups["name"].Value, parameters, false, false, null, Line(code, call)));
        }

        if (php)
            return;
        foreach (Match call in MakePattern().Matches(code.Text))
        {
            if (Arguments(code.Text, call.Index + call.Length) is >= 0 and var at && reader.Read(at) is JsonObject options
                && options.Find("method")?.Value is JsonString name && options.Find("params")?.Value is JsonObject given)
            {
                examples.Add(new RequestExample(name.Value, given, false, call.Groups["version"].Value == "v3", null, Line(code, call)));
            }
        }
    }

    // Past the type arguments of TypeScript: make<{ item: Item }>({ … }).
    private static int Arguments(string text, int from)
    {
        var open = 0;
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '<')
                open++;
            else if (text[i] == '>' && text[i - 1] != '=')
                open--;
            else if (text[i] == '(' && open == 0)
                return i + 1;
            else if (open == 0 && !char.IsWhiteSpace(text[i]))
                return -1;
        }

        return -1;
    }

    private static int Line(Code code, Match call) => code.Line + 1 + code.Text.AsSpan(0, call.Index).Count('\n');

    [GeneratedRegex(@"\b(?:callMethod|fetchListMethod|callListMethod)\s*(?:<\w+>)?\(\s*['""`](?<name>[A-Za-z][\w.]*)['""`]\s*,\s*", RegexOptions.NonBacktracking)]
    private static partial Regex CallPattern();

    [GeneratedRegex(@"(?:CRest::call|->call)\s*\(\s*['""](?<name>[A-Za-z][\w.]*)['""]\s*,\s*", RegexOptions.NonBacktracking)]
    private static partial Regex PhpPattern();

    [GeneratedRegex(@"\bactions\.(?<version>v\d)\.call\.make\b", RegexOptions.NonBacktracking)]
    private static partial Regex MakePattern();
}
