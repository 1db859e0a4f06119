using System.Text;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>The two spellings of the portal's own fields: <c>UF_CRM_5_SUM</c> and <c>ufCrm5Sum</c>.</summary>
internal static class UserFieldNames
{
    private const int LongestTypeNumber = 5;

    /// <summary>Whether the name is one of the portal's own fields.</summary>
    public static bool Is(string name) =>
        name.StartsWith("UF_", StringComparison.OrdinalIgnoreCase)
        || (name.Length > 2 && name.StartsWith("uf", StringComparison.Ordinal) && (char.IsAsciiLetterUpper(name[2]) || name[2] == '_'));

    /// <summary>Whether most of the names are written <c>likeThis</c>.</summary>
    public static bool AreCamel(IReadOnlyCollection<string> names) => names.Count(static n => n.Any(char.IsAsciiLetterLower)) * 2 > names.Count;

    public static string Camel(string name)
    {
        // A name with small letters is spelled that way already.
        if (name.Any(char.IsAsciiLetterLower))
            return name;
        var parts = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        var camel = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].ToLowerInvariant();
            // A number stands apart, unless it is that of a smart process.
            if (i > 0 && char.IsAsciiDigit(part[0]) && !(i == 2 && part.Length < LongestTypeNumber && i + 1 < parts.Length))
                camel.Append('_');
            camel.Append(i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]);
        }

        return camel.ToString();
    }

    /// <summary>A camelCase name in upper case: <c>assignedById</c> is <c>ASSIGNED_BY_ID</c>.</summary>
    public static string Upper(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) && char.IsLower(name[i - 1]) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
}
