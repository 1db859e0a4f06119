using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Finds what nested objects hold: through anchors, headings, lists, code and types.</summary>
public sealed partial class SchemaReader
{
    private void Resolve(DocPage page, Section scope, ParameterRow row, Member member, RowTally? tally)
    {
        if (member.Shape is ObjectShape { Members.Count: 0 } or MapShape or ScalarShape { Kind: TypeKind.Json } && KeyedPattern().IsMatch(row.Description))
        {
            member.Shape = new MapShape(Shape.String);
            tally?.Resolved(row);
            return;
        }

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
            ObjectShape or ScalarShape when inner is { Members.Count: 0, Keyed: { IsOpaque: false, Innermost: not ScalarShape { Kind: TypeKind.Json } } value } => new MapShape(value),
            _ when untyped && ListOfPattern().IsMatch(Inline.PlainText(row.Description)) => new ListShape(inner),
            ListShape or MapShape => ShapeMerge.FillOpaque(member.Shape, inner),
            ObjectShape when MapOfPattern().IsMatch(Inline.PlainText(row.Description)) => new MapShape(inner),
            _ => inner,
        };
    }

    private ObjectShape? FindContent(DocPage page, Section scope, ParameterRow row, string name, bool isList, RowTally? tally)
    {
        // Only a list may hold more of what it stands in.
        var isTree = isList && _sections.ContainsKey((page.Path, scope.Heading.Line));

        // 1. A link to a section of this page, in the description, or of the type.
        var links = Inline.Links(row.Description).Where(static l => l.Anchor is not null && (l.Path.Length == 0 || l.Path.EndsWith(".md", StringComparison.Ordinal)))
            .ToLookup(static l => l.Path.Length == 0);
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
                if (_docs.FollowAnchor(page, link) is { } section && (!ReferenceEquals(section, scope) || isTree) && _docs.Follow(page, link.Path) is { } target
                    && ReadSection(target, section, ReferenceEquals(target, page) ? tally : null) is { } found)
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
            var tables = BlockTree.Flatten(tab.Blocks).OfType<Table>().Select(t => ReadTable(page, section, t, tally)).OfType<ObjectShape>().ToArray();
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
        section.AllBlocks().Any(static b => b is Table || (b is Tabs tabs && tabs.Items.SelectMany(static t => BlockTree.Flatten(t.Blocks)).Any(static i => i is Table)));

    private static Section? FindHeading(DocPage page, Section scope, string name)
    {
        Section? loose = null;
        // What a method answers is not what a parameter of the same name holds.
        var isAnswer = AnswerHeadings.Around(scope);
        foreach (var section in page.Sections)
        {
            if (section.Heading.Level < 2 || ReferenceEquals(section, scope) || !HasRows(section) || (!isAnswer && AnswerHeadings.Is(section)))
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

    [GeneratedRegex(@"[\w]+(\.\w+)*", RegexOptions.NonBacktracking)]
    private static partial Regex WordPattern();

    [GeneratedRegex(
        @"^(parameters?|objects?|fields?|type|types|array|elements?|structure|description|properties|of|the|an?|detailed|list|available|for|in|data|key|keys|element|item"
        + @"|items)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex HeadingNounPattern();

    // Keys are the caller's own: "Contains objects, each describing a parameter", "Keys are codes, values are descriptions".
    [GeneratedRegex(
        @"\bobjects,? each (of which )?(describ|represent|contain|with)|\b(key|keys) (is|are) (the |an )?(identifiers?|codes?|names?) of|\bkeys?( of the object)? (is|are" +
        @"|—) (the |an? )?(\w+ ){0,2}(identifiers?|ids?|codes?|names?)\b.{0,12}, (and )?(the )?values? (is|are|—)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex MapOfPattern();

    // One pair of words for all: `{"access_code":"permission_level"}`.
    [GeneratedRegex(@"\bformat:?\s*`\{\s*""?[a-z]+_[a-z_]+""?\s*:\s*""?[a-z]+_[a-z_]+""?\s*\}`", RegexOptions.NonBacktracking)]
    private static partial Regex KeyedPattern();

    [GeneratedRegex(@"\b(array|list) of (?<item>\w+)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ListOfPattern();
}
