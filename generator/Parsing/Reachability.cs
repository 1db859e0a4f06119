using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Which types, and which views of them, selected methods need.</summary>
internal sealed class Reachability(SpecSet set, string api)
{
    // As deep as types are lowered.
    private const int MaxDepth = 16;

    private readonly Dictionary<(string File, string Type), Views> _views = [];
    private readonly HashSet<(string File, string Type)> _inParameters = [];

    /// <summary>The types by file and name, with the views that code needs; <see cref="Views.None"/>: the descriptor only.</summary>
    public IReadOnlyDictionary<(string File, string Type), Views> Types => _views;

    public void Add(MethodSpec method)
    {
        foreach (var parameter in method.Params)
        {
            VisitAll(parameter.Type, parameter.As ?? View.Create, parameter.Logic);
            MarkInline(parameter.Type);
        }

        if (method.Result is { } result)
            VisitAll(result.Type, View.Read);
    }

    /// <summary>Adds what portals send, and what is answered to them.</summary>
    public void AddIncoming(SpecFile file)
    {
        foreach (var spec in file.Events)
            Add(spec);
        foreach (var spec in file.Placements)
            Add(spec);
        foreach (var spec in file.Callbacks)
            Add(spec);
    }

    public void Add(EventSpec spec) => Add(spec.Data, View.Read);

    public void Add(PlacementSpec spec) => Add(spec.Options, View.Read);

    public void Add(CallbackSpec callback)
    {
        Add(callback.Request, View.Read);
        if (callback.Result is { } result)
        {
            VisitAll(result.Type, View.Create);
            MarkInline(result.Type);
        }
    }

    public void Add(TypeRef? reference, View view)
    {
        if (reference is not null)
            VisitAll(reference, view);
    }

    public void Add(TypeSpec type, View view) => Visit(type, view, FlagOf(view));

    /// <summary>Code needs a view of an object that the reference means.</summary>
    public bool Has(TypeRef? reference, View view) =>
        reference is not null && ObjectsIn(reference).Any(t => _views.TryGetValue((t.File, t.Name), out var views) && views.HasFlag(FlagOf(view)));

    public static Views FlagOf(View view) => (Views)(1 << (int)view);

    /// <summary>The type is only ever sent, as one that was written inline in a parameter, and so has one view only.</summary>
    public bool IsInputOnly(TypeSpec type) =>
        (type.Input || _inParameters.Contains((type.File, type.Name)))
        && _views.TryGetValue((type.File, type.Name), out var views)
        && views is Views.Create or Views.Update;

    private void VisitAll(TypeRef reference, View view, bool logic = false)
    {
        foreach (var type in ObjectsIn(reference))
            Visit(type, view, FlagOf(view) | (logic && view == View.Filter ? Views.FilterLogic : Views.None));
    }

    private void Visit(TypeSpec type, View view, Views flag)
    {
        var known = _views.TryGetValue((type.File, type.Name), out var views);
        if (known && (views & flag) == flag)
            return;
        _views[(type.File, type.Name)] = views | flag;
        foreach (var field in type.Fields)
        {
            if (ViewOf(field, view) is { } inner)
                VisitAll(field.Type, inner, field.Logic);
            else
                Describe(field.Type);
        }
    }

    // The descriptor of a type refers to those of its fields, whatever view is generated.
    private void Describe(TypeRef reference)
    {
        foreach (var type in ObjectsIn(reference))
        {
            if (_views.ContainsKey((type.File, type.Name)))
                continue;
            _views.Add((type.File, type.Name), Views.None);
            foreach (var field in type.Fields)
                Describe(field.Type);
        }
    }

    private static View? ViewOf(FieldSpec field, View view) => view switch
    {
        View.Read => View.Read,
        View.Create when field.IsInCreate() => field.As ?? View.Create,
        View.Update when field.IsInUpdate() => field.As ?? View.Create,
        _ => null,
    };

    private void MarkInline(TypeRef reference)
    {
        foreach (var type in ObjectsIn(reference))
        {
            if (!type.Inline || !_inParameters.Add((type.File, type.Name)))
                continue;
            foreach (var field in type.Fields)
                MarkInline(field.Type);
        }
    }

    private IEnumerable<TypeSpec> ObjectsIn(TypeRef reference, int depth = 0)
    {
        if (depth > MaxDepth)
            return [];
        if (reference.Element is { } element)
            return ObjectsIn(element, depth + 1);
        if (reference.Kind == TypeKind.Union)
            return reference.Alternatives.SelectMany(a => ObjectsIn(a, depth + 1));
        return set.ResolveType(reference, api) switch
        {
            { Scalar: { } scalar } => ObjectsIn(scalar.Type, depth + 1),
            { } type => [type],
            null => [],
        };
    }
}
