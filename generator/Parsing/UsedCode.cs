using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>
/// What of the selected code a project uses: what its words name, and what that needs. Names and descriptors are those of all that is
/// selected, so that nothing is called or checked differently.
/// </summary>
internal sealed class UsedCode
{
    private readonly ApiNames _names;
    private readonly Reachability _selected;
    private readonly Reachability _used;
    private readonly ProjectWords _words;
    private readonly HashSet<string> _methods = new(StringComparer.Ordinal);

    /// <param name="set">The loaded specs.</param>
    /// <param name="api">The API.</param>
    /// <param name="names">The C# names of all that is loaded.</param>
    /// <param name="selected">The types that the selected code needs.</param>
    /// <param name="words">The words of the project.</param>
    public UsedCode(SpecSet set, string api, ApiNames names, Reachability selected, ProjectWords words)
    {
        _names = names;
        _selected = selected;
        _words = words;
        _used = new(set, api);
    }

    public bool IsNamed(string name) => _words.Contains(name);

    public bool Has(MethodSpec method) => _methods.Contains(method.Name);

    public bool Has(EventSpec spec) => IsNamed(_names.Incoming.Of(spec));

    public bool Has(PlacementSpec spec) => IsNamed(_names.Incoming.Of(spec));

    /// <summary>The record of what the portal sends is used.</summary>
    public bool Has(CallbackSpec callback) => _used.Has(callback.Request, View.Read);

    public Views ViewsOf(TypeSpec type)
    {
        if (!_used.Types.TryGetValue((type.File, type.Name), out var views))
            return Views.None;
        return views.HasFlag(Views.Filter) ? views | (_selected.Types[(type.File, type.Name)] & Views.FilterLogic) : views;
    }

    /// <summary>Adds what is named of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="methods">Its methods that are selected.</param>
    /// <param name="incoming">What portals send of it is selected.</param>
    /// <param name="nested">Finds the methods that items of a method's lists call.</param>
    public void Add(SpecFile file, IEnumerable<MethodSpec> methods, bool incoming, Func<MethodSpec, IEnumerable<NestedCall>> nested)
    {
        var area = _names.AreaOf(file.Name);
        foreach (var method in methods)
        {
            var calls = nested(method).ToList();
            if (!IsNamed(_names.RequestOf(method))
                && !(area.IsWayNamed(method, IsNamed) && (IsNamed(area.Find(method).Name) || calls.Exists(c => IsNamed(c.MemberName)))))
                continue;
            Add(method);
            foreach (var call in calls)
            {
                Add(call.Method);
                _used.Add(call.Record, View.Read);
            }
        }

        foreach (var type in file.Types)
            AddNamedViews(type);
        foreach (var spec in file.Events.Where(e => incoming && Has(e)))
            _used.Add(spec);
        foreach (var spec in file.Placements.Where(p => incoming && Has(p)))
            _used.Add(spec);
    }

    /// <summary>Adds the answers to callbacks, once all else is added. An answer may have the record of another callback in it.</summary>
    public void AddAnswers(IEnumerable<CallbackSpec> callbacks)
    {
        var left = callbacks.ToList();
        while (left.FirstOrDefault(Has) is { } callback)
        {
            left.Remove(callback);
            _used.Add(callback);
        }
    }

    private void Add(MethodSpec method)
    {
        if (_methods.Add(method.Name))
            _used.Add(method);
    }

    private void AddNamedViews(TypeSpec type)
    {
        if (_names.Find(type.File, type.Name) is not { } name || !_selected.Types.TryGetValue((type.File, type.Name), out var selected))
            return;
        var isInputOnly = _selected.IsInputOnly(type);
        foreach (View view in Enum.GetValues(typeof(View)))
        {
            if (selected.HasFlag(Reachability.FlagOf(view)) && IsNamed(CSharpNames.Of(name.Name, isInputOnly ? View.Read : view)))
                _used.Add(type, view);
        }
    }
}
