using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Model;

/// <summary>Which fields stand in which view.</summary>
internal static class FieldViews
{
    public static bool IsInCreate(this FieldSpec field) => !field.ReadOnly;

    /// <summary>A field that another method writes has no place in an update.</summary>
    public static bool IsInUpdate(this FieldSpec field) => field is { ReadOnly: false, Immutable: false, Use: null };
}
