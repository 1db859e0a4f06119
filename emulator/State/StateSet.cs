using System.Collections.Concurrent;
using System.Reflection;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>All that state files say: stores, methods, forms of answers.</summary>
internal sealed class StateSet
{
    public const string Extension = ".state.json";
    private const string Prefix = "state/";

    private static readonly Lazy<IReadOnlyList<StateFile>> BuiltIn = new(ReadBuiltIn);

    private readonly Dictionary<string, StoreSpec> _stores = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Api, string Name), MethodState> _methods = new(ApiName.Comparer);
    private readonly Dictionary<(string Api, string Name), JsonObject> _answers = new(ApiName.Comparer);
    private readonly Dictionary<(string Api, string Name), IReadOnlyList<ErrorMeaning>> _errors = new(ApiName.Comparer);
    private readonly ILookup<(string Api, string Name), JsonObject> _answersOf;

    // Of few entities in most portals' lives.
    private readonly ConcurrentDictionary<(string Api, string Name), OtherPages> _otherPages = new(ApiName.Comparer);

    private StateSet(IEnumerable<StateFile> files)
    {
        foreach (var file in files)
        {
            foreach (var store in file.Stores)
            {
                _stores[store.Name] = store;
                foreach (var other in store.Also)
                    _stores[other] = store;
            }

            foreach (var (name, method) in file.Methods)
                _methods[(file.Api, name)] = _methods.TryGetValue((file.Api, name), out var known) ? method.Over(known) : method;
            foreach (var (name, form) in file.Answers)
                _answers[(file.Api, name)] = form;
            foreach (var (name, errors) in file.Errors)
                _errors[(file.Api, name)] = errors;
        }

        _answersOf = _answers.Where(static a => a.Key.Name.Contains('.', StringComparison.Ordinal))
            .ToLookup(static a => (a.Key.Api, a.Key.Name[..a.Key.Name.LastIndexOf('.')]), static a => a.Value, ApiName.Comparer);
    }

    /// <summary>All stores.</summary>
    public IEnumerable<StoreSpec> Stores => _stores.Values.Distinct();

    /// <summary>The built-in state with the user's own over it.</summary>
    /// <exception cref="InvalidDataException">A file is in error.</exception>
    public static StateSet Load(PortalOptions options)
    {
        var folders = options.SpecFolders.SelectMany(static folder => UserFiles.ReadFolder(folder, Extension)).Select(static f => StateReader.Read(f.Path, f.Text));
        var texts = options.Specs.Where(static s => s.Path.EndsWith(Extension, StringComparison.Ordinal)).Select(static s => StateReader.Read(s.Path, s.Text));
        return new([.. BuiltIn.Value, .. folders, .. texts]);
    }

    /// <summary>A file describes a store of that name.</summary>
    public bool IsStore(string name) => _stores.ContainsKey(name);

    /// <summary>The store of that name; one without facts where no file describes it.</summary>
    public StoreSpec Store(string name)
    {
        if (_stores.TryGetValue(name, out var store))
            return store;
        // A store that ends with a dot is the pattern of those whose names go on with a number.
        var dot = name.LastIndexOf('.');
        return dot > 0 && dot < name.Length - 1 && name.AsSpan(dot + 1).ContainsAnyExceptInRange('0', '9') == false && _stores.TryGetValue(name[..(dot + 1)], out var pattern)
            ? pattern with { Name = name, Also = [] }
            : new() { Name = name };
    }

    /// <summary>What is said of a method: by its own name, then by the longest <c>….*</c> around it.</summary>
    public MethodState Method(string api, string name)
    {
        var found = _methods.GetValueOrDefault((api, name), MethodState.None);
        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            if (_methods.TryGetValue((api, name[..dot] + ".*"), out var around))
                return found.Over(around);
        }

        return found;
    }

    /// <summary>The form of the documented answer: the whole body without <c>time</c>.</summary>
    public JsonObject? Answer(string api, string name) => _answers.GetValueOrDefault((api, name));

    /// <summary>What the pages of the methods with this beginning show.</summary>
    public OtherPages Pages(string api, string prefix) => _otherPages.GetOrAdd((api, prefix), entity => OtherPages.Of(_answersOf[entity]));

    /// <summary>What the documented errors of a method are about.</summary>
    public IReadOnlyList<ErrorMeaning> Errors(string api, string name) => _errors.GetValueOrDefault((api, name), []);

    private static IReadOnlyList<StateFile> ReadBuiltIn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return StateReader.Read(name, reader.ReadToEnd());
            })];
    }

    private sealed class ApiName : IEqualityComparer<(string Api, string Name)>
    {
        public static ApiName Comparer { get; } = new();

        public bool Equals((string Api, string Name) x, (string Api, string Name) y) =>
            x.Api == y.Api && x.Name.Equals(y.Name, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string Api, string Name) key) => HashCode.Combine(key.Api, key.Name.GetHashCode(StringComparison.OrdinalIgnoreCase));
    }
}
