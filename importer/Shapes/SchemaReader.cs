using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Turns parameter tables into object shapes, and finds what nested objects hold: through anchors, headings, lists, code and types.</summary>
public sealed partial class SchemaReader
{
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
        var member = new Member(name, spelled.Shape)
        {
            Declared = row.Types.Count > 0 && spelled.Known,
            Required = row.Starred,
            Nullable = spelled.Nullable,
            Enum = spelled.Values,
            Line = row.Line,
        };
        FlagColumns.Apply(member, row);
        var columns = (member.Required, member.ReadOnly, member.Immutable);
        if (member.Shape.IsOpaque)
            Resolve(page, scope, row, member, tally);
        ProseRules.Apply(member, row.Description);
        if (member.Shape is ScalarShape { Kind: not (TypeKind.String or TypeKind.Int or TypeKind.Long) })
            member.Enum = [];
        member.Description ??= FirstParagraph(row.Description);
        if (member.Name.Equals("order", StringComparison.OrdinalIgnoreCase))
            member.Mentions = [.. Inline.CodeSpans(row.Description)];
        if (tally is not null && row.Description.Contains("#|", StringComparison.Ordinal))
            NoteTablesWithin(row, member.Shape, tally);
        tally?.Rules(member);
        tally?.Flags(member, row.Starred, columns);
        return member;
    }

    // One table within a cell may say what the row holds; a second, or one beside a link, does not.
    private static void NoteTablesWithin(ParameterRow row, Shape shape, RowTally tally)
    {
        var kept = ShapeNames.Of(shape);
        foreach (var table in BlockWalk.FlattenAll(new YfmReader().Read(row.Description, row.Line)).OfType<Table>())
        {
            var names = table.Rows.Where(static r => r.Cells.Count > 0).Select(static r => Inline.PlainText(r.Cells[0].Text.Split('\n')[0]).Trim()).Where(n => n.Length > 0 && !kept.Contains(n)).ToArray();
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

    private void Resolve(DocPage page, Section scope, ParameterRow row, Member member, RowTally? tally)
    {
        var inner = FindContent(page, scope, row, member.Name, member.Shape is ListShape, tally);
        if (inner is null)
        {
            if (member.Shape is ListShape { Item: ScalarShape { Kind: TypeKind.Json } } && ListOf(row.Description) is { } item)
                member.Shape = new ListShape(item);
            else
                tally?.Unresolved(row);
            return;
        }

        tally?.Resolved(row);
        var untyped = row.Types.Count == 0;
        member.Declared |= !untyped;
        member.Shape = member.Shape switch
        {
            _ when untyped && ListOfPattern().IsMatch(Inline.PlainText(row.Description)) => new ListShape(inner),
            ListShape or MapShape => ShapeMerge.FillOpaque(member.Shape, inner),
            _ => inner,
        };
    }

    private ObjectShape? FindContent(DocPage page, Section scope, ParameterRow row, string name, bool isList, RowTally? tally)
    {
        // Only a list may hold more of what it stands in.
        var isTree = isList && _sections.ContainsKey((page.Path, scope.Heading.Line));

        // 1. A link to a section of this page, in the description, or of the type.
        var links = Inline.Links(row.Description).Where(static l => l.Anchor is not null && (l.Path.Length == 0 || l.Path.EndsWith(".md", StringComparison.Ordinal))).ToLookup(static l => l.Path.Length == 0);
        var near = row.TypeLink is { Anchor: not null } typeLink ? links[true].Append(typeLink) : links[true];
        if (Linked(near) is { } linked)
            return linked;

        // 2. A heading that names it.
        if (FindHeading(page, scope, name) is { } byName && ReadSection(page, byName, tally) is { } named)
            return named;

        // 3. A link to another page: what is there may be a part of it only.
        if (Linked(links[false]) is { } far)
            return far;

        // 4. A table or a list in the cell itself.
        var blocks = new YfmReader().Read(row.Description, row.Line);
        foreach (var table in blocks.OfType<Table>())
        {
            if (ReadTable(page, scope, table, tally) is { Members.Count: > 0 } nested)
                return nested;
        }

        return InlineContent.FromBullets(row.Description, _types) ?? InlineContent.FromCode(blocks);

        ObjectShape? Linked(IEnumerable<DocLink> targets)
        {
            foreach (var link in targets)
            {
                if (_docs.FollowAnchor(page, link) is { } section && (!ReferenceEquals(section, scope) || isTree) && _docs.Follow(page, link.Path) is { } target && ReadSection(target, section, ReferenceEquals(target, page) ? tally : null) is { } found)
                    return found;
            }

            return null;
        }
    }

    // Tabs with a table each: what the object holds depends on what it is of. All of it may stand there, and nobody has described the rest.
    private ObjectShape? ReadVariants(DocPage page, Section section, RowTally? tally)
    {
        var variants = new List<ObjectShape>();
        foreach (var tab in section.AllBlocks().OfType<Tabs>().SelectMany(static t => t.Items))
        {
            var tables = BlockWalk.Flatten(tab.Blocks).OfType<Table>().Select(t => ReadTable(page, section, t, tally)).OfType<ObjectShape>().ToArray();
            if (tables.Length > 0)
                variants.Add(tables[0]);
        }

        if (variants.Count < 2)
            return variants.FirstOrDefault();
        var all = (ObjectShape)variants.Cast<Shape>().Aggregate(static (a, b) => ShapeMerge.Join(a, b));
        foreach (var member in all.Members)
            member.Required &= variants.TrueForAll(v => v.Find(member.Name)?.Required == true);
        (all.Open, all.Undescribed) = (true, true);
        return all;
    }

    private static bool HasRows(Section section) =>
        section.AllBlocks().Any(static b => b is Table || (b is Tabs tabs && tabs.Items.SelectMany(static t => BlockWalk.Flatten(t.Blocks)).Any(static i => i is Table)));

    private static Section? FindHeading(DocPage page, Section scope, string name)
    {
        Section? loose = null;
        foreach (var section in page.Sections)
        {
            if (section.Heading.Level < 2 || ReferenceEquals(section, scope) || !HasRows(section))
                continue;
            var words = WordPattern().Matches(section.Title).Select(static m => m.Value).ToArray();
            if (words.Length is 0 or > 6)
                continue;
            if (Array.IndexOf(words, name) >= 0)
                return section;
            if (loose is null && words.Contains(name, StringComparer.OrdinalIgnoreCase) && words.Any(static w => HeadingNounPattern().IsMatch(w)))
                loose = section;
        }

        return loose;
    }

    private static Shape? ListOf(string description)
    {
        var plain = Inline.PlainText(description);
        if (ListOfPattern().Match(plain) is not { Success: true } match)
            return null;
        var word = match.Groups["item"].Value.ToLowerInvariant();
        return word.StartsWith("str", StringComparison.Ordinal) || word.StartsWith("code", StringComparison.Ordinal) || word.StartsWith("name", StringComparison.Ordinal) ? Shape.String
            : word.StartsWith("int", StringComparison.Ordinal) || word.StartsWith("num", StringComparison.Ordinal) ? Shape.Int
            : null;
    }

    private Shape DomainObject(TypeDictionary.DomainType type)
    {
        if (_domain.TryGetValue(type.Name, out var known))
            return known;
        if (type.Section is null)
            return Shape.Json;
        var shape = ReadSection(type.Page, type.Section) ?? new ObjectShape();
        shape.Name ??= type.Name;
        _domain[type.Name] = shape;
        return shape.Members.Count > 0 || shape.Open ? shape : Shape.Json;
    }

    private static string? NameOf(Section section)
    {
        var words = WordPattern().Matches(section.Title).Select(static m => m.Value).Where(static w => !HeadingNounPattern().IsMatch(w)).ToArray();
        if (words.Length is > 0 and <= 3)
            return string.Join(' ', words);
        return section.Heading.Anchor;
    }

    /// <summary>Names that stand for the portal's own fields: <c>UF_...</c>, <c>parentId...</c>, <c>propertyN</c>.</summary>
    public static bool IsPattern(string name) =>
        name.Contains("...", StringComparison.Ordinal) || name.Contains('*', StringComparison.Ordinal) || name.Contains('…', StringComparison.Ordinal) || PatternNamePattern().IsMatch(name);

    [GeneratedRegex(@"^[\w-]+(\[[\w]*\])*$", RegexOptions.NonBacktracking)]
    private static partial Regex PathPartPattern();

    [GeneratedRegex(@"[\w]+(\.\w+)*", RegexOptions.NonBacktracking)]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"^(parameters?|objects?|fields?|type|types|array|elements?|structure|description|properties|of|the|an?|detailed|list|available|for|in|data|key|keys|element|item|items)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex HeadingNounPattern();

    [GeneratedRegex(@"\b(array|list) of (?<item>\w+)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ListOfPattern();

    [GeneratedRegex(@"^(UF|uf)_?(CRM|Crm)?_?$|^[a-z]+(N|XX+)$|^[A-Z_]+_(N|XX+|xx+)$|#", RegexOptions.NonBacktracking)]
    private static partial Regex PatternNamePattern();
}
