namespace Bitrix24;

/// <summary>A field to answer.</summary>
/// <param name="Name">Its name on the wire.</param>
public readonly record struct SelectField(string Name)
{
    /// <summary>The same field to sort by, the greatest first.</summary>
    public OrderField Descending => new(Name, IsDescending: true);

    /// <summary>The same field to sort by: where both name the same fields, one type lists them.</summary>
    public static implicit operator OrderField(SelectField field) => new(field.Name);
}

/// <summary>A field to sort by.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="IsDescending">The greatest first.</param>
public readonly record struct OrderField(string Name, bool IsDescending = false)
{
    /// <summary>The same field, the greatest first.</summary>
    public OrderField Descending => this with { IsDescending = true };
}

/// <summary>Of a list method without a filter, select or order.</summary>
public readonly struct NoFields;
