using System.Globalization;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Where the judge stands: a field or parameter, or an item of a list field, and what is around it.</summary>
/// <param name="Field">The field; of an item, the list field.</param>
/// <param name="Owner">The type that the field belongs to; null for a parameter.</param>
/// <param name="Around">The field whose value holds this one; null for a parameter.</param>
/// <param name="Step">From the path of the parent to here.</param>
/// <param name="Parent">Where the path goes on; null at the top.</param>
/// <param name="IsItem">The place is an item of the list.</param>
internal sealed record Place(
    FieldDescriptor Field,
    TypeDescriptor? Owner,
    Place? Around,
    string Step,
    Place? Parent,
    bool IsItem = false)
{
    public string Path => Parent is null ? Step
        : Step.StartsWith('[') ? Parent.Path + Step
        : Join(Parent.Path, Step);

    public Place Item(int index) => this with { Step = $"[{Invariant(index)}]", Parent = this, IsItem = true };

    public Place Entry(string key) => this with { Step = key, Parent = this, IsItem = true };

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    public static string Invariant(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The form of a value: a field's own, or that of the elements of its list or map.</summary>
/// <param name="Field">Says the form.</param>
/// <param name="Inner">What the list or map holds, not the list or map itself.</param>
internal readonly record struct Shape(FieldDescriptor Field, bool Inner = false)
{
    public bool IsList => !Inner && Field.Has(FieldFlags.List);

    public bool IsMap => !Inner && Field.Has(FieldFlags.Map);

    public bool TakesOne => !Inner && Field.Has(FieldFlags.OneOrMany);

    public Shape Element => Field.Element is { } element ? new(element) : new(Field, Inner: true);

    /// <summary>The type expression as a spec file writes it.</summary>
    public override string ToString() =>
        IsList ? TakesOne ? $"{Element}|{Element}[]" : $"{Element}[]"
        : IsMap ? $"map<{Element}>"
        : Name(Field.Kind, Field);

    /// <summary>The type in the server's words.</summary>
    public string ServerType => TakesOne ? $"{Element.ServerType}|array" : IsList || IsMap ? "array" : ServerName(Field.Kind, Field);

    private static string Name(ValueKind kind, FieldDescriptor field) => kind switch
    {
        ValueKind.Object => "object",
        ValueKind.YesNo => "yn",
        ValueKind.Union => string.Join('|', (field.Rules?.Kinds ?? []).Select(k => Name(k, field))),
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string ServerName(ValueKind kind, FieldDescriptor field) => kind switch
    {
        ValueKind.Int or ValueKind.Long => "integer",
        ValueKind.Double or ValueKind.Decimal => "double",
        ValueKind.Bool => "boolean",
        ValueKind.Object => "array",
        ValueKind.YesNo => "char",
        ValueKind.Union => string.Join('|', (field.Rules?.Kinds ?? []).Select(k => ServerName(k, field))),
        _ => kind.ToString().ToLowerInvariant(),
    };
}
