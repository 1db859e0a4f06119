using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>What a number can be, by its name: the documentation calls identifiers, sizes and small counts alike "integer".</summary>
internal static partial class NumberNames
{
    /// <summary>The kind of a number that an example shows whole: of a price or quantity it may have a fraction elsewhere.</summary>
    public static TypeKind KindOfShown(string name) =>
        IsWide(name) || MomentPattern().IsMatch(name) ? TypeKind.Long : IsAmount(name) ? TypeKind.Decimal : TypeKind.Int;

    /// <summary>A shape as stated, with identifiers, sizes in bytes and times in seconds wide enough. Lists of numbers hold identifiers.</summary>
    public static Shape Widen(Shape shape, string name) => shape switch
    {
        ScalarShape { Kind: TypeKind.Int } when IsWide(name) || MomentPattern().IsMatch(name) => Shape.Scalar(TypeKind.Long),
        ListShape { Item: ScalarShape { Kind: TypeKind.Int } } => new ListShape(Shape.Scalar(TypeKind.Long)),
        UnionShape union => new UnionShape([.. union.Alternatives.Select(a => Widen(a, name))]),
        _ => shape,
    };

    /// <summary>The same, where the text may say that it identifies something: "Section identifier".</summary>
    public static Shape Widen(Shape shape, string name, string text) => Widen(shape, IdentifierPattern().IsMatch(text) ? "id" : name);

    /// <summary>An answer that is a number, or a list of numbers, in quotes or not: identifiers.</summary>
    public static Shape Identifiers(Shape shape) =>
        shape is ListShape { Item: var item } && ReferenceEquals(item, Shape.NumericText) ? new ListShape(Shape.Long) : Widen(shape, "id");

    /// <summary>Whether a number of that name is an amount, which may have a fraction.</summary>
    public static bool IsAmount(string name) => AmountPattern().IsMatch(name);

    /// <summary>Whether a whole number of that name may exceed 32 bits.</summary>
    public static bool IsWide(string name) => ExampleShape.IsJoinedIdName(name) || WidePattern().IsMatch(name);

    [GeneratedRegex(
        @"(^|_)(SIZE|IDS|TIMESTAMP|UNIXTIME|BY|size|ids|timestamp|by|TS|TS_UTC)$|[a-z](Size|Ids|IDs|IDS|Timestamp|By)$"
        + @"|^(ts|lid|LID|block|parent|PARENT|UF_HEAD|CRM_ENTITY)$", RegexOptions.NonBacktracking)]
    private static partial Regex WidePattern();

    // A moment as a number counts seconds.
    [GeneratedRegex(@"(^|_)(date|DATE)($|_|[A-Z])|[a-z](Date|At)$", RegexOptions.NonBacktracking)]
    private static partial Regex MomentPattern();

    [GeneratedRegex(@"^\W*(\w+\s+){0,3}([Ii]dentifier|ID)\b", RegexOptions.NonBacktracking)]
    private static partial Regex IdentifierPattern();

    [GeneratedRegex(@"(price|sum|amount|quantity|cost|rate|weight|discount|tax|vat|opportunity|balance|percent|coefficient|ratio|account|volume|latitude|longitude)"
        + @"(_?(exclusive|netto|brutto|delivery|account|value|raw))?$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AmountPattern();
}
