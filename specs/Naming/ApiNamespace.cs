using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>The namespaces of generated types.</summary>
public static class ApiNamespace
{
    // Added to a name that something else has.
    private const string Suffix = "Api";

    /// <summary>The namespace of an API's areas: <c>Bitrix24</c>, <c>Bitrix24.V3</c>, <c>VibeCode</c>.</summary>
    public static string Of(string api, ProfileSpec? profile) =>
        string.Join(".", api.Split(['-'], StringSplitOptions.RemoveEmptyEntries).Select(word => CSharpNames.Pascal(word, profile)));

    /// <summary>
    /// The namespace of an area's types: <c>Bitrix24.Crm</c>. A namespace that the user chose and that ends with the area's name
    /// is the area's own.
    /// </summary>
    /// <param name="root">The namespace of the areas.</param>
    /// <param name="area">The area's C# name.</param>
    /// <param name="taken">Full names of types, which no namespace may have.</param>
    public static string OfArea(string root, string area, ICollection<string> taken)
    {
        var last = root.Substring(root.LastIndexOf('.') + 1);
        if (last == area && root.Length > area.Length)
            return Free(root, taken);
        return Free(root.Length == 0 ? area : root + "." + area, taken);
    }

    /// <summary>The name, or another one if a type has it.</summary>
    public static string Free(string name, ICollection<string> taken) =>
        taken.Contains(name) ? name + Suffix : name;

    /// <summary>The text is a namespace as source code could declare it.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 } && name.Split('.').All(static part => part.Length > 0
            && (char.IsLetter(part[0]) || part[0] == '_')
            && part.All(static c => char.IsLetterOrDigit(c) || c == '_'));
}
