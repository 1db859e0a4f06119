namespace Bitrix24.Gen.Specs;

/// <summary>Finds files, types and methods of one API by name.</summary>
internal sealed class ApiIndex
{
    private const string Format = ".json";
    private readonly Dictionary<string, SpecFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<(string File, string Name), TypeSpec> _types = [];
    private readonly Dictionary<string, MethodSpec> _methods = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _areas = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _events = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _placements = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<string>? _methodNames;
    private Dictionary<string, MethodSpec>? _undocumented;
    private SpecFile? _profileFile;
    private bool _isHttp;

    public ApiIndex(IEnumerable<SpecFile> files)
    {
        foreach (var file in files)
            Add(file);
    }

    public ProfileSpec? Profile { get; private set; }

    public IReadOnlyCollection<string> FileNames => _files.Keys;

    public IReadOnlyList<string> MethodNames => _methodNames ??= SortMethodNames();

    /// <summary>Whether every method of the area that the name begins with is known.</summary>
    public bool Describes(string name) => (_isHttp && Profile is not { Partial: true }) || (name.IndexOf('.') is > 0 and var end && _areas.Contains(name.Substring(0, end)));

    public bool IsArea(string name) => _areas.Contains(name);

    public IReadOnlyCollection<string> Codes(CodeKind kind) => kind == CodeKind.Event ? _events : _placements;

    /// <summary>The method of that name, documented or not, also with the format of the answer behind it: <c>crm.deal.get.json</c>.</summary>
    public MethodSpec? FindMethod(string name) =>
        _methods.TryGetValue(name, out var method) ? method
        : !_isHttp && name.EndsWith(Format, StringComparison.OrdinalIgnoreCase) ? FindMethod(name.Substring(0, name.Length - Format.Length))
        : (_undocumented ??= UndocumentedMethods()).TryGetValue(name, out method) ? method
        : null;

    public TypeSpec? FindType(string file, string name) => _types.TryGetValue((file, name), out var type) ? type : null;

    public SpecFile? FindFile(string name) => _files.TryGetValue(name, out var file) ? file : null;

    /// <summary>The names of a file's types, without inline ones.</summary>
    public List<string> TypeNames(string file)
    {
        var names = new List<string>();
        if (FindFile(file) is not { } found)
            return names;
        foreach (var type in found.Types)
        {
            if (!type.Inline)
                names.Add(type.Name);
        }

        return names;
    }

    /// <summary>The files that define a type of that name, in ordinal order.</summary>
    public List<string> FilesWithType(string name)
    {
        var files = new List<string>();
        foreach (var file in _files.Keys)
        {
            if (FindType(file, name) is { Inline: false })
                files.Add(file);
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private void Add(SpecFile file)
    {
        _files[file.Name] = file;
        if (Profile is null && file.Profile is { } profile)
            (Profile, _profileFile) = (profile, file);

        foreach (var type in file.Types)
            _types[(file.Name, type.Name)] = type;
        foreach (var sent in file.Events)
            _events.Add(sent.Code);
        foreach (var placement in file.Placements)
            _placements.Add(placement.Code);
        if (file.Methods.Count > 0)
            _areas.Add(file.Name.Split('.')[0]);
        foreach (var method in file.Methods)
        {
            _methods[method.Name] = method;
            _isHttp |= method.Http is not null;
        }
    }

    // There are a thousand, and hardly a set is asked for one.
    private Dictionary<string, MethodSpec> UndocumentedMethods()
    {
        var methods = new Dictionary<string, MethodSpec>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Profile?.UndocumentedMethods ?? default)
            methods[name] = new() { Name = name, Api = _profileFile!.Api, File = _profileFile.Name, OpenParams = true, Undocumented = true };
        return methods;
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
