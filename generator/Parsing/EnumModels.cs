using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Makes the models of open enumerations.</summary>
internal static class EnumModels
{
    /// <summary>The constants of a number's values; null: the field is no number, or the meaning of one of its values is not known.</summary>
    public static EnumModel? OfNumbers(string name, string owner, FieldSpec field, ValueModel value, ProfileSpec profile)
    {
        if (value is not { Shape: ValueShape.Scalar, Scalar: TypeKind.Int or TypeKind.Long })
            return null;
        var model = Of(name, owner, field, profile) with { Number = value.Scalar == TypeKind.Int ? "int" : "long" };
        return model.Meanings.All(static m => m.Length > 0) ? model : null;
    }

    /// <summary>The enumeration of a field's values.</summary>
    /// <param name="name">Its name in C#.</param>
    /// <param name="owner">The stem of the type or method that has the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="profile">The profile of the API.</param>
    public static EnumModel Of(string name, string owner, FieldSpec field, ProfileSpec profile)
    {
        var values = field.Enum.Distinct(StringComparer.Ordinal).ToEquatableArray();
        return new EnumModel(
            name,
            values,
            CSharpNames.Constants(field with { Enum = values }, owner, name, profile),
            values.Select(v => CSharpNames.LabelOf(field, v) ?? Glossary.OfValue(owner, field.Name, v) ?? "").ToEquatableArray());
    }
}
