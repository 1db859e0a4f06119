using System.Globalization;
using System.Text;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Names generated files: ASCII, short, and different from each other without regard to case.</summary>
internal sealed class HintNames
{
    private const int MaxLength = 80;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name from a namespace or class and what of it the file holds.</summary>
    public string Take(string first, string second)
    {
        var name = Clean(ApiNames.Qualify(first, second));
        if (name.Length > MaxLength)
            name = name.Substring(0, MaxLength) + "." + Hash(name);
        var given = name;
        for (var number = 2; !_taken.Add(given); number++)
            given = name + "_" + number.ToString(CultureInfo.InvariantCulture);
        return given + ".g.cs";
    }

    private static string Clean(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var c in text)
            name.Append(c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '.' or '-' ? c : '_');
        return name.ToString().Trim('.');
    }

    // FNV-1a: the same on every machine, unlike string.GetHashCode.
    private static string Hash(string text)
    {
        var hash = 2166136261;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 16777619);
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
