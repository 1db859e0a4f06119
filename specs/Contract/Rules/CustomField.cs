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
    public static bool MayStand(string name, TypeDescriptor type) => type.Undescribed || (type.Open && IsName(name));

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
