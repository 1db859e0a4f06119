using System.Collections.Concurrent;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Bitrix24.Gen.Specs;

/// <summary>A method and the specs that say what its types are.</summary>
public sealed record KnownMethod(MethodSpec Spec, SpecSet Specs);

/// <summary>The spec files of a project, found by name and read only when something in them is asked for.</summary>
/// <param name="sources">Lists the files.</param>
public sealed class SpecCatalog(Func<IEnumerable<SpecSource>> sources)
{
    // The same documents make the same set; the next keystroke's compilation asks for it again.
    private static readonly ConditionalWeakTable<SpecDocument, SetOfDocuments> Sets = new();

    private readonly Lazy<ILookup<string, SpecSource>> _sources = new(() => sources()
        .OrderBy(static s => s.Rank).ThenBy(static s => s.Path, StringComparer.Ordinal)
        .ToLookup(static s => s.BaseName, StringComparer.OrdinalIgnoreCase));

    private readonly ConcurrentDictionary<(string Api, string BaseName), SpecSet?> _sets = new();
    private readonly ConcurrentDictionary<(string Api, string Name), KnownMethod?> _methods = new();
    private readonly ConcurrentDictionary<(string Api, CodeKind Kind), IReadOnlyList<string>> _codes = new();
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string?>> _scopes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SpecSet> _apis = new(StringComparer.Ordinal);

    /// <summary>Base names of all files that may be of an API.</summary>
    public IEnumerable<string> BaseNames(string api) =>
        _sources.Value.Where(g => g.Any(e => e.MayBeOf(api))).Select(static g => g.Key);

    /// <summary>The APIs that have specs: those of the package by their folders, and a project's own by their profiles.</summary>
    public IReadOnlyCollection<string> Apis(CancellationToken cancellationToken)
    {
        var apis = new SortedSet<string>(StringComparer.Ordinal) { SpecSelector.DefaultApi };
        foreach (var entry in _sources.Value.SelectMany(static g => g))
        {
            if (!entry.User)
                apis.Add(SpecFileName.ApiFolder(entry.Path));
            else if (entry.BaseName == SpecFileName.Profile && entry.Read(cancellationToken)?.File is { Profile: not null } own)
                apis.Add(own.Api);
        }

        return apis;
    }

    /// <summary>Names of the types that the packaged files of a base name define.</summary>
    public HashSet<string> PackagedTypes(string baseName, string api, CancellationToken cancellationToken) => new(
        _sources.Value[baseName]
            .Where(e => !e.User && e.MayBeOf(api))
            .SelectMany(e => e.Read(cancellationToken)?.File?.Types ?? default)
            .Select(static t => t.Name),
        StringComparer.Ordinal);

    /// <summary>Codes of events or placements of an API, of those that are packaged and those of the project; a placement's code may have parameters.</summary>
    public IReadOnlyList<string> Codes(string api, CodeKind kind, CancellationToken cancellationToken) =>
        _codes.GetOrAdd((api, kind), _ => [.. CodeFiles(kind)
            .Where(e => e.MayBeOf(api))
            .Select(e => e.Read(cancellationToken)?.File)
            .Where(f => f?.Api == api)
            .SelectMany(f => kind == CodeKind.Event ? f!.Events.Select(static e => e.Code) : f!.Placements.Select(static p => p.Code))
            .Distinct(StringComparer.OrdinalIgnoreCase)]);

    /// <summary>By the code of an event, in any case, the scope that it needs; null: none, or nobody says.</summary>
    public IReadOnlyDictionary<string, string?> EventScopes(string api, CancellationToken cancellationToken) =>
        _scopes.GetOrAdd(api, _ =>
        {
            var scopes = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (var file in CodeFiles(CodeKind.Event).Where(e => e.MayBeOf(api)).Select(e => e.Read(cancellationToken)?.File).Where(f => f?.Api == api))
            {
                // A file beside it may add to an event without a word of its scope.
                foreach (var spec in file!.Events)
                    scopes[spec.Code] = spec.Scope ?? file.Scope ?? (scopes.TryGetValue(spec.Code, out var known) ? known : null);
            }

            return scopes;
        });

    // By convention: AREA.events and AREA.placements; a project may write them anywhere.
    private IEnumerable<SpecSource> CodeFiles(CodeKind kind)
    {
        var name = kind == CodeKind.Event ? "events" : "placements";
        return _sources.Value.SelectMany(static g => g).Where(e => e.User || e.BaseName.Split('.').Last() == name);
    }

    /// <summary>The method of that name, or null where no file whose name begins it has one.</summary>
    public KnownMethod? FindMethod(string name, string api, CancellationToken cancellationToken)
    {
        if (_methods.TryGetValue((api, name), out var known))
            return known;
        for (var end = name.Length; known is null && end > 0; end = name.LastIndexOf('.', end - 1))
        {
            if (SetOf(name.Substring(0, end), api, cancellationToken) is { } set && set.FindMethod(name, api) is { } method)
                known = new(method, CallsAny(method) ? SetOfApi(api, cancellationToken) : set);
        }

        // Names alone stand in the profile, which is in no file that a method's name begins.
        if (known is null && SetOfApi(api, cancellationToken) is var all && all.FindMethod(name, api) is { } undocumented)
            known = new(undocumented, all);
        return _methods[(api, name)] = known;
    }

    /// <summary>Items of one of its lists may call a method of any file.</summary>
    private static bool CallsAny(MethodSpec method) => method.Params.Any(static p => p.Call is { Method: ['{', ..] });

    /// <summary>The type of that name in that file, with the specs that resolve its parts.</summary>
    public (TypeSpec Type, SpecSet Specs)? FindType(string file, string name, string api, CancellationToken cancellationToken)
    {
        if (SetOf(file, api, cancellationToken) is not { } set)
            return null;
        return set.ResolveType(new TypeRef(TypeKind.Named, name, file), api) is { } type ? (type, set) : null;
    }

    /// <summary>All method names of an API. Reads every file of it: for what is not found only.</summary>
    public IReadOnlyList<string> MethodNames(string api, CancellationToken cancellationToken) =>
        SetOfApi(api, cancellationToken).MethodNames(api);

    /// <summary>Everything that is known of an API. Reads every file of it.</summary>
    public SpecSet SetOfApi(string api, CancellationToken cancellationToken)
    {
        if (_apis.TryGetValue(api, out var set))
            return set;
        var documents = _sources.Value.SelectMany(static g => g)
            .Where(e => e.MayBeOf(api))
            .Select(e => e.Read(cancellationToken))
            .Where(d => d?.File?.Api == api)
            .OfType<SpecDocument>()
            .ToList();
        return _apis[api] = Shared(documents);
    }

    /// <summary>What selectors select, with every file that its types need and the profiles of the APIs.</summary>
    public SpecSet Select(IEnumerable<SpecSelector> selectors, CancellationToken cancellationToken)
    {
        var wanted = new WantedFiles();
        foreach (var selector in selectors)
        {
            foreach (var group in _sources.Value)
            {
                if (selector.Touches(group.Key))
                    wanted.Add(selector.Api, group.Key);
            }

            wanted.Add(selector.Api, SpecFileName.Profile);
        }

        return Shared([.. Read(wanted, cancellationToken)
            .OrderBy(static d => d.User)
            .ThenBy(static d => d.File!.Overlay)
            .ThenBy(static d => d.Path, StringComparer.Ordinal)]);
    }

    /// <summary>What the methods of an API share.</summary>
    public ProfileSpec Profile(string api, CancellationToken cancellationToken) =>
        SetOf(SpecFileName.Profile, api, cancellationToken)?.Profile(api) ?? new() { Api = api };

    /// <summary>The file of that base name, with every file that its types need; null where there is none.</summary>
    public SpecSet? SetOf(string baseName, string api, CancellationToken cancellationToken)
    {
        if (!_sources.Value.Contains(baseName))
            return null;
        if (_sets.TryGetValue((api, baseName), out var set))
            return set;
        var documents = Closure(baseName, api, cancellationToken);
        set = documents.Count == 0 ? null : Shared(documents);
        return _sets[(api, baseName)] = set;
    }

    private List<SpecDocument> Closure(string baseName, string api, CancellationToken cancellationToken)
    {
        var wanted = new WantedFiles();
        wanted.Add(api, baseName);
        return Read(wanted, cancellationToken);
    }

    /// <summary>Reads files, and every file that their types need.</summary>
    private List<SpecDocument> Read(WantedFiles wanted, CancellationToken cancellationToken)
    {
        var documents = new List<SpecDocument>();
        while (wanted.TryTake(out var api, out var name))
        {
            foreach (var source in _sources.Value[name])
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!source.MayBeOf(api) || source.Read(cancellationToken) is not { File: { } file } document || file.Api != api)
                    continue;
                documents.Add(document);
                foreach (var reference in document.References)
                    wanted.Add(api, reference);
            }
        }

        return documents;
    }

    private static SpecSet Shared(List<SpecDocument> documents)
    {
        if (documents.Count == 0)
            return SpecSet.Create([]);
        if (Sets.TryGetValue(documents[0], out var known) && known.Is(documents))
            return known.Set;
        var made = new SetOfDocuments(documents, SpecSet.Create(documents));
        Sets.Remove(documents[0]);
        Sets.GetValue(documents[0], _ => made);
        return made.Set;
    }

    private sealed class SetOfDocuments(List<SpecDocument> documents, SpecSet set)
    {
        public SpecSet Set => set;

        public bool Is(List<SpecDocument> others) =>
            documents.Count == others.Count && documents.Zip(others, ReferenceEquals).All(static same => same);
    }

    /// <summary>Files that are still to be read, each once.</summary>
    private sealed class WantedFiles
    {
        private readonly HashSet<(string Api, string Name)> _seen = [];
        private readonly Queue<(string Api, string Name)> _queue = [];

        public void Add(string api, string name)
        {
            if (_seen.Add((api, name.ToUpperInvariant())))
                _queue.Enqueue((api, name));
        }

        public bool TryTake(out string api, out string name)
        {
            var any = _queue.Count > 0;
            (api, name) = any ? _queue.Dequeue() : ("", "");
            return any;
        }
    }
}
