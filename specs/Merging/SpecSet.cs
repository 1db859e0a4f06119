using System.Linq;
using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Specs;

/// <summary>Spec files that belong together: overlays merged, references resolved, templates expanded.</summary>
public sealed class SpecSet
{
    /// <summary>The API that is meant where none is named.</summary>
    public const string DefaultApi = SpecSelector.DefaultApi;

    private readonly Dictionary<string, ApiIndex> _apis;
    private readonly IReadOnlyList<MergedFile> _merged;
    private readonly IReadOnlyList<SpecDiagnostic> _found;
    private readonly Dictionary<string, IReadOnlyList<string>> _templates;
    private SpecDiagnostic[]? _diagnostics;

    private SpecSet(SetBuilder builder)
    {
        _merged = builder.Files;
        _found = builder.Diagnostics;
        _templates = builder.Templates;
        Contract = new(this);
        Files = [.. _merged.Select(static f => f.File)];
        Profiles = [.. Files.Where(static f => f.Profile is not null).Select(static f => f.Profile!)];
        _apis = Files.GroupBy(static f => f.Api, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => new ApiIndex(g), StringComparer.Ordinal);
        Apis = [.. _apis.Keys.OrderBy(static api => api, StringComparer.Ordinal)];
    }

    /// <summary>What the specs say, lowered.</summary>
    public SpecContract Contract { get; }

    /// <summary>The merged files, by API and name. Every named type in them says its file; every inline object is a type of its file.</summary>
    public IReadOnlyList<SpecFile> Files { get; }

    public IReadOnlyList<ProfileSpec> Profiles { get; }

    /// <summary>The APIs that the files describe, in ordinal order.</summary>
    public IReadOnlyList<string> Apis { get; }

    /// <summary>What is wrong with the files together; what is wrong with each alone is in its document.</summary>
    public EquatableArray<SpecDiagnostic> Diagnostics =>
        new(_diagnostics ??= [.. _found, .. CSharpCollisions.Find(_merged, Profile)]);

    /// <summary>
    /// Merges documents. Of those with the same API and base name the first packaged one is the base; its overlays change
    /// it, then the user's own files, each in the order given. Another packaged one may add to it, but not change it.
    /// </summary>
    public static SpecSet Create(IEnumerable<SpecDocument> documents) => new(SetBuilder.Build(documents));

    /// <summary>The method of that name, in any case, or null.</summary>
    public MethodSpec? FindMethod(string name, string api = DefaultApi) => Index(api)?.FindMethod(name);

    /// <summary>The type that a named type expression means, or null.</summary>
    public TypeSpec? ResolveType(TypeRef type, string api = DefaultApi) =>
        type is { Kind: TypeKind.Named, File: not null } ? FindType(type.File, type.Name!, api) : null;

    internal TypeSpec? FindType(string file, string name, string api) => Index(api)?.FindType(file, name);

    /// <summary>The file of that base name, or null.</summary>
    public SpecFile? FindFile(string name, string api = DefaultApi) => Index(api)?.FindFile(name);

    /// <summary>The profile of an API; one of defaults where the set has none.</summary>
    public ProfileSpec Profile(string api = DefaultApi) => Index(api)?.Profile ?? new() { Api = api };

    /// <summary>The names of the templates by which an API's entities can be described.</summary>
    public IReadOnlyList<string> Templates(string api = DefaultApi) => _templates.TryGetValue(api, out var names) ? names : [];

    /// <summary>The methods of an API as the documentation spells them, in ordinal order.</summary>
    public IReadOnlyList<string> MethodNames(string api = DefaultApi) => Index(api)?.MethodNames ?? [];

    /// <summary>
    /// Whether the specs know every method of that method's area: the first part of its name. Methods of an HTTP-style API
    /// have no names but those of the specs, so they know all of it.
    /// </summary>
    public bool Describes(string name, string api = DefaultApi) => Index(api)?.Describes(name) == true;

    /// <summary>The codes of events or placements of an API.</summary>
    public IReadOnlyCollection<string> Codes(string api, CodeKind kind) => Index(api)?.Codes(kind) ?? [];

    /// <summary>Whether the name is the first part of the names of some methods.</summary>
    public bool IsArea(string name, string api = DefaultApi) => Index(api)?.IsArea(name) == true;

    private ApiIndex? Index(string api) => _apis.TryGetValue(api, out var index) ? index : null;
}
