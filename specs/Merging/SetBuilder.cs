using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Puts documents together, file by file.</summary>
internal sealed class SetBuilder
{
    private static readonly Dictionary<string, string> NothingExpanded = [];

    private readonly List<SpecDiagnostic> _diagnostics = [];
    private readonly List<MergedFile> _files = [];

    public IReadOnlyList<SpecDiagnostic> Diagnostics => _diagnostics;

    /// <summary>The merged and resolved files, by API and name.</summary>
    public static SetBuilder Build(IEnumerable<SpecDocument> documents)
    {
        var builder = new SetBuilder();
        var groups = documents
            .Where(static d => d.File is not null)
            .GroupBy(static d => (d.File!.Api, d.File.Name))
            .OrderBy(static g => g.Key.Api, StringComparer.Ordinal)
            .ThenBy(static g => g.Key.Name, StringComparer.Ordinal);
        foreach (var api in groups.GroupBy(static g => g.Key.Api, StringComparer.Ordinal))
            builder.AddApi([.. api]);
        return builder;
    }

    public IReadOnlyList<MergedFile> Files => _files;

    /// <summary>The names of each API's templates of entities.</summary>
    public Dictionary<string, IReadOnlyList<string>> Templates { get; } = new(StringComparer.Ordinal);

    private void AddApi(List<IGrouping<(string Api, string Name), SpecDocument>> groups)
    {
        JsonObject? templates = null;
        SpecDocument? profile = null;
        var texts = new List<(List<SpecDocument> Sources, JsonObject Root)>(groups.Count);
        foreach (var group in groups)
        {
            var sources = group.OrderBy(Rank).ToList();
            var root = MergeTexts(sources);
            texts.Add((sources, root));
            if (group.Key.Name == SpecFileName.Profile)
                (templates, profile) = (root.Find("templates")?.Value as JsonObject, sources[0]);
        }

        if (templates is not null)
            Templates[groups[0].Key.Api] = [.. templates.Properties.Select(static p => p.Name)];
        var files = texts.ConvertAll(t => Bind(t.Sources, t.Root, templates, profile));

        // A user's file clashes with packaged ones, not the other way round.
        var methods = new Dictionary<string, MergedFile>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files.OrderBy(static f => f.User ? 1 : 0))
            TakeMethods(file, methods);
        var resolver = new Resolver([.. files.Select(static f => f.File)], _diagnostics);
        var hints = files.Find(static f => f.File.Profile is not null)?.File.Profile;
        foreach (var file in files)
        {
            resolver.Resolve(file);
            if (hints is not null)
                file.File = ModuleFacts.Apply(InlineNames.Apply(file.File, hints), hints);
        }

        _files.AddRange(files);
    }

    private static int Rank(SpecDocument document) =>
        (document.User ? 2 : 0) + (document.File!.Overlay ? 1 : 0);

    /// <summary>What all documents of a file say together.</summary>
    private JsonObject MergeTexts(List<SpecDocument> sources)
    {
        var first = sources[0];
        if (first.File!.Overlay && !first.User)
        {
            _diagnostics.Add(new(
                RuleIds.SpecReference, RuleSeverity.Error,
                $"There is no \"{BindContext.Quote(first.File.Name)}{SpecFileName.Extension}\" of the API \"{BindContext.Quote(first.File.Api)}\" for this overlay to change.",
                first.Path, "", first.Locate("")));
        }

        var root = first.Root!;
        for (var i = 1; i < sources.Count; i++)
        {
            var source = sources[i];
            root = source.User || source.File!.Overlay
                ? SpecMerge.Change(root, source.Root!)
                : AddOnly(root, source);
        }

        return root;
    }

    /// <summary>A second file of the same name that is no overlay may add, but not change.</summary>
    private JsonObject AddOnly(JsonObject root, SpecDocument source)
    {
        var added = new List<JsonProperty>();
        foreach (var key in new[] { "types", "methods", "events", "placements", "callbacks" })
        {
            if (source.Root!.Find(key) is not { Value: JsonObject given } property)
                continue;
            var present = root.Find(key)?.Value as JsonObject;
            var news = new List<JsonProperty>();
            foreach (var member in given.Properties)
            {
                if (present?.Find(member.Name) is null)
                {
                    news.Add(member);
                    continue;
                }

                var pointer = JsonPointer.Append("/" + key, member.Name);
                _diagnostics.Add(new(
                    RuleIds.SpecConflict, RuleSeverity.Error,
                    $"{BindContext.Quote(pointer, 200)}: another file called \"{BindContext.Quote(source.File!.Name)}{SpecFileName.Extension}\" defines this already. "
                    + "To change it, add \"overlay\": true.",
                    source.Path, pointer, member.NameRange));
            }

            added.Add(new(key, property.NameRange, new JsonObject(given.Range, news)));
        }

        return SpecMerge.Change(root, new(source.Root!.Range, added));
    }

    private MergedFile Bind(List<SpecDocument> sources, JsonObject root, JsonObject? templates, SpecDocument? profile)
    {
        var first = sources[0];
        var hasEntities = root.Find("entities")?.Value is JsonObject;
        if (sources.Count == 1 && !hasEntities && !first.User && !first.File!.Overlay)
            return new(sources, first.Bound!, NothingExpanded);

        var expanded = NothingExpanded;
        if (hasEntities)
            (root, expanded) = new EntityExpansion(sources, _diagnostics).Expand(root, templates);
        var bound = FileBinder.Bind(first.Path, root, partial: false);
        bound = bound with { File = bound.File with { Overlay = false } };
        var file = new MergedFile(sources, bound, expanded);
        foreach (var diagnostic in bound.Diagnostics)
        {
            if (!IsKnown(diagnostic, sources, profile))
                _diagnostics.Add(Located(diagnostic, file));
        }

        return file;
    }

    private static bool IsKnown(SpecDiagnostic diagnostic, List<SpecDocument> sources, SpecDocument? profile) =>
        sources.Exists(s => s.Diagnostics.Any(d => d.Id == diagnostic.Id && d.Pointer == diagnostic.Pointer))
        || (profile?.Diagnostics.Any(d => d.Id == diagnostic.Id && d.Range == diagnostic.Range) ?? false);

    private static SpecDiagnostic Located(SpecDiagnostic diagnostic, MergedFile file)
    {
        var (path, pointer, range) = file.Locate(diagnostic.Pointer);
        return diagnostic with { Path = path, Pointer = pointer, Range = range };
    }

    private void TakeMethods(MergedFile file, Dictionary<string, MergedFile> owners)
    {
        List<MethodSpec>? kept = null;
        var methods = file.File.Methods;
        for (var i = 0; i < methods.Count; i++)
        {
            if (!owners.TryGetValue(methods[i].Name, out var owner))
            {
                owners.Add(methods[i].Name, file);
                kept?.Add(methods[i]);
                continue;
            }

            kept ??= [.. methods.Take(i)];
            _diagnostics.Add(file.Report(
                RuleIds.SpecConflict, JsonPointer.Append("/methods", methods[i].Name),
                $"The method stands in {BindContext.Quote(owner.File.Name)}{SpecFileName.Extension} already; change it in a file of that name."));
        }

        if (kept is not null)
            file.File = file.File with { Methods = new([.. kept]) };
    }
}
