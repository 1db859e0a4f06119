using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>What a type spelling of the documentation comes to.</summary>
/// <param name="Nullable">It was one of several with <c>null</c>.</param>
/// <param name="Known">False: no dictionary has the word.</param>
/// <param name="Values">Allowed values that come with the type.</param>
public sealed record SpelledType(Shape Shape, bool Nullable, bool Known, IReadOnlyList<string> Values);

/// <summary>Reads type spellings: <c>integer</c>, <c>string[]</c>, <c>array&lt;object&gt;</c>, <c>string | null</c>, <c>crm_status</c> …</summary>
public sealed partial class TypeSpelling(TypeDictionary dictionary, Func<TypeDictionary.DomainType, Shape> objectOf)
{
    // Lists in lists: what nests deeper is no type that a spec could have.
    private const int Deepest = 8;

    /// <summary>Reads one or several alternatives.</summary>
    public SpelledType Read(IReadOnlyList<string> spellings)
    {
        var nullable = false;
        var known = true;
        var shapes = new List<Shape>();
        IReadOnlyList<string> values = [];
        foreach (var word in spellings.SelectMany(static s => Split(s)))
        {
            if (word is "null" or "NULL" or "undefined" or "void" or "empty")
            {
                nullable |= word != "undefined";
                continue;
            }

            var (shape, ok, list) = ReadOne(word);
            known &= ok;
            if (list.Count > 0)
                values = list;
            shapes.Add(shape);
        }

        if (shapes.Count == 0)
            return new SpelledType(Shape.Json, nullable, spellings.Count > 0 && known, values);
        return new SpelledType(shapes.Aggregate(static (a, b) => Alternative(a, b)), nullable, known, values);
    }

    // "object or array" of one thing is what PHP makes of a list with gaps: any JSON.
    private static Shape Alternative(Shape a, Shape b) => (a, b) switch
    {
        (ListShape { IsOpaque: true }, ListShape) => b,
        (ListShape, ListShape { IsOpaque: true }) => a,
        _ when a.IsOpaque || b.IsOpaque => ShapeMerge.Join(a, b),
        _ => ShapeMerge.Join(a, b) is ScalarShape { Kind: TypeKind.Json } ? Shape.Any : ShapeMerge.Join(a, b),
    };

    private static IEnumerable<string> Split(string spelling) =>
        SeparatorPattern().Split(spelling.Replace("\\", "", StringComparison.Ordinal)).Select(static w => w.Trim(' ', '`', '*', '_', '(', ')', '.', ',', ':')).Where(static w => w.Length > 0);

    private (Shape Shape, bool Known, IReadOnlyList<string> Values) ReadOne(string word, int depth = 1)
    {
        if (depth > Deepest)
            return (Shape.Json, false, []);
        if (word.EndsWith("[]", StringComparison.Ordinal))
        {
            var (item, ok, values) = ReadOne(word[..^2], depth + 1);
            return (new ListShape(item), ok, values);
        }

        if (GenericPattern().Match(word) is { Success: true } generic)
        {
            var (item, ok, values) = ReadOne(generic.Groups["item"].Value, depth + 1);
            return generic.Groups["outer"].Value.StartsWith("a", StringComparison.OrdinalIgnoreCase) || generic.Groups["outer"].Value.StartsWith("l", StringComparison.OrdinalIgnoreCase)
                ? (new ListShape(item), ok, values)
                : (new MapShape(item), ok, values);
        }

        if (Basic(word.ToLowerInvariant()) is { } basic)
            return (basic, true, []);
        if (dictionary.Find(word) is { IsMap: true })
            return (new MapShape(Shape.String), true, []);
        if (dictionary.Find(word) is { } domain)
            return domain.Kind is { } kind ? (Shape.Scalar(kind), true, domain.Values) : (objectOf(domain), true, []);
        var dot = word.LastIndexOf('.');
        if (dot > 0)
        {
            // "x.id": the identifier of an x.
            var field = word[(dot + 1)..];
            if (dictionary.Find(word[..dot]) is { Kind: null } owner && objectOf(owner) is ObjectShape o && o.FindLoose(field) is { Shape: ScalarShape scalar })
                return (scalar, true, []);
            return (field.Equals("id", StringComparison.OrdinalIgnoreCase) ? Shape.Scalar(TypeKind.Long) : Shape.String, true, []);
        }

        return (Shape.Json, false, []);
    }

    /// <summary>The general types; object and array without content.</summary>
    public static Shape? Basic(string word) => word switch
    {
        "string" or "text" or "char" or "html" or "url" or "email" or "uuid" or "enum" or "enumeration" or "str" or "password" or "phone" or "color" or "time" or "bbcode" or "base64" => Shape.String,
        "integer" or "int" or "number(int)" => Shape.Int,
        "timestamp" or "long" or "bigint" or "int64" => Shape.Scalar(TypeKind.Long),
        "double" or "float" or "number" or "decimal" or "real" or "numeric" or "money" => Shape.Scalar(TypeKind.Decimal),
        "boolean" or "bool" or "true" or "false" or "flag" => Shape.Scalar(TypeKind.Bool),
        "y/n" => Shape.Scalar(TypeKind.YesNo),
        "date" => Shape.Scalar(TypeKind.Date),
        "datetime" or "date-time" or "date_time" => Shape.Scalar(TypeKind.DateTime),
        "file" => Shape.Scalar(TypeKind.File),
        "any" or "mixed" or "function" or "callable" or "various" or "json" => Shape.Json,
        "object" or "struct" or "structure" or "map" or "dictionary" => new ObjectShape(),
        "array" or "list" or "collection" => new ListShape(Shape.Json),
        _ => null,
    };

    [GeneratedRegex(@"\||,|\bor\b|;|\r?\n|(?<![A-Za-z])/|/(?![Nn]\b)", RegexOptions.None, 1000)]
    private static partial Regex SeparatorPattern();

    [GeneratedRegex(@"^(?<outer>array|list|map|object|record)\s*(?:<|of\s+|\[)\s*(?:(?:string|int|integer)\s*,\s*)?(?<item>[\w.\[\]]+?)s?\s*[>\]]?$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex GenericPattern();
}
