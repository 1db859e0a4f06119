using System.Globalization;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Output;

/// <summary>Names of types, unique in the C# namespace of their area with all the names that are made from them.</summary>
internal sealed class NameRegistry
{
    private static readonly string[] Made = ["", "Create", "Update", "Filter", "Select", "Order"];

    private readonly HashSet<(string Area, string Name)> _taken = [];

    /// <summary>Keeps the names that the generator makes of a method and its group.</summary>
    public void KeepMethod(string area, MethodSpec method)
    {
        var stem = CSharpNames.Stem(method, null);
        _taken.Add((area, stem + "Request"));
        foreach (var group in CSharpNames.Groups(method.Name, null))
            _taken.Add((area, group + "Client"));
        _taken.Add((area, area + "Area"));
        _taken.Add((area, area + "Errors"));
        _taken.Add((area, area + "Client"));
    }

    /// <summary>Takes a name when it and all made from it are free.</summary>
    public bool TryTake(string area, string name)
    {
        if (Array.Exists(Made, m => _taken.Contains((area, name + m))))
            return false;
        foreach (var made in Made)
            _taken.Add((area, name + made));
        return true;
    }

    /// <summary>The name; where it is taken the one that says where the type stands; else the name with the first free number.</summary>
    public string Take(string area, string name, string? path = null)
    {
        if (TryTake(area, name))
            return name;
        foreach (var other in new[] { path, path?.Replace("Params", "", StringComparison.Ordinal), name + "Value" })
        {
            if (other is not null && other != name && TryTake(area, other))
                return other;
        }

        var free = name;
        for (var number = 2; !TryTake(area, free); number++)
            free = name + number.ToString(CultureInfo.InvariantCulture);
        return free;
    }
}
