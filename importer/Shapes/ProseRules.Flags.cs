using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <content>Text that is one of Y and N.</content>
public static partial class ProseRules
{
    /// <summary>Whether a description has short codes that are not Y or N.</summary>
    public static bool HasOtherCodes(string description) =>
        Inline.CodeSpans(description).Any(static c => c.Trim('\'', '"') is { Length: > 0 and < 4 } code && code is not ("Y" or "N"));

    // Text whose default is "Y" or "N", and whose description has no other short code, is a flag.
    private static void ApplyFlagDefault(Member member, string description)
    {
        if (member is not { Shape: ScalarShape { Kind: TypeKind.String }, Default: "\"Y\"" or "\"N\"", Enum.Count: 0 } || HasOtherCodes(description))
            return;
        member.Shape = Shape.Scalar(TypeKind.YesNo);
        member.AddWeak("type");
    }

    // So is text of which all that is explained is what "Y" and "N" mean.
    private static void ApplyFlagCodes(Member member, string description)
    {
        if (member is not { Shape: ScalarShape { Kind: TypeKind.String }, Enum.Count: 0, Default: null })
            return;
        var explained = ExplainedPattern().Matches(description.ReplaceLineEndings("\n")).Select(static m => m.Groups["value"].Value.Trim('\'', '"')).ToArray();
        if (explained.Length == 0 || !explained.Contains("Y") || !Array.TrueForAll(explained, static v => v is "Y" or "N"))
            return;
        (member.Shape, member.Samples) = (Shape.Scalar(TypeKind.YesNo), []);
        member.AddWeak("type");
    }
}
