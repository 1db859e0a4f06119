using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Examples;

/// <summary>A documented answer.</summary>
/// <param name="Root">The body; null when it is not JSON even after repairs.</param>
/// <param name="Strict">It was JSON as it stood.</param>
/// <param name="IsError">It carries an error.</param>
public sealed record ResponseExample(JsonObject? Root, bool Strict, bool IsError, string? Error, int Line)
{
    /// <summary>The value that the method answers.</summary>
    public JsonNode? Result => Root is not null && Root.TryGet("result", out var result) ? result : null;
}

/// <summary>Finds the answers shown on a page: JSON blocks outside the tabs that look like the envelope.</summary>
public static partial class ResponseExamples
{
    public static IReadOnlyList<ResponseExample> Read(DocPage page)
    {
        var examples = new List<ResponseExample>();
        var bare = new List<ResponseExample>();
        foreach (var section in page.Sections)
        {
            foreach (var code in section.AllBlocks().OfType<Code>())
            {
                if (code.Language is not ("json" or "" or "js" or "javascript") || !code.Text.TrimStart().StartsWith('{'))
                    continue;
                if (!code.Text.Contains("\"result\"", StringComparison.Ordinal) && !code.Text.Contains("\"error\"", StringComparison.Ordinal))
                {
                    if (AnswerPattern().IsMatch(section.Title) && Bare(code) is { } value)
                        bare.Add(value);
                    continue;
                }

                if (IsRequestSection(section))
                    continue;
                if (ReadOne(code) is { } example)
                    examples.Add(example);
            }
        }

        // Some pages show the value alone, without the envelope around it.
        return examples.Exists(static e => !e.IsError) ? examples : [.. bare, .. examples];
    }

    private static ResponseExample? Bare(Code code)
    {
        var strict = JsonReader.Read(code.Text);
        return (strict.Root ?? LooseJson.Read(code.Text)) is JsonObject { Properties.Count: > 0 } value
            ? new ResponseExample(new JsonObject(value.Range, [new JsonProperty("result", value.Range, value)]), strict.Root is not null, false, strict.Error?.Message, code.Line)
            : null;
    }

    private static ResponseExample? ReadOne(Code code)
    {
        var strict = JsonReader.Read(code.Text);
        var root = (strict.Root ?? LooseJson.Read(code.Text)) as JsonObject;
        if (root is null)
            return new ResponseExample(null, false, code.Text.Contains("\"error\"", StringComparison.Ordinal), strict.Error?.Message, code.Line);
        var isError = root.Find("error") is not null;
        if (!isError && root.Find("result") is null)
            return null;
        return new ResponseExample(root, strict.Root is not null, isError, strict.Error?.Message, code.Line);
    }

    private static bool IsRequestSection(Section section) =>
        section.Title.Contains("Parameter", StringComparison.OrdinalIgnoreCase) && !section.Title.Contains("Response", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^(response|successful response|returned data|result)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AnswerPattern();
}
