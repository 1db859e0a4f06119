using System.Linq;
using System.Threading;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;
using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Makes the output models of one API for the clients whose types are in one namespace.</summary>
internal sealed class ApiModelBuilder
{
    private readonly SpecSet _set;
    private readonly string _api;
    private readonly string _root;
    private readonly string _access;
    private readonly ProfileSpec _profile;
    private readonly ApiNames _names;
    private readonly Reachability _reach;
    private readonly IReadOnlyList<SpecFile> _files;
    private readonly HashSet<string> _selected;
    private readonly bool _interfaces;
    private readonly HashSet<string> _typeCodes;
    private readonly HashSet<string> _incoming = new(StringComparer.Ordinal);
    private readonly UsedCode? _used;

    /// <param name="set">The loaded specs.</param>
    /// <param name="api">The API.</param>
    /// <param name="root">The namespace of its areas.</param>
    /// <param name="isPublic">Other assemblies see the types.</param>
    /// <param name="taken">Full names of types, which no namespace may have.</param>
    /// <param name="selectors">What the clients select of the API.</param>
    /// <param name="interfaces">A client wants interfaces.</param>
    /// <param name="words">What names the code that is used; null: all is emitted.</param>
    public ApiModelBuilder(
        SpecSet set, string api, string root, bool isPublic, ICollection<string> taken, IReadOnlyList<SpecSelector> selectors, bool interfaces, ProjectWords? words)
    {
        _interfaces = interfaces;
        _set = set;
        _api = api;
        _root = root;
        _access = isPublic ? "public" : "internal";
        _profile = set.Profile(api);
        _files = [.. set.Files
            .Where(f => f.Api == api && (f.Name != SpecFileName.Profile || f.Types.Count > 0))
            .OrderBy(static f => f.Name, StringComparer.Ordinal)
            .Select(static f => f with { Types = Distinct(f.Types, static t => t.Name), Methods = Distinct(f.Methods, static m => m.Name) })];
        _names = new ApiNames(_files, _profile, root, taken);
        _reach = new Reachability(set, api);
        _typeCodes = ErrorConstants.OfTypes(_profile, _files);
        _selected = new(StringComparer.Ordinal);
        foreach (var file in _files)
        {
            if (file.Events.Count + file.Placements.Count + file.Callbacks.Count > 0 && selectors.Any(s => s.SelectsFile(file.Name)) && _incoming.Add(file.Name))
                _reach.AddIncoming(file);
            foreach (var method in file.Methods)
            {
                if (selectors.Any(s => s.SelectsMethod(file.Name, method.Name)) && _selected.Add(method.Name))
                    _reach.Add(method);
            }
        }

        _used = words is null ? null : FindUsed(words);
    }

    /// <summary>The files to be generated.</summary>
    /// <param name="hints">Names them.</param>
    /// <param name="own">The areas, by their names on the client, that are generated; null: all.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public IEnumerable<OutputModel> Build(HintNames hints, HashSet<string>? own, CancellationToken cancellationToken)
    {
        if ((_selected.Count == 0 && _incoming.Count == 0) || own?.Count == 0)
            yield break;
        yield return new ApiOutput
        {
            HintName = hints.Take(_root, ApiOutput.ClassName),
            Namespace = _root,
            Facts = NotationWriter.Facts(_set.Contract.Api(_api)),
            Callable = CallableDescriptors().ToEquatableArray(),
        };
        foreach (var area in _names.Areas.Where(a => own?.Contains(a.Property) != false))
        {
            var any = false;
            var groups = new List<GroupModel>();
            foreach (var file in area.Files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (BuildFile(area, file, hints) is not { } output)
                    continue;
                any |= output.Groups.Count > 0;
                groups.AddRange(output.Groups);
                yield return output;
            }

            if (!any)
                continue;
            yield return BuildArea(area, hints);
            if (_interfaces)
                yield return BuildInterfaces(area, groups, hints);
        }
    }

    /// <summary>The areas in which some selectors find a method.</summary>
    public IEnumerable<AreaReference> AreasOf(IReadOnlyList<SpecSelector> selectors) => _names.Areas
        .Where(a => a.Files.Any(f => f.Methods.Any(m => selectors.Any(s => s.SelectsMethod(f.Name, m.Name)))))
        .OrderBy(static a => a.Property, StringComparer.Ordinal)
        .Select(static a => new AreaReference(a.Property, ValueResolver.Global(a.Namespace, a.ClassName)));

    /// <summary>The areas as <see cref="AreasOf"/> finds them, by their interfaces.</summary>
    public IEnumerable<AreaReference> InterfacesOf(IReadOnlyList<SpecSelector> selectors) =>
        AreasOf(selectors).Select(reference => _names.Areas.First(a => ValueResolver.Global(a.Namespace, a.ClassName) == reference.CSharpType) is var area
            ? new AreaReference(reference.Property, ValueResolver.Global(area.Namespace, area.InterfaceNames[area.ClassName]))
            : reference);

    private AreaInterfaces BuildInterfaces(AreaNames area, List<GroupModel> groups, HintNames hints)
    {
        var names = area.InterfaceNames;
        var methods = groups.ToLookup(static g => g.ClassName, StringComparer.Ordinal);
        return new()
        {
            HintName = hints.Take(area.Namespace, "Interfaces"),
            Access = _access,
            Namespace = area.Namespace,
            Groups = area.Navigation(area.Files.SelectMany(SelectedMethods), _used)
                .Select(n => new InterfaceModel(
                    names[n.ClassName],
                    n.ClassName,
                    n.Children.Select(c => c with { ClassName = names[c.ClassName] }).ToEquatableArray(),
                    methods[n.ClassName].SelectMany(static g => g.Methods).Where(static m => m.Used).ToEquatableArray()))
                .ToEquatableArray(),
        };
    }

    /// <summary>The classes that have the descriptors of all methods, if any method takes calls of methods in other files.</summary>
    private IEnumerable<string> CallableDescriptors()
    {
        var selected = _files.Where(f => SelectedMethods(f).Any()).ToList();
        if (!selected.SelectMany(SelectedMethods).Any(static m => m.Params.Any(static p => p.Call?.Method.StartsWith("{", StringComparison.Ordinal) == true)))
            yield break;
        foreach (var area in _names.Areas)
        {
            foreach (var file in area.Files.Where(selected.Contains))
                yield return ValueResolver.Global(area.Namespace, _names.DescriptorsOf(file.Name));
        }
    }

    private FileOutput? BuildFile(AreaNames area, SpecFile file, HintNames hints)
    {
        var types = new List<TypeModel>();
        var enums = new List<EnumModel>();
        var descriptors = new DescriptorTexts(_set.Contract, _api, _names, ValuesFrom(area.Namespace));
        foreach (var type in file.Types)
        {
            if (type.Scalar is null && _reach.Types.TryGetValue((type.File, type.Name), out var views))
                types.Add(BuildType(type, views, enums, descriptors));
        }

        var codes = ErrorConstants.OfRules(file, _typeCodes);
        var messages = file.Messages.Where(static m => m.Message is not null).ToEquatableArray();
        var methods = SelectedMethods(file)
            .Select(m => (Class: area.Find(m).ClassName, Model: BuildMethod(area, m, enums, descriptors.Of(m, codes, messages))))
            .ToList();
        AddScalarEnums(area, file, enums);
        var incoming = _incoming.Contains(file.Name) ? new IncomingModelBuilder(_profile, _names.Incoming, area, file, ValuesFrom(area.Namespace), descriptors, _used).Build() : null;
        if (types.Count == 0 && enums.Count == 0 && methods.Count == 0 && incoming is null)
            return null;
        return new FileOutput
        {
            HintName = hints.Take(area.Namespace, file.Name),
            Access = _access,
            Namespace = area.Namespace,
            DescriptorsName = _names.DescriptorsOf(file.Name),
            Api = _api,
            ApiDescriptor = ValueResolver.Global(_root, ApiOutput.ClassName),
            Messages = messages,
            DescriptorTypes = descriptors.Types,
            FilterConditions = _profile.FilterConditions,
            FilterPatterns = _profile.FilterConditions || _profile.FilterOperators.Count == 0 || _profile.FilterOperators.Any(static o => o.Name == "like"),
            Types = types.ToEquatableArray(),
            Incoming = incoming,
            Enums = Distinct(enums.ToEquatableArray(), static e => e.Name),
            Groups = methods
                .GroupBy(static m => m.Class, static m => m.Model, StringComparer.Ordinal)
                .Select(static g => new GroupModel(g.Key, g.ToEquatableArray()))
                .ToEquatableArray(),
        };
    }

    private AreaOutput BuildArea(AreaNames area, HintNames hints)
    {
        var methods = area.Files.SelectMany(SelectedMethods).ToList();
        return new AreaOutput
        {
            HintName = hints.Take(area.Namespace, ""),
            Access = _access,
            Namespace = area.Namespace,
            ClassName = area.ClassName,
            ErrorsName = area.ErrorsName,
            Groups = area.Navigation(methods, _used).ToEquatableArray(),
            Errors = ErrorConstants.Of(area, methods, _reach, _profile).ToEquatableArray(),
            Descriptors = methods.Where(static m => m.Calls is null).Select(m => _names.DescriptorsOf(m.File)).Distinct(StringComparer.Ordinal).ToEquatableArray(),
        };
    }

    private UsedCode FindUsed(ProjectWords words)
    {
        var used = new UsedCode(_set, _api, _names, _reach, words);
        foreach (var file in _files)
            used.Add(file, SelectedMethods(file), _incoming.Contains(file.Name), m => NestedCalls.Find(m, _set, _selected));
        used.AddAnswers(_files.Where(f => _incoming.Contains(f.Name)).SelectMany(static f => f.Callbacks));
        return used;
    }

    private IEnumerable<MethodSpec> SelectedMethods(SpecFile file) => file.Methods.Where(m => _selected.Contains(m.Name) && m.File == file.Name);

    private TypeModel BuildType(TypeSpec type, Views views, List<EnumModel> enums, DescriptorTexts descriptors)
    {
        var name = _names.Find(type.File, type.Name)!;
        var used = _used?.ViewsOf(type) ?? views;
        var fields = BuildFields(
            ApiNames.OwnerOf(type), name.Name, name.Namespace, type.Fields, CSharpNames.Members(type, _profile), views == Views.None ? null : enums, used != Views.None);
        return new TypeModel
        {
            Spec = type,
            Name = name.Name,
            InputOnly = _reach.IsInputOnly(type),
            Views = used,
            Descriptor = descriptors.Of(type),
            Fields = fields,
            Builders = used.HasFlag(Views.Create) ? BuildersOf(type, name, fields) : default,
        };
    }

    private EquatableArray<BuilderModel> BuildersOf(TypeSpec type, TypeName name, EquatableArray<FieldModel> fields)
    {
        if (type.Builders.Count == 0)
            return default;
        var builders = new BuilderModels(_set, _api, item => _names.Find(item.File, item.Name) is { } at
            ? BuildFields(ApiNames.OwnerOf(item), at.Name, name.Namespace, item.Fields, CSharpNames.Members(item, _profile), null, used: true)
            : default);
        return type.Builders.Select(b => builders.Of(b, fields)).OfType<BuilderModel>().ToEquatableArray();
    }

    private MethodModel BuildMethod(AreaNames area, MethodSpec method, List<EnumModel> enums, DescriptorModel descriptor) => new()
    {
        Spec = method,
        Name = area.Find(method).Name,
        RequestName = _names.RequestOf(method),
        Descriptor = descriptor,
        Used = _used?.Has(method) != false,
        Params = BuildFields(
            ApiNames.OwnerOf(method), CSharpNames.Stem(method, _profile), area.Namespace, method.Params, CSharpNames.Members(method, _profile), enums, _used?.Has(method) != false),
        Result = method.Result is { } result ? ValuesFrom(area.Namespace).Resolve(result.Type) : null,
        Nested = NestedCalls.Of(method, _set, _selected, ValuesFrom(area.Namespace)).ToEquatableArray(),
    };

    private EquatableArray<FieldModel> BuildFields(
        string owner, string stem, string @namespace, EquatableArray<FieldSpec> fields, EquatableArray<string> members, List<EnumModel>? enums, bool used)
    {
        var values = ValuesFrom(@namespace);
        var models = new FieldModel[fields.Count];
        for (var i = 0; i < models.Length; i++)
        {
            var field = fields[i];
            var name = field.Enum.Count > 0 ? _names.EnumOf(owner, field) : null;
            var type = name is null ? null : values.Reference(@namespace, name);
            var value = values.Resolve(field, type);
            var needed = name is not null && (used || _used!.IsNamed(name));
            var numbers = needed ? EnumModels.OfNumbers(name!, stem, field, value.Innermost, _profile) : null;
            models[i] = new FieldModel { Spec = field, Name = members[i], Value = value, Numbers = numbers is null ? null : type };
            if (needed && (numbers is not null || value.Innermost.CSharpType == type))
                enums?.Add(numbers ?? EnumModels.Of(name!, stem, field, _profile));
        }

        return new(models);
    }

    // A named scalar with listed values is a struct wherever it is used.
    private void AddScalarEnums(AreaNames area, SpecFile file, List<EnumModel> enums)
    {
        var values = ValuesFrom(area.Namespace);
        foreach (var type in file.Types)
        {
            if (type.Scalar is { Enum.Count: > 0 } scalar
                && _names.Find(type.File, type.Name) is { } name
                && values.Resolve(new TypeRef(TypeKind.Named, type.Name, type.File)).Shape == ValueShape.Enum)
                enums.Add(EnumModels.Of(name.Name, name.Name, scalar, _profile));
        }
    }

    private ValueResolver ValuesFrom(string @namespace) => new(_set, _api, _names, _reach, @namespace);

    // What is defined twice is reported; one of it must do here.
    private static EquatableArray<T> Distinct<T>(EquatableArray<T> items, Func<T, string> name)
        where T : IEquatable<T>
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return items.All(i => seen.Add(name(i))) ? items : items.GroupBy(name, StringComparer.Ordinal).Select(static g => g.Last()).ToEquatableArray();
    }
}
