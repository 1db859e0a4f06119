namespace Bitrix24.Gen.Specs;

/// <summary>Names of fields that a portal adds to a type of its own.</summary>
internal static class CustomField
{
    private static readonly string[] Prefixes = ["UF_", "PARENT_ID_", "parentId", "PROPERTY_", "property"];

    /// <summary>Whether a name that the type does not list may stand beside those that it does.</summary>
    public static bool MayStand(string name, TypeSpec? type) => type is { Open: true } && (type.Undescribed || IsName(name));

    /// <summary>Whether the name is one of a custom field, a parent or a property: <c>UF_CRM_1</c>, <c>ufCrm1</c>, <c>parentId128</c>.</summary>
    public static bool IsName(string name)
    {
        if (name.Length > 2 && name[0] == 'u' && name[1] == 'f' && char.IsUpper(name[2]))
            return true;
        foreach (var prefix in Prefixes)
        {
            if (name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal)
                && (prefix == "UF_" || char.IsDigit(name[prefix.Length])))
            {
                return true;
            }
        }

        return false;
    }
}
