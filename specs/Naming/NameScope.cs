namespace Bitrix24.Gen.Specs;

/// <summary>Hands out names that differ from each other and from what is there already.</summary>
public sealed class NameScope
{
    // Members of System.Object and of the runtime's base classes that generated types derive from.
    private static readonly HashSet<string> Inherited = new(
        ("Equals Finalize GetHashCode GetType MemberwiseClone ReferenceEquals ToString "
        + "Descriptor Extra ReadField WriteFields Method Validate Assign IsAssigned Any "
        + "CancellationToken").Split(' '),
        StringComparer.Ordinal);

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reserved = new(StringComparer.Ordinal);

    /// <summary>Keeps a name from being handed out: that of the enclosing type, for example.</summary>
    public void Reserve(string name) => _reserved.Add(name);

    /// <summary>The name itself, with <c>Value</c> after it where it is reserved, with a number where it is taken.</summary>
    public string Take(string name) => Take(name, [""]);

    /// <summary>As <see cref="Take(string)"/>, for a name that is to be free with each of several ends.</summary>
    public string Take(string name, IReadOnlyList<string> suffixes)
    {
        if (_reserved.Contains(name) || Inherited.Contains(name))
            name += "Value";
        var given = name;
        for (var number = 2; !IsFree(given, suffixes); number++)
            given = name + "_" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var suffix in suffixes)
            _taken.Add(given + suffix);
        return given;
    }

    private bool IsFree(string name, IReadOnlyList<string> suffixes)
    {
        foreach (var suffix in suffixes)
        {
            if (_taken.Contains(name + suffix) || _reserved.Contains(name + suffix))
                return false;
        }

        return true;
    }
}
