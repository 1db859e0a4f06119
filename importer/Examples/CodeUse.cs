using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;

namespace Bitrix24.Gen.Importer.Examples;

/// <summary>Counts names that the request examples of a page, in any language, use as keys.</summary>
public sealed partial class CodeUse
{
    private readonly string _code;

    private CodeUse(string code) => _code = code;

    public static CodeUse Of(DocPage page) =>
        new(string.Join('\n', BlockTree.FlattenAll(page.Sections.SelectMany(static s => s.Blocks)).OfType<Code>().Where(static c => c.Language != "json").Select(static c => c.Text)));

    /// <summary>Keys with a plain string as value, in the examples of any language.</summary>
    public static IEnumerable<(string Name, string Value)> Strings(DocPage page)
    {
        foreach (Match match in StringPattern().Matches(Of(page)._code))
            yield return (match.Groups["name"].Value, match.Groups["value"].Value);
    }

    [GeneratedRegex(@"[{,(\n]\s*['""]?(?<name>[A-Za-z]\w*)['""]?\s*(:|=>)\s*['""](?<value>[A-Za-z0-9][A-Za-z0-9_.:-]*)['""]", RegexOptions.NonBacktracking)]
    private static partial Regex StringPattern();

    public int Count(string name)
    {
        var count = 0;
        for (var at = _code.IndexOf(name, StringComparison.Ordinal); at >= 0; at = _code.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var before = at == 0 ? '\n' : _code[at - 1];
            var end = at + name.Length;
            var after = end < _code.Length ? _code[end] : '\n';
            if ((before is '"' or '\'' && after == before) || (char.IsWhiteSpace(before) || before is '{' or ',' or '(') && after is ':' or '=')
                count++;
        }

        return count;
    }
}
