namespace Bitrix24.Gen.Specs;

/// <summary>Hands out names that differ from each other and from what is there already.</summary>
public sealed class NameScope
{
    // Members of System.Object and of the runtime's base classes that generated types derive from.
    private static readonly HashSet<string> Inherited = new(
        ("Equals Finalize GetHashCode GetType MemberwiseClone ReferenceEquals ToString "
        + "Descriptor Extra ReadField WriteField ReadResult Method Validate Assign IsAssigned Any "
        + "CancellationToken").Split(' '),
        StringComparer.Ordinal);

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reserved = new(StringComparer.Ordinal);

    /// <summary>Keeps a name from being handed out: that of the enclosing type, for example.</summary>
    public void Reserve(string name) => _reserved.Add(name);

    /// <summary>The name itself, with <c>Value</c> after it where it is reserved, with a number where it is taken.</summary>
    public string Take(string name)
    {
        if (_reserved.Contains(name) || Inherited.Contains(name))
            name += "Value";
        var given = name;
        for (var number = 2; !_taken.Add(given) || _reserved.Contains(given); number++)
            given = name + "_" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return given;
    }
}
