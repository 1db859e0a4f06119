using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Incoming;

/// <summary>What a page says of an event.</summary>
/// <param name="Code">In upper case.</param>
/// <param name="Name">As the documentation spells it; null: in upper case only.</param>
/// <param name="Data">What <c>data</c> holds; null: nothing, or nobody says.</param>
/// <param name="Examples">The documented requests, as JSON: one for each kind of chat, say.</param>
public sealed record EventDoc(DocPage Page, string Code, string? Name, PageFacts Facts, Shape? Data, IReadOnlyList<JsonObject> Examples);

/// <summary>What a page says of a placement.</summary>
/// <param name="Codes">The codes, with <c>{name}</c> for parameters.</param>
/// <param name="Options">What PLACEMENT_OPTIONS holds.</param>
/// <param name="BindOptions">What OPTIONS of the registration takes.</param>
/// <param name="Example">PLACEMENT_OPTIONS as the page shows them.</param>
public sealed record PlacementDoc(DocPage Page, IReadOnlyList<string> Codes, string? Scope, PageFacts Facts, Shape? Options, Shape? BindOptions, JsonObject? Example);

/// <summary>Reads pages about events and placements.</summary>
public sealed partial class IncomingPages(DocSet docs, SchemaReader schema)
{
    private const string Data = "data";

    // What stands for a number in a placeholder, by the word before it.
    private static readonly Dictionary<string, string> ParameterNames = new(StringComparer.Ordinal) { ["DYNAMIC"] = "entityTypeId" };

    /// <summary>The page is about events.</summary>
    public static bool IsAboutEvents(DocPage page, PageKind kind) =>
        kind != PageKind.Method && !IsOverview(page)
        && (Path.GetFileName(page.Path).StartsWith("on-", StringComparison.OrdinalIgnoreCase) || SpelledPattern().IsMatch(page.Title) || Chapters(page).Any());

    /// <summary>The page is about placements.</summary>
    public static bool IsAboutPlacements(DocPage page, PageKind kind) =>
        kind != PageKind.Method && page.Sections.Any(static s => s.Title.Contains("PLACEMENT_OPTIONS", StringComparison.Ordinal) || WherePattern().IsMatch(s.Title))
        && !Path.GetFileName(page.Path).StartsWith("on-", StringComparison.OrdinalIgnoreCase) && ScopesOf(page).Any();

    // An overview shows an event to explain all; its title names none.
    private static bool IsOverview(DocPage page) => Path.GetFileName(page.Path) == "index.md" && !SpelledPattern().IsMatch(page.Title);

    // Headings that are codes: a page about several events.
    private static IEnumerable<Section> Chapters(DocPage page) => page.Sections.Where(static s => s.Parent is not null && EventCodePattern().IsMatch(s.Title.Trim()));

    /// <summary>The events of a page; a page may be about several.</summary>
    public IEnumerable<EventDoc> ReadEvents(DocPage page)
    {
        var chapters = Chapters(page).ToList();
        return chapters.Count > 0 ? ReadChapters(page, chapters) : ReadPage(page);
    }

    private IEnumerable<EventDoc> ReadChapters(DocPage page, List<Section> chapters)
    {
        var facts = PageFacts.Read(page);
        foreach (var chapter in chapters)
        {
            ObjectShape? stated = null;
            foreach (var table in chapter.AllBlocks().OfType<Table>())
                stated ??= schema.ReadTable(page, chapter, table);
            var examples = new List<JsonObject>();
            foreach (var code in chapter.AllBlocks(deep: true).OfType<Code>().Where(static c => c.Text.TrimStart().StartsWith('{')))
            {
                if ((JsonReader.Read(code.Text).Root ?? LooseJson.Read(code.Text)) is not JsonObject shown)
                    continue;
                if (shown.Find("event") is not null && shown.Find(Data)?.Value is JsonObject data)
                    shown = data;
                // Another block of the chapter shows an answer, or a part.
                if (stated is not null && !stated.Members.Exists(m => shown.Find(m.Name) is not null))
                    continue;
                examples.Add(new(default, [new("data", default, shown)]));
            }

            yield return new(page, chapter.Title.Trim(), null, facts, Settled(Shown(stated, examples)), examples);
        }
    }

    private IEnumerable<EventDoc> ReadPage(DocPage page)
    {
        var facts = PageFacts.Read(page);
        var examples = page.Sections.SelectMany(static s => BlockTree.FlattenAll(s.Blocks)).OfType<Code>()
            .Where(static c => c.Text.Contains("\"event\"", StringComparison.Ordinal))
            .Select(static c => (JsonReader.Read(c.Text).Root ?? LooseJson.Read(c.Text)) as JsonObject)
            .OfType<JsonObject>()
            .Where(static e => e.Find("event")?.Value is JsonString { Value.Length: > 0 })
            .ToList();
        var spelled = page.Sections.Select(static s => s.Title).Prepend(page.Title)
            .SelectMany(static t => SpelledPattern().Matches(t)).Select(static m => m.Value).Append(FromSlug(page.Path))
            .Distinct(StringComparer.Ordinal).ToList();
        var codes = examples.Select(static e => ((JsonString)e.Find("event")!.Value).Value.ToUpperInvariant())
            .Where(static c => CodePattern().IsMatch(c)).Distinct(StringComparer.Ordinal).ToList();
        // An example that was taken from another page says nothing of this one.
        if (codes.Count == 0 || !codes.Exists(c => spelled.Exists(s => Same(s, c))) && spelled.Exists(static s => SpelledPattern().IsMatch(s)))
            codes = [.. spelled.Where(s => SpelledPattern().IsMatch(s) && (codes.Count == 0 || page.Title.Contains(s, StringComparison.OrdinalIgnoreCase)))
                .Select(static s => s.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];
        if (codes.Count == 0 && FromSlug(page.Path) is var slug && SpelledPattern().IsMatch(slug))
            codes.Add(slug.ToUpperInvariant());
        var stated = Stated(page);
        foreach (var code in codes)
        {
            var own = examples.Where(e => Same(((JsonString)e.Find("event")!.Value).Value, code)).ToList();
            if (own.Count == 0 && codes.Count == 1)
                own.AddRange(examples.Take(1));
            yield return new(page, code, spelled.Find(s => Same(s, code) && s.Any(char.IsLower)), facts, Settled(Shown(stated, own)), own);
        }
    }

    /// <summary>What tables state, with what examples show: each is one form of the event.</summary>
    private static Shape? Shown(Shape? stated, IEnumerable<JsonObject> examples)
    {
        var shown = examples.Select(static e => e.Find(Data)?.Value).OfType<JsonNode>().Select(static data => ExampleShape.Infer(data)).ToList();
        return shown.Count == 0 ? stated : ShownShape.Under(stated, shown.Aggregate(static (one, other) => ShapeMerge.Join(one, other)));
    }

    /// <summary>The placements of a page; null: it is about none.</summary>
    public PlacementDoc? ReadPlacement(DocPage page)
    {
        var codes = page.Sections.SelectMany(static s => s.AllBlocks()).OfType<Table>()
            .Where(static t => t.Rows.Count > 1 && t.Rows[0].Cells.Count > 0 && CodeHeaderPattern().IsMatch(Inline.PlainText(t.Rows[0].Cells[0].Text)))
            .SelectMany(static t => t.Rows.Skip(1))
            .SelectMany(static r => Inline.CodeSpans(r.Cells[0].Text))
            .Where(static c => PlacementPattern().IsMatch(c)).ToList();
        if (codes.Count == 0)
            codes = [.. PlacementPattern().Matches(page.Title).Select(static m => m.Value)];
        codes = [.. codes.Select(Parametrize).Where(static c => !c.Contains("XXX", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
        if (codes.Count == 0)
            return null;
        Shape? options = null, bind = null;
        foreach (var section in page.Sections)
        {
            var title = section.Title.Trim();
            if (title.Contains("PLACEMENT_OPTIONS", StringComparison.Ordinal))
                options ??= schema.ReadSection(page, section);
            else if (title.StartsWith("OPTIONS", StringComparison.Ordinal) || BindOptionsPattern().IsMatch(title))
                bind ??= schema.ReadSection(page, section);
        }

        var shown = page.Sections.SelectMany(static s => BlockTree.FlattenAll(s.Blocks)).OfType<Code>()
            .Select(static c => ShownOptionsPattern().Match(c.Text)).Where(static m => m.Success)
            .Select(static m => (JsonReader.Read(m.Groups["json"].Value).Root ?? LooseJson.Read(m.Groups["json"].Value)) as JsonObject)
            .OfType<JsonObject>().ToList();
        foreach (var example in shown)
            options = ShownShape.Under(options, ExampleShape.Infer(example));
        return new(page, codes, ScopeOf(page), PageFacts.Read(page), Settled(options), Settled(bind), shown.FirstOrDefault());
    }

    // Tables of the page name paths from the top ("data.FIELDS.ID") or the members of "data", under a heading of that name.
    private ObjectShape? Stated(DocPage page)
    {
        var top = new ObjectShape();
        ObjectShape? own = null, loose = null;
        foreach (var section in page.Sections)
        {
            foreach (var table in docs.Expand(page, section.AllBlocks()).OfType<Table>())
            {
                if (schema.ReadTable(page, section, table) is not { } shape)
                    continue;
                if (shape.Find(Data) is not null || shape.Find("event") is not null)
                {
                    foreach (var member in shape.Members)
                        top.Add(member);
                }
                else if (DataHeadingPattern().IsMatch(section.Title))
                {
                    own ??= new();
                    foreach (var member in shape.Members)
                        own.Add(member);
                }
                else if (shape.Members.TrueForAll(static m => !m.Name.Any(char.IsLower)))
                {
                    // A retired page tabulates what is in "data" under whatever heading.
                    loose ??= shape;
                }
            }
        }

        return top.Find(Data)?.Shape.Innermost is ObjectShape { Members.Count: > 0 } data ? data : own ?? loose;
    }

    private static Shape? Settled(Shape? shape)
    {
        ShownTypes.NameEmpty(shape);
        return shape is ObjectShape { Members.Count: 0 } || shape is { IsWeak: true } ? null : shape;
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    // Its words apart, as the name of the file has them: on-crm-deal-add.md is onCrmDealAdd.
    private static string FromSlug(string path)
    {
        var words = Path.GetFileNameWithoutExtension(path).Split('-');
        return words[0] + string.Concat(words.Skip(1).Select(static w => w.Length == 0 ? "" : char.ToUpperInvariant(w[0]) + w[1..]));
    }

    private static string Parametrize(string code)
    {
        foreach (var (word, name) in ParameterNames)
            code = code.Replace($"{word}_XXX", $"{word}_{{{name}}}", StringComparison.Ordinal);
        return code;
    }

    // "placement, crm": the second is what registering needs besides.
    private static string? ScopeOf(DocPage page)
    {
        var names = ScopesOf(page).ToList();
        return names.Find(static n => n != "placement") ?? names.FirstOrDefault();
    }

    private static IEnumerable<string> ScopesOf(DocPage page) => page.Sections.SelectMany(static s => s.Blocks).OfType<Quote>()
        .Select(static q => q.Text.Split('\n').FirstOrDefault(static l => l.Contains("Scope", StringComparison.OrdinalIgnoreCase)))
        .OfType<string>().Take(1)
        .SelectMany(static l => Inline.CodeSpans(l)).SelectMany(static s => s.Split(',', ' ')).Where(static s => ScopePattern().IsMatch(s));

    private const RegexOptions Options = RegexOptions.NonBacktracking;

    // "onCrmDealAdd", "CATALOG.PRICE.ON.ADD".
    [GeneratedRegex(@"\b(on|On|ON)[A-Z][A-Za-z0-9_:]+|\b([A-Z]+\.)+ON\.[A-Z]+\b", Options)]
    private static partial Regex SpelledPattern();

    [GeneratedRegex(@"^[A-Z][A-Z0-9_:.]{2,}$", Options)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"\b[A-Z]+(_[A-Z0-9]+)+\b", Options)]
    private static partial Regex PlacementPattern();

    [GeneratedRegex(@"code|placement", Options | RegexOptions.IgnoreCase)]
    private static partial Regex CodeHeaderPattern();

    [GeneratedRegex(@"^(parameter |the )?OPTIONS\b|parameters? of OPTIONS", Options)]
    private static partial Regex BindOptionsPattern();

    [GeneratedRegex(@"\[?[""']?PLACEMENT_OPTIONS[""']?\]?\s*(=>|[:=])\s*[""']?(?<json>\{[^\n]*\})", Options)]
    private static partial Regex ShownOptionsPattern();

    [GeneratedRegex(@"\bdata\b", Options | RegexOptions.IgnoreCase)]
    private static partial Regex DataHeadingPattern();

    [GeneratedRegex(@"^ON[A-Z0-9_]{4,}$", Options)]
    private static partial Regex EventCodePattern();

    [GeneratedRegex(@"where the widget is embedded", Options | RegexOptions.IgnoreCase)]
    private static partial Regex WherePattern();

    [GeneratedRegex(@"^[a-z][a-z_]*$", Options)]
    private static partial Regex ScopePattern();
}
