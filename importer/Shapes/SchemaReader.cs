using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Turns parameter tables into object shapes.</summary>
public sealed partial class SchemaReader
{
    private const int LongestPath = 12;

    private readonly DocSet _docs;
    private readonly TypeSpelling _types;

    /// <summary>Reads type spellings with the same dictionaries.</summary>
    public TypeSpelling Types => _types;

    private readonly Dictionary<(string Page, int Line), ObjectShape> _sections = [];
    private readonly HashSet<(string Page, int Line)> _counted = [];
    private readonly Dictionary<string, ObjectShape> _domain = new(StringComparer.OrdinalIgnoreCase);

    public SchemaReader(DocSet docs, TypeDictionary dictionary)
    {
        _docs = docs;
        _types = new TypeSpelling(dictionary, DomainObject);
    }

    /// <summary>Rows of a table as an object; null when it lists no parameters.</summary>
    /// <param name="page">The page the table stands on.</param>
    /// <param name="scope">The section that nested headings are looked up in.</param>
    /// <param name="tally">What was read is counted here.</param>
    public ObjectShape? ReadTable(DocPage page, Section scope, Table table, RowTally? tally = null)
    {
        if (ParameterRow.ReadTable(table) is not { } rows)
            return null;
        var shape = new ObjectShape();
        foreach (var row in rows)
            AddRow(page, scope, shape, row, tally);
        OneOfGroups.Settle(shape);
        return shape;
    }

    /// <summary>The object that a section describes by its tables; null when it has none.</summary>
    public ObjectShape? ReadSection(DocPage page, Section section, RowTally? tally = null)
    {
        var key = (page.Path, section.Heading.Line);
        var counts = tally is not null && _counted.Add(key);
        if (_sections.TryGetValue(key, out var known))
        {
            // Another page came first, by a link: the rows are this page's all the same.
            if (counts)
                ReadRows(page, section, new ObjectShape(), tally);
            return known;
        }

        var shape = new ObjectShape { Name = NameOf(section), Docs = page.Path };
        // Registered first: an object may hold itself.
        _sections.Add(key, shape);
        ReadRows(page, section, shape, tally);
        if (shape.Members.Count == 0 && ReadVariants(page, section, tally) is { } variants)
        {
            foreach (var member in variants.Members)
                shape.Add(member);
            (shape.Open, shape.Undescribed) = (variants.Open, variants.Undescribed);
        }

        OneOfGroups.Settle(shape);
        if (shape.Members.Count > 0 || shape.Open)
            return shape;
        _sections.Remove(key);
        return null;
    }

    private void ReadRows(DocPage page, Section section, ObjectShape shape, RowTally? tally)
    {
        foreach (var row in section.AllBlocks().OfType<Table>().SelectMany(static t => ParameterRow.ReadTable(t) ?? []))
            AddRow(page, section, shape, row, tally);
    }

    private void AddRow(DocPage page, Section scope, ObjectShape target, ParameterRow row, RowTally? tally)
    {
        tally?.Count(row);
        if (IsPattern(row.Name))
        {
            target.Open = true;
            return;
        }

        if (KeyNamePattern().IsMatch(row.Name) && row.Types.Count > 0)
        {
            target.Keyed ??= MakeMember(page, scope, row, ReadType(page, row, tally), row.Name.Trim('/', '{', '}', '<', '>'), tally).Shape;
            target.Open = true;
            return;
        }

        var path = row.Name.Split('.');
        if (row.Name.StartsWith('<') || row.Name.StartsWith('{') || path.Any(static p => !PathPartPattern().IsMatch(p)))
        {
            if (row.Name.Contains(' ', StringComparison.Ordinal) && row.Types.Count == 0)
                tally?.Unread(row, "not a name");
            else
            {
                tally?.Unread(row, "not a name; the object takes any name");
                target.Open = true;
            }

            return;
        }

        if (path.Length > LongestPath)
        {
            tally?.Unread(row, $"its path has more than {LongestPath} parts");
            target.Open = true;
            return;
        }

        var spelled = ReadType(page, row, tally);
        var name = path[^1];
        var isItem = name.EndsWith("[]", StringComparison.Ordinal);
        if (path.Length > 1 || isItem)
        {
            AddPath(page, scope, target, row, spelled, path, tally);
            return;
        }

        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket > 0)
        {
            AddPath(page, scope, target, row, spelled, [name[..bracket], name[(bracket + 1)..].TrimEnd(']')], tally);
            return;
        }

        target.Add(MakeMember(page, scope, row, spelled, name, tally));
    }

    // The dictionaries know most types; a type's own link knows those of one page.
    private SpelledType ReadType(DocPage page, ParameterRow row, RowTally? tally)
    {
        var spelled = _types.Read(row.Types);
        if (row.Types.Count == 1 && row.TypeLink is { Anchor: not null } link && !link.Path.EndsWith("/data-types.md", StringComparison.Ordinal)
            && !link.Path.EndsWith("/data-types.html", StringComparison.Ordinal)
            && _docs.Follow(page, link.Path) is { } target && _docs.FollowAnchor(page, link) is { } section && ReadSection(target, section) is { } linked)
        {
            return row.Types[0].EndsWith("[]", StringComparison.Ordinal) || spelled.Shape is ListShape
                ? new SpelledType(new ListShape(linked), spelled.Nullable, true, [])
                : new SpelledType(linked, spelled.Nullable, true, []);
        }

        if (!spelled.Known && row.Types.Count > 0)
            tally?.UnknownType(row);
        return spelled;
    }

    // "items[].id": a member of a member; the objects on the way are made where the table has no row for them.
    private void AddPath(DocPage page, Section scope, ObjectShape target, ParameterRow row, SpelledType spelled, string[] path, RowTally? tally)
    {
        for (var i = 0; i < path.Length; i++)
        {
            var isItem = path[i].EndsWith("[]", StringComparison.Ordinal);
            var name = isItem ? path[i][..^2] : path[i];
            if (name.Length == 0)
            {
                tally?.Unread(row, "a part of its path has no name");
                return;
            }

            var last = i == path.Length - 1;
            if (last && !isItem)
            {
                target.Add(MakeMember(page, scope, row, spelled, name, tally));
                return;
            }

            var member = target.Find(name) ?? target.Add(new Member(name, isItem ? new ListShape(Shape.Json) : new ObjectShape()) { Declared = true, Line = row.Line });
            if (last)
            {
                var item = MakeMember(page, scope, row, spelled, name, tally).Shape;
                member.Shape = new ListShape(item is ListShape list ? list.Item : item);
                return;
            }

            if (isItem && member.Shape is not ListShape)
                member.Shape = new ListShape(member.Shape);
            if (member.Shape.Innermost is not ObjectShape inner)
            {
                inner = new ObjectShape();
                member.Shape = ShapeMerge.FillOpaque(member.Shape, inner);
            }

            target = inner;
        }
    }

    private Member MakeMember(DocPage page, Section scope, ParameterRow row, SpelledType spelled, string name, RowTally? tally)
    {
        var member = new Member(name, NumberNames.Widen(spelled.Shape, name, row.Description))
        {
            Declared = row.Types.Count > 0 && spelled.Known,
            Listed = true,
            Required = row.Starred,
            Nullable = spelled.Nullable,
            Enum = spelled.Values,
            Weak = spelled.Values.Count > 0 ? [Member.EnumRule] : [],
            Line = row.Line,
        };
        FlagColumns.Apply(member, row);
        var columns = (member.Required, member.ReadOnly, member.Immutable);
        if (member.Shape.IsOpaque)
            Resolve(page, scope, row, member, tally);
        ProseRules.Apply(member, row.Description);
        if (member is { Shape: ScalarShape { Kind: TypeKind.String }, Enum.Count: 0 } && ByWords(row, name) is { } shape)
        {
            member.Shape = shape;
            member.AddWeak("type");
        }

        if (row.Types.Count > 0 && row.Types.All(static t => t is "string" or "object" or "array" or "string | object") && TextByLanguagePattern().IsMatch(row.Description))
            member.Shape = new UnionShape([Shape.String, new MapShape(Shape.String)]);
        if (OrFalse(member.Shape) is { } value && OrFalsePattern().IsMatch(row.Description) && AnswerHeadings.Around(scope))
            (member.Shape, member.Nullable) = (MomentPattern().IsMatch(row.Description) ? Shape.DateTime : value, true);
        if (member.Shape is ScalarShape { Kind: not (TypeKind.String or TypeKind.Int or TypeKind.Long) })
            member.Enum = [];
        member.Description ??= FirstParagraph(row.Description);
        member.Text = row.Description;
        if (QueryNamePattern().IsMatch(member.Name))
            (member.Mentions, member.Explained) = ([.. Inline.CodeSpans(row.Description)], ProseRules.ExplainedCodes(row.Description));
        if (tally is not null && row.Description.Contains("#|", StringComparison.Ordinal))
            NoteTablesWithin(row, member.Shape, tally);
        tally?.Rules(member);
        tally?.Flags(member, row.Starred, columns);
        return member;
    }

    // A single character with the name of a flag; a moment "or empty string".
    private static ScalarShape? ByWords(ParameterRow row, string name) =>
        row.Types is ["char"] && ShownTypes.IsFlag(name) && !ProseRules.HasOtherCodes(row.Description) ? Shape.YesNo
        : row.Types is ["datetime", "string"] && row.Description.Contains("empty string", StringComparison.OrdinalIgnoreCase) ? Shape.DateTime
        : null;

    // "The time, or `false`": the value is a time, and may be missing.
    private static Shape? OrFalse(Shape shape) =>
        shape is UnionShape { Alternatives: [var first, var second] } ? IsBool(first) ? second : IsBool(second) ? first : null : null;

    private static bool IsBool(Shape shape) => shape is ScalarShape { Kind: TypeKind.Bool };

    // One table within a cell may say what the row holds; a second, or one beside a link, does not.
    private static void NoteTablesWithin(ParameterRow row, Shape shape, RowTally tally)
    {
        var kept = ShapeNames.Of(shape);
        foreach (var table in BlockTree.FlattenAll(new YfmReader().Read(row.Description, row.Line)).OfType<Table>())
        {
            var names = table.Rows.Where(static r => r.Cells.Count > 0).Select(static r => Inline.PlainText(r.Cells[0].Text.Split('\n')[0]).Trim())
                .Where(n => n.Length > 0 && !kept.Contains(n)).ToArray();
            if (names.Length > 0 && !(names.Length == 1 && table.Rows.Count > 1))
                tally.Note(table.Line, $"Table within '{row.Name}' left unread: {string.Join("; ", names)}.");
        }
    }

    private static string? FirstParagraph(string text)
    {
        var first = text.ReplaceLineEndings("\n").Split("\n\n", 2)[0];
        var plain = Inline.PlainText(first);
        return plain.Length == 0 || plain.Contains("{%", StringComparison.Ordinal) ? null : plain;
    }

    /// <summary>Names that stand for the portal's own fields: <c>UF_...</c>, <c>parentId...</c>, <c>propertyN</c>.</summary>
    public static bool IsPattern(string name) =>
        name.Contains("...", StringComparison.Ordinal) || name.Contains('*', StringComparison.Ordinal) || name.Contains('…', StringComparison.Ordinal) || PatternNamePattern().IsMatch(name);

    [GeneratedRegex(@"\b(or|otherwise)\s+`?false\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex OrFalsePattern();

    [GeneratedRegex(@"\bstring\s+or\s+an\s+(associative\s+array|object)\b[^.]*\b(locali[sz]ed\s+strings|by\s+language|language-specific)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex TextByLanguagePattern();

    [GeneratedRegex(@"ISO.?8601|RFC.?3339|\bATOM\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex MomentPattern();

    [GeneratedRegex("^(order|sort|select|filter)$|_ORDER$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex QueryNamePattern();

    [GeneratedRegex(@"^(/?\{\w+/?\}|<\w+>)$", RegexOptions.NonBacktracking)]
    private static partial Regex KeyNamePattern();

    [GeneratedRegex(@"^[\w-]+(\[[\w]*\])*$", RegexOptions.NonBacktracking)]
    private static partial Regex PathPartPattern();

    [GeneratedRegex(@"^(UF|uf)_?(CRM|Crm)?_?$|^[a-z]+(N|XX+)$|^[A-Z_]+_(N|XX+|xx+)$|^[A-Z_]+_[A-Z][a-z]+Id$|^[A-Z]+XX_XX$|^[A-Z]+_<[A-Z_]+>$|#", RegexOptions.NonBacktracking)]
    private static partial Regex PatternNamePattern();
}
