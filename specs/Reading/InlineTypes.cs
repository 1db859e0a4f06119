using System.Globalization;

namespace Bitrix24.Gen.Specs;

/// <summary>The types that a file writes where they are used.</summary>
internal sealed class InlineTypes(string file)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<TypeSpec> _types = [];
    private readonly Dictionary<string, string> _pointers = new(StringComparer.Ordinal);

    /// <summary>In the order in which they were completed: an inner one stands before the one around it.</summary>
    public IReadOnlyList<TypeSpec> Types => _types;

    /// <summary>Where each stands, by name.</summary>
    public IReadOnlyDictionary<string, string> Pointers => _pointers;

    /// <summary>Keeps the name of a type that the file defines by name.</summary>
    public void Take(string name) => _names.Add(name);

    /// <summary>Names a type from where it stands; a taken name gets a number.</summary>
    public TypeRef Reserve(string name, NodePointer pointer)
    {
        var free = name;
        for (var number = 2; !_names.Add(free); number++)
            free = name + number.ToString(CultureInfo.InvariantCulture);
        _pointers.Add(free, pointer.ToString());
        return new(TypeKind.Named, free, file);
    }

    public void Add(TypeSpec type) => _types.Add(type);
}
