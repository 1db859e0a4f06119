using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Reads what an object holds from the lists and code in its description.</summary>
public static partial class InlineContent
{
    /// <summary>Bullets that explain members: <c>- `page` — page number</c>.</summary>
    public static ObjectShape? FromBullets(string description, TypeSpelling types)
    {
        var shape = new ObjectShape();
        var indent = -1;
        var values = false;
        foreach (var line in description.ReplaceLineEndings("\n").Split('\n'))
        {
            values = ValuesOfPattern().IsMatch(line) || (values && line.Trim().Length == 0) || (values && BulletPattern().IsMatch(line));
            if (values)
                continue;
            if (BulletPattern().Match(line) is not { Success: true } match)
                continue;
            var depth = match.Groups["indent"].Length;
            if (indent < 0)
                indent = depth;
            if (depth != indent)
                continue;
            var name = match.Groups["name"].Value;
            // No member is called null: the bullets list what may stand in place of the object.
            if (!NamePattern().IsMatch(name) || IsPlaceholder(name) || name == "null")
                return null;
            var text = match.Groups["text"].Value;
            var typeText = TypePattern().Match(text) is { Success: true } type ? type.Groups["type"].Value : null;
            var spelled = types.Read(typeText is null ? [] : [typeText]);
            var member = new Member(name, NumberNames.Widen(spelled.Shape, name, text)) { Declared = typeText is not null && spelled.Known, Listed = true, Required = match.Groups["star"].Length > 0 };
            ProseRules.Apply(member, text);
            shape.Add(member);
        }

        return shape.Members.Count > 0 ? shape : null;
    }

    /// <summary>A code block that shows the object: JSON, or what reads like it.</summary>
    public static ObjectShape? FromCode(IEnumerable<Block> blocks)
    {
        var isSketch = false;
        var isExample = false;
        foreach (var block in blocks)
        {
            if (block is Paragraph { Text: { } before })
                isExample = ExamplePattern().IsMatch(before);
            if (block is not Code code || LooseJson.Read(code.Text) is not { } node)
                continue;
            var shape = ExampleShape.Infer(node).Innermost as ObjectShape;
            if (shape is null || shape.Members.Count == 0)
                continue;
            if (shape.Members.Exists(static m => IsPlaceholder(m.Name)))
            {
                isSketch = true;
                continue;
            }

            // After "field_1: value_1", or "Example:", the code is one example of what may stand there.
            Loosen(shape);
            shape.Undescribed |= isSketch || isExample;
            shape.Open |= isSketch || isExample;
            return shape;
        }

        return null;
    }

    // What stands for values in a sketch ("value_1", "string") says nothing of their type.
    private static void Loosen(ObjectShape shape)
    {
        foreach (var member in shape.Members)
        {
            if (member.Shape is ScalarShape { Kind: TypeKind.String } || member.Shape.IsWeak)
                member.Shape = Shape.Json;
            else if (member.Shape.Innermost is ObjectShape inner)
                Loosen(inner);
        }
    }

    /// <summary>Names that stand for any name: <c>field_1</c>, <c>field_n</c>, <c>value_n</c>, <c>ASC</c>.</summary>
    public static bool IsPlaceholder(string name) => PlaceholderPattern().IsMatch(name);

    [GeneratedRegex(@"^(?<indent>\s*)[-*+]\s+(?:\*\*)?`?(?<name>[\w.\[\]]+)`?(?:\*\*)?(?<star>\*?)\s*(?:—|–|-|:|\()\s*(?<text>.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex BulletPattern();

    // "Possible values for `code`:" lists what one member may be.
    [GeneratedRegex(@"\bvalues (for|of) (the )?(parameter |field |key )?\**`[^`]+`\**\s*:\s*$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ValuesOfPattern();

    [GeneratedRegex(@"\bexample\s*:\s*$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ExamplePattern();

    [GeneratedRegex(@"^[A-Za-z_]\w*$", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^\(?\[?`(?<type>[a-z]+(\[\])?)`", RegexOptions.NonBacktracking)]
    private static partial Regex TypePattern();

    [GeneratedRegex(
        @"^(field|value|key|lang|FIELD|VALUE|KEY|param|property|name|code|item|element)s?[_ ]?(\d+|n|N|i)$|^(ASC|DESC|asc|desc|Y|N|AND|OR|true|false|LOGIC|string"
        + @"|integer)$|\.\.\.", RegexOptions.NonBacktracking)]
    private static partial Regex PlaceholderPattern();
}
