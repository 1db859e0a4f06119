using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>The type names that the documentation defines in its own dictionaries: tables whose first column is <c>Type</c>.</summary>
public sealed class TypeDictionary
{
    private readonly Dictionary<string, DomainType> _types = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A defined type.</summary>
    /// <param name="Kind">Its scalar; null when it is an object.</param>
    /// <param name="IsMap">An object whose keys are data.</param>
    public sealed record DomainType(string Name, TypeKind? Kind, bool IsMap, IReadOnlyList<string> Values, DocPage Page, Section? Section, int Line);

    public IReadOnlyCollection<DomainType> Types => _types.Values;

    public DomainType? Find(string name) => _types.GetValueOrDefault(name);

    /// <summary>Reads the dictionaries among the pages: those that call themselves one.</summary>
    public static TypeDictionary Read(DocSet docs)
    {
        var dictionary = new TypeDictionary();
        foreach (var page in docs.Pages.Where(static p => p.Title.StartsWith("Data Types", StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var section in page.Sections)
            {
                foreach (var table in section.AllBlocks().OfType<Table>())
                    dictionary.ReadTable(page, table);
            }

            foreach (var section in page.Sections)
                dictionary.ReadObject(page, section);
        }

        return dictionary;
    }

    private void ReadTable(DocPage page, Table table)
    {
        if (table.Rows.Count < 2 || table.Rows[0].Cells.Count < 2 || !Inline.PlainText(table.Rows[0].Cells[0].Text).Equals("Type", StringComparison.OrdinalIgnoreCase))
            return;
        foreach (var row in table.Rows.Skip(1))
        {
            if (row.Cells.Count < 2 || Inline.CodeSpans(row.Cells[0].Text).FirstOrDefault() is not { } name)
                continue;
            var text = row.Cells[1].Text;
            var section = Inline.Links(row.Cells[0].Text).Select(l => l.Anchor is { } a ? page.FindAnchor(a) : null).FirstOrDefault(static s => s is not null);
            _types.TryAdd(name, new DomainType(name, KindOf(Inline.PlainText(text)), text.Contains("_n:", StringComparison.Ordinal), ProseRules.ExplainedCodes(text), page, section, row.Line));
        }
    }

    // An object may have a section of its own without standing in a table.
    private void ReadObject(DocPage page, Section section)
    {
        if (section.Heading.Level == 0 || !section.AllBlocks().OfType<Table>().Any())
            return;
        var name = section.Title.Split(' ')[0];
        if (!name.Equals(section.Anchor, StringComparison.OrdinalIgnoreCase) && section.Title.Contains(' ', StringComparison.Ordinal))
            return;
        if (_types.TryGetValue(name, out var known))
        {
            if (known is { Section: null, Kind: null } && ReferenceEquals(known.Page, page))
                _types[name] = known with { Section = section };
        }
        else
            _types.Add(name, new DomainType(name, null, false, [], page, section, section.Heading.Line));
    }

    private static TypeKind? KindOf(string description)
    {
        var text = description.TrimStart().ToLowerInvariant();
        // Answered as an object, written as content: the writer's form is the one that needs a type.
        if (text.Contains("upload structure", StringComparison.Ordinal))
            return TypeKind.File;
        if (StartsWithAny(text, "integer", "an integer", "numeric", "identifier"))
            return TypeKind.Int;
        if (StartsWithAny(text, "string", "a string", "symbolic", "character code"))
            return TypeKind.String;
        if (StartsWithAny(text, "object", "an object", "file", "format", "a structure"))
            return null;
        if (text.Contains("integer", StringComparison.Ordinal) || text.Contains("`1`", StringComparison.Ordinal))
            return TypeKind.Int;
        return text.Contains("string", StringComparison.Ordinal) ? TypeKind.String : null;
    }

    private static bool StartsWithAny(string text, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
        {
            if (text.StartsWith(start, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
