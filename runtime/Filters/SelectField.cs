namespace Bitrix24;

/// <summary>A field to answer.</summary>
/// <param name="Name">Its name on the wire.</param>
public readonly record struct SelectField(string Name);

/// <summary>A field to sort by.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="IsDescending">The greatest first.</param>
public readonly record struct OrderField(string Name, bool IsDescending = false)
{
    /// <summary>The same field, the greatest first.</summary>
    public OrderField Descending => this with { IsDescending = true };
}
