using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Incoming;

/// <summary>What was read of what portals send.</summary>
public sealed record IncomingDocs(IReadOnlyList<EventDoc> Events, IReadOnlyList<PlacementDoc> Placements, IReadOnlyList<SpecFile> Files, IReadOnlyList<CallbackDoc> Callbacks);

/// <summary>Imports events and placements: a file of each for an area.</summary>
internal static class IncomingImport
{
    public static IncomingDocs Read(DocSet docs, SchemaReader schema, IEnumerable<(DocPage Page, PageRole Role)> roles, IReadOnlyList<MethodDoc> methods, string docsRoot)
    {
        var pages = new IncomingPages(docs, schema);
        var events = new List<EventDoc>();
        var placements = new List<PlacementDoc>();
        foreach (var (page, role) in roles)
        {
            if (IncomingPages.IsAboutPlacements(page, role.Kind) && pages.ReadPlacement(page) is { } placement)
                placements.Add(placement);
            else if (IncomingPages.IsAboutEvents(page, role.Kind))
                events.AddRange(pages.ReadEvents(page));
        }

        // Of an event with two pages, the one that is not retired counts, else the one that shows its data.
        events = [.. events.GroupBy(static e => e.Code, StringComparer.Ordinal).Select(static g => g.OrderBy(static e => e.Facts.Retired).ThenByDescending(static e => e.Data is not null).First())];
        var words = new EventWords(events.Select(static e => e.Name).OfType<string>(), methods.Select(static m => m.Name), docs.Pages.Select(static p => p.Title));
        events = [.. events.Select(e => e.Name is null ? e with { Name = words.Split(e.Code) } : e)];
        var areas = new IncomingAreas(methods);
        var files = events.GroupBy(e => areas.Of(e.Code, e.Facts.Scope), StringComparer.Ordinal).Select(g => IncomingSpecEmitter.Events(g.Key, g, docsRoot))
            .Concat(placements.GroupBy(p => areas.Of(p.Codes[0], p.Scope), StringComparer.Ordinal).Select(g => IncomingSpecEmitter.Placements(g.Key, g, docsRoot)));
        return new(events, placements, [.. files.OrderBy(static f => f.Name, StringComparer.Ordinal)], new CallbackPages(docs, schema, methods).Read(roles));
    }
}
