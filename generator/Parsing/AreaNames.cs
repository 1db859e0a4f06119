using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>The names of an area: its namespace, its types, and the groups on the way to its methods.</summary>
internal sealed class AreaNames
{
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Group Group, string Name)> _methods = new(StringComparer.Ordinal);
    private Dictionary<string, string>? _interfaces;

    public AreaNames(string property, string @namespace)
    {
        Property = property;
        Namespace = @namespace;
        ClassName = Scope.Take(property + "Area");
        ErrorsName = Scope.Take(property + "Errors");
        _groups.Add("", new Group("", ClassName));
    }

    /// <summary>Its name on the client.</summary>
    public string Property { get; }

    public string Namespace { get; }

    public string ClassName { get; }

    public string ErrorsName { get; }

    public NameScope Scope { get; } = new();

    public List<SpecFile> Files { get; } = [];

    /// <summary>The class that has the method, and the method's name there.</summary>
    public (string ClassName, string Name) Find(MethodSpec method)
    {
        var (group, name) = _methods[method.Name];
        return (group.ClassName, name);
    }

    /// <summary>Makes the groups on the way to a method, and takes its name in the last of them.</summary>
    public void AddGroups(MethodSpec method, ProfileSpec profile)
    {
        var group = _groups[""];
        var key = "";
        foreach (var name in CSharpNames.Groups(method.Name, profile))
        {
            key += "." + name;
            if (!_groups.TryGetValue(key, out var child))
            {
                child = new Group(key, Scope.Take(key.Replace(".", "") + "Client")) { Property = group.Members.Take(name) };
                _groups.Add(key, child);
                group.Children.Add(child);
            }

            group = child;
        }

        const string suffix = "Async";
        var taken = group.Members.Take(CSharpNames.Of(method, profile) + suffix);
        _methods[method.Name] = (group, taken);
    }

    /// <summary>By class, the interfaces of the area and its groups. Taken after all other names, which do not depend on them.</summary>
    public IReadOnlyDictionary<string, string> InterfaceNames => _interfaces ??= _groups.Values
        .OrderBy(static g => g.Key, StringComparer.Ordinal)
        .ToDictionary(static g => g.ClassName, g => Scope.Take("I" + g.ClassName), StringComparer.Ordinal);

    /// <summary>A caller of the method can have named where it is: the client has the area in any case.</summary>
    public bool IsWayNamed(MethodSpec method, Func<string, bool> isNamed) => IsNamed(_methods[method.Name].Group, isNamed);

    /// <summary>The groups that lead to some methods, the area class first.</summary>
    /// <param name="methods">The methods.</param>
    /// <param name="code">What of them is used; null: all. A group that is named stays, whatever is called on it.</param>
    public IEnumerable<NavigationModel> Navigation(IEnumerable<MethodSpec> methods, UsedCode? code)
    {
        var used = new HashSet<string>(StringComparer.Ordinal) { "" };
        foreach (var method in methods)
        {
            var leads = code?.Has(method) != false;
            for (var key = _methods[method.Name].Group.Key; key.Length > 0; key = key.Substring(0, key.LastIndexOf('.')))
            {
                leads = leads || IsNamed(_groups[key], code!.IsNamed);
                if (leads)
                    used.Add(key);
            }
        }

        return _groups.Values
            .Where(g => used.Contains(g.Key))
            .OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(g => new NavigationModel(
                g.ClassName,
                g.Children
                    .Where(c => used.Contains(c.Key))
                    .OrderBy(static c => c.Property, StringComparer.Ordinal)
                    .Select(static c => new NavigationChild(c.Property, c.ClassName))
                    .ToEquatableArray()));
    }

    private bool IsNamed(Group group, Func<string, bool> isNamed) =>
        group.Key.Length == 0 || isNamed(group.Property) || isNamed(group.ClassName) || isNamed(InterfaceNames[group.ClassName]);

    private sealed class Group
    {
        public Group(string key, string className)
        {
            Key = key;
            ClassName = className;
            Members.Reserve(className);
        }

        /// <summary>The C# names on the way, each with a dot before it.</summary>
        public string Key { get; }

        public string ClassName { get; }

        /// <summary>Its name on its parent.</summary>
        public string Property { get; init; } = "";

        public NameScope Members { get; } = new();

        public List<Group> Children { get; } = [];
    }
}
