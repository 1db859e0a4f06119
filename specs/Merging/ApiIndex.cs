namespace Bitrix24.Gen.Specs;

/// <summary>Finds files, types and methods of one API by name.</summary>
internal sealed class ApiIndex
{
    private readonly Dictionary<string, SpecFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<(string File, string Name), TypeSpec> _types = [];
    private readonly Dictionary<string, MethodSpec> _methods = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<string>? _methodNames;

    public ProfileSpec? Profile { get; private set; }

    public IReadOnlyCollection<string> FileNames => _files.Keys;

    public IReadOnlyList<string> MethodNames => _methodNames ??= SortMethodNames();

    public static Dictionary<string, ApiIndex> Build(IReadOnlyList<SpecFile> files)
    {
        var apis = new Dictionary<string, ApiIndex>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!apis.TryGetValue(file.Api, out var index))
                apis.Add(file.Api, index = new());
            index.Add(file);
        }

        return apis;
    }

    public MethodSpec? FindMethod(string name) => _methods.TryGetValue(name, out var method) ? method : null;

    public TypeSpec? FindType(string file, string name) => _types.TryGetValue((file, name), out var type) ? type : null;

    public SpecFile? FindFile(string name) => _files.TryGetValue(name, out var file) ? file : null;

    private void Add(SpecFile file)
    {
        _files[file.Name] = file;
        Profile ??= file.Profile;
        foreach (var type in file.Types)
            _types[(file.Name, type.Name)] = type;
        foreach (var method in file.Methods)
            _methods[method.Name] = method;
    }

    private List<string> SortMethodNames()
    {
        var names = new List<string>(_methods.Count);
        foreach (var method in _methods.Values)
            names.Add(method.Name);
        names.Sort(StringComparer.Ordinal);
        return names;
    }
}
