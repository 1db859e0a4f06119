using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Where generated code has a type of a spec.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name, or that of its enum.</param>
/// <param name="Descriptors">The class that holds its descriptor.</param>
internal sealed record TypeName(string Namespace, string Name, string Descriptors);

/// <summary>
/// Decides the C# name of everything that the loaded files of an API define, whether it is selected or not: names do
/// not change as long as the same files are read.
/// </summary>
internal sealed class ApiNames
{
    private static readonly View[] QueryViews = [View.Filter, View.Select, View.Order];

    private readonly Dictionary<(string File, string Type), TypeName> _types = [];
    private readonly Dictionary<(string Owner, string Field), string> _enums = [];
    private readonly Dictionary<string, string> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AreaNames> _areas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _descriptors = new(StringComparer.Ordinal);
    private readonly ProfileSpec _profile;

    /// <param name="files">The files of the API, in ordinal order.</param>
    /// <param name="profile">The API's profile.</param>
    /// <param name="root">The namespace that areas are in.</param>
    /// <param name="taken">Full names of types, which no namespace may have.</param>
    public ApiNames(IReadOnlyList<SpecFile> files, ProfileSpec profile, string root, ICollection<string> taken)
    {
        _profile = profile;
        Incoming = new(profile);
        foreach (var file in files)
        {
            var property = CSharpNames.Area(file.Name, profile);
            if (!_areas.TryGetValue(property, out var area))
                _areas.Add(property, area = new AreaNames(property, ApiNamespace.OfArea(root, property, taken)));
            area.Files.Add(file);
        }

        var answered = Answered(files);
        foreach (var area in _areas.Values)
        {
            foreach (var file in area.Files)
                _descriptors[file.Name] = area.Scope.Take(CSharpNames.Pascal(file.Name, profile) + "Types");
            foreach (var method in area.Files.SelectMany(static f => f.Methods))
                area.AddGroups(method, profile);
            foreach (var type in area.Files.SelectMany(static f => f.Types))
                AddType(area, type, answered);
            foreach (var method in area.Files.SelectMany(static f => f.Methods))
                AddMethod(area, method);
            Incoming.Add(area);
        }
    }

    /// <summary>Names of what portals send.</summary>
    public IncomingNames Incoming { get; }

    public IEnumerable<AreaNames> Areas => _areas.Values;

    /// <summary>Both names with a dot between them, or the one that is not empty.</summary>
    public static string Qualify(string root, string name) =>
        root.Length == 0 ? name : name.Length == 0 ? root : root + "." + name;

    public AreaNames AreaOf(string file) => _areas[CSharpNames.Area(file, _profile)];

    public string DescriptorsOf(string file) => _descriptors[file];

    public TypeName? Find(string file, string type) => _types.TryGetValue((file, type), out var name) ? name : null;

    public string RequestOf(MethodSpec method) => _requests[method.Name];

    /// <summary>The enum of a field or parameter that lists values.</summary>
    public string EnumOf(string owner, FieldSpec field) => _enums[(owner, field.Name)];

    // An answered record called PurchaseOrder: the name is not free for what its lists are sorted by.
    private static HashSet<(string File, string Type)> Answered(IReadOnlyList<SpecFile> files)
    {
        var types = files.SelectMany(static f => f.Types).ToLookup(static t => (t.File, t.Name));
        var answered = new HashSet<(string, string)>();
        foreach (var method in files.SelectMany(static f => f.Methods))
            Add(method.Result?.Type);

        foreach (var file in files)
        {
            foreach (var spec in file.Events)
                Add(spec.Data);
            foreach (var spec in file.Placements)
                Add(spec.Options);
            foreach (var spec in file.Callbacks)
                Add(spec.Request);
        }

        return answered;

        void Add(TypeRef? type)
        {
            if (type is null)
                return;
            if (type.Element is { } element)
                Add(element);
            foreach (var alternative in type.Alternatives)
                Add(alternative);
            if (type is { Kind: TypeKind.Named, File: { } file, Name: { } name } && answered.Add((file, name)))
            {
                foreach (var field in types[(file, name)].SelectMany(static t => t.Fields))
                    Add(field.Type);
            }
        }
    }

    private void AddType(AreaNames area, TypeSpec type, HashSet<(string File, string Type)> answered)
    {
        var given = CSharpNames.Of(type, _profile);
        if (answered.Contains((type.File, type.Name)) && Array.Exists(QueryViews, view => CSharpNames.IsNamedFor(given, view)))
            given += "Record";
        // What is sent in several views and never answered has no class that is called as the type.
        var isSent = !type.Inline && !type.Input && !answered.Contains((type.File, type.Name));
        var name = area.Scope.Take(given, isSent ? CSharpNames.SentSuffixes(given) : CSharpNames.Suffixes(given));
        _types[(type.File, type.Name)] = new TypeName(area.Namespace, name, _descriptors[type.File]);
        AddEnums(area, OwnerOf(type), name, type.Fields, CSharpNames.Members(type, _profile));
    }

    private void AddMethod(AreaNames area, MethodSpec method)
    {
        var stem = CSharpNames.Stem(method, _profile);
        _requests[method.Name] = area.Scope.Take(stem + "Request");
        AddEnums(area, OwnerOf(method), stem, method.Params, CSharpNames.Members(method, _profile));
    }

    private void AddEnums(
        AreaNames area, string owner, string stem, EquatableArray<FieldSpec> fields, EquatableArray<string> members)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Enum.Count > 0)
                _enums[(owner, fields[i].Name)] = area.Scope.Take(stem + members[i]);
        }
    }

    public static string OwnerOf(TypeSpec type) => type.File + "/" + type.Name;

    public static string OwnerOf(MethodSpec method) => method.Name;
}
