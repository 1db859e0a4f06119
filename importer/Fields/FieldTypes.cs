using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Fields;

/// <summary>The types that portals say their fields have.</summary>
internal static class FieldTypes
{
    /// <summary>The type that a word means; null: it is not known.</summary>
    public static TypeRef? Of(string word)
    {
        var name = word.ToLowerInvariant();
        if (name.EndsWith("[]", StringComparison.Ordinal))
            return Of(name[..^2]) is { } item ? new(TypeKind.Array, Element: item) : null;
        return name switch
        {
            "char" => new(TypeKind.YesNo),
            // "1500.50|RUB": amount and currency.
            "money" => TypeRef.String,
            // The number of one of the values.
            "enumeration" => new(TypeKind.Int),
            "user" or "employee" or "iblock_element" or "iblock_section" or "hlblock" or "resourcebooking" or "disk_file"
                or "crm_company" or "crm_contact" or "crm_lead" or "crm_deal" or "crm_quote" or "crm_category" or "lead" or "deal" => new(TypeKind.Int),
            "crm" or "crm_status" or "crm_currency" or "crm_entity" or "address" or "url" or "phone" or "link" or "user_type" or "string_formatted" => TypeRef.String,
            _ => TypeSpelling.Basic(name) switch
            {
                ScalarShape scalar => new(scalar.Kind),
                ListShape => new(TypeKind.Array, Element: TypeRef.Json),
                _ => name is "object" or "any" or "mixed" or "json" ? TypeRef.Json : null,
            },
        };
    }
}
