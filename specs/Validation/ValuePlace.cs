namespace Bitrix24.Gen.Specs;

/// <summary>Where the judge stands: a field or parameter, or an item of a list field, and what is around it.</summary>
/// <param name="Field">The field; of an item, the list field.</param>
/// <param name="Owner">The type that the field belongs to; null for a parameter.</param>
/// <param name="Path">The way here.</param>
/// <param name="Around">The field whose value holds this one; null for a parameter.</param>
/// <param name="IsItem">The place is an item of the list.</param>
internal sealed record ValuePlace(FieldSpec Field, TypeSpec? Owner, string Path, ValuePlace? Around, bool IsItem = false)
{
    public ValuePlace Item(int index) => this with { Path = $"{Path}[{Invariant(index)}]", IsItem = true };

    public ValuePlace Entry(string key) => this with { Path = Join(Path, key), IsItem = true };

    public static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

    public static string Invariant(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
