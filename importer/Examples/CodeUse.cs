using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;

namespace Bitrix24.Gen.Importer.Examples;

/// <summary>Counts names that the request examples of a page, in any language, use as keys.</summary>
public sealed class CodeUse
{
    private readonly string _code;

    private CodeUse(string code) => _code = code;

    public static CodeUse Of(DocPage page) =>
        new(string.Join('\n', BlockWalk.FlattenAll(page.Sections.SelectMany(static s => s.Blocks)).OfType<Code>().Where(static c => c.Language != "json").Select(static c => c.Text)));

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
