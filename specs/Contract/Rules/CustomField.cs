#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Names of fields that a portal adds to a type of its own.</summary>
internal static class CustomField
{
    private static readonly string[] Numbered = ["PARENT_ID_", "parentId", "PROPERTY_", "property"];

    /// <summary>Whether a name that the type does not list may stand beside those that it does.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type.</param>
    /// <param name="api">Says how names are written.</param>
    public static bool MayStand(string name, TypeDescriptor type, ApiDescriptor api) =>
        type.Undescribed ? !IsInOtherCase(name, type, api) : IsName(name) && (type.Open || (IsUserField(name) && Array.Exists(type.FieldArray, static f => IsUserField(f.Name))));

    // Where one custom field of a record is listed, its portal may have others.
    private static bool IsUserField(string name) => name.StartsWith("UF_", StringComparison.Ordinal);

    /// <summary>Whether a field of a type that nobody has described is named in upper case where names are in camelCase.</summary>
    public static bool IsInOtherCase(string name, TypeDescriptor type, ApiDescriptor api) =>
        api.CamelCaseFields && type.Undescribed && IsUpperCase(name) && !IsName(name);

    /// <summary>The name in camelCase: <c>lastName</c> of <c>LAST_NAME</c>.</summary>
    public static string CamelCase(string name)
    {
        var camel = new System.Text.StringBuilder(name.Length);
        var starts = false;
        foreach (var c in name)
        {
            if (c == '_')
                starts = camel.Length > 0;
            else
                camel.Append(starts ? c : char.ToLowerInvariant(c));
            starts &= c == '_';
        }

        return camel.ToString();
    }

    private static bool IsUpperCase(string name)
    {
        var letters = false;
        foreach (var c in name)
        {
            if (c is not ((>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'))
                return false;
            letters |= char.IsLetter(c);
        }

        return letters;
    }

    /// <summary>Whether the name is one of a custom field, a parent or a property: <c>UF_CRM_1</c>, <c>ufCrm1</c>, <c>parentId128</c>.</summary>
    public static bool IsName(string name)
    {
        if (name.Length > 3 && name.StartsWith("UF_", StringComparison.Ordinal))
            return true;
        if (name.Length > 2 && name.StartsWith("uf", StringComparison.Ordinal) && char.IsUpper(name[2]))
            return true;
        foreach (var prefix in Numbered)
        {
            if (name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal) && char.IsDigit(name[prefix.Length]))
                return true;
        }

        return false;
    }
}
