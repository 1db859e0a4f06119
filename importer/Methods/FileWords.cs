using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>
/// Tells files by what a table says of them: an object with <c>fileData</c>, an array of name and Base64, text in Base64; in answers an
/// object of an id and addresses.
/// </summary>
internal static partial class FileWords
{
    public const string FileData = "fileData";
    public const string Base64 = "base64";
    private const int Deepest = 6;

    private static readonly string[] Addresses = ["url", "urlMachine", "downloadUrl", "showUrl"];

    public static void ApplyToRequest(ObjectShape shape)
    {
        var seen = new HashSet<ObjectShape>(ReferenceEqualityComparer.Instance);
        foreach (var member in shape.Members.Where(static m => !QueryViews.IsQuery(m.Name)))
            Apply(member, true, seen, 0);
    }

    public static Shape? ApplyToAnswer(Shape? shape)
    {
        if (shape?.Innermost is ObjectShape obj)
        {
            var seen = new HashSet<ObjectShape>(ReferenceEqualityComparer.Instance) { obj };
            foreach (var member in obj.Members)
                Apply(member, false, seen, 0);
        }

        return shape;
    }

    private static void Apply(Member member, bool written, HashSet<ObjectShape> seen, int depth)
    {
        if (FormOf(member, written) is { } form)
        {
            member.Shape = form.Shape;
            member.Declared = true;
            if (written)
                (member.Format, member.Pattern, member.MinLength, member.MaxLength) = (form.Format, null, null, null);
        }
        else if (!written && AsAnswered(member.Shape) is { } answered)
        {
            member.Shape = answered;
        }
        else if (depth < Deepest && member.Shape.Innermost is ObjectShape inner && seen.Add(inner))
        {
            foreach (var within in inner.Members)
                Apply(within, written, seen, depth + 1);
        }
    }

    private static (Shape Shape, string? Format)? FormOf(Member member, bool written)
    {
        if ((member.Text ?? member.Description) is not { } text || AmongOthersPattern().IsMatch(text))
            return null;
        var list = ListPattern().IsMatch(text) || member.Multiple;
        var file = list ? (Shape)new ListShape(Shape.Scalar(TypeKind.File)) : Shape.Scalar(TypeKind.File);
        if (text.Contains(FileData, StringComparison.Ordinal))
            return IsObject(member.Shape) ? (file, FileData) : null;
        if (!written)
            return null;
        if (PairPattern().IsMatch(text))
            return IsObject(member.Shape) || (list && member.Shape is ScalarShape) ? (file, null) : null;
        return IsText(member) && ContentPattern().IsMatch(text) && !AddressPattern().IsMatch(text) ? (Shape.Scalar(TypeKind.File), Base64) : null;
    }

    private static bool IsObject(Shape shape) => shape is ScalarShape { Kind: TypeKind.File or TypeKind.String } || shape.IsOpaque
        || shape is UnionShape { Alternatives: [ScalarShape, ListShape { Item: ScalarShape }] }
        || shape is ListShape { Item: ScalarShape or ListShape { Item: ScalarShape } };

    private static bool IsText(Member member) =>
        member.Shape is ScalarShape { Kind: var kind } && (kind is TypeKind.File or TypeKind.String || (kind == TypeKind.Json && !member.Declared));

    /// <summary>An answer's <c>{"id": …, "url": …, "urlMachine": …}</c>, which can be downloaded; null: it is something else.</summary>
    private static Shape? AsAnswered(Shape shape) => shape switch
    {
        ListShape list when AsAnswered(list.Item) is { } item => new ListShape(item),
        ObjectShape { Members.Count: > 1 } obj when obj.Members.TrueForAll(static m => m.Shape is ScalarShape && IsFileName(m.Name))
            && (obj.FindLoose("urlMachine") ?? obj.FindLoose("downloadUrl") ?? (obj.FindLoose("id") is null ? null : obj.FindLoose("url"))) is not null => Shape.Scalar(TypeKind.File),
        _ => null,
    };

    private static bool IsFileName(string name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase) || name.Equals("name", StringComparison.OrdinalIgnoreCase) || Addresses.Contains(name, StringComparer.OrdinalIgnoreCase);

    // "for type File: Base64" is one of several forms.
    [GeneratedRegex(@"\bfor (the )?`?\w*`? ?type\b|\btype `?\w*file`?\b|\bproperty of type\b|\bfields? of type\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AmongOthersPattern();

    [GeneratedRegex(@"^\W*(list of|array of|(added |attached )?files\b)|each (element|item) is an array|array of (arrays|pairs|values)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ListPattern();

    [GeneratedRegex(
        @"array (containing|with|of|consisting of)[^.]{0,30}\b(file )?name and[^.]{0,60}base64|array containing the name and content|\[""[^""]+\.\w+"", ?""[^""]*base64",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex PairPattern();

    [GeneratedRegex(@"\bbase64\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ContentPattern();

    [GeneratedRegex(@"\b(link|url|address) (to|of)\b|\bdata:image", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AddressPattern();
}
