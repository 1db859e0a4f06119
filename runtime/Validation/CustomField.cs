using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Names of fields that a portal adds to a type of its own.</summary>
internal static class CustomField
{
    private static readonly string[] s_numbered = ["PARENT_ID_", "parentId", "PROPERTY_", "property"];

    /// <summary>Whether a name that the type does not list may stand beside those that it does.</summary>
    public static bool MayStand(string name, TypeDescriptor type) => type.Open && (type.Undescribed || IsName(name));

    /// <summary>Whether the name is one of a custom field, a parent or a property: <c>UF_CRM_1</c>, <c>ufCrm1</c>, <c>parentId128</c>.</summary>
    public static bool IsName(string name) =>
        (name.Length > 3 && name.StartsWith("UF_", StringComparison.Ordinal))
        || (name.Length > 2 && name.StartsWith("uf", StringComparison.Ordinal) && char.IsUpper(name[2]))
        || Array.Exists(s_numbered, prefix => name.Length > prefix.Length
            && name.StartsWith(prefix, StringComparison.Ordinal)
            && char.IsDigit(name[prefix.Length]));
}
