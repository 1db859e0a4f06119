namespace Bitrix24;

/// <summary>A number in a filter of REST 3.0.</summary>
/// <typeparam name="T">Its type.</typeparam>
/// <param name="name">Its name on the wire.</param>
public sealed class V3NumberField<T>(string name) : OrderedField<T, T?>(name)
    where T : struct, IFormattable
{
    /// <summary>From one value to the other, both included.</summary>
    public Filter Between(T from, T to) => MakeList("><", [from, to]);

    /// <summary>One of the values.</summary>
    public Filter In(params T[] values) => MakeList("@", values);
}

/// <summary>Text in a filter of REST 3.0.</summary>
/// <param name="name">Its name on the wire.</param>
public sealed class V3TextField(string name) : FilterField<string?>(name)
{
    /// <summary>One of the values.</summary>
    public Filter In(params string[] values) => MakeList<string>("@", values);
}

/// <summary>A date or moment in a filter of REST 3.0.</summary>
/// <param name="name">Its name on the wire.</param>
public sealed class V3DateField(string name) : MomentField(name)
{
    /// <summary>From one value to the other, both included.</summary>
    public Filter Between(DateTimeOffset from, DateTimeOffset to) => MakeList<DateTimeOffset>("><", [from, to]);

    /// <summary>From one value to the other, both included.</summary>
    public Filter Between(DateOnly from, DateOnly to) => MakeList<DateOnly>("><", [from, to]);
}

/// <summary>A value of an open enumeration in a filter of REST 3.0.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
/// <param name="name">Its name on the wire.</param>
public sealed class V3EnumField<T>(string name) : FilterField<T?>(name)
    where T : struct, IBitrix24Enum<T>
{
    /// <summary>One of the values.</summary>
    public Filter In(params T[] values) => MakeList("@", values.Select(static v => v.Value));

    private protected override object? ToWire(T? value) => value?.Value;
}

/// <summary>A scalar of one of several kinds in a filter of REST 3.0.</summary>
/// <param name="name">Its name on the wire.</param>
public sealed class V3ValueField(string name) : OrderedField<Bitrix24Value, Bitrix24Value>(name)
{
    /// <summary>From one value to the other, both included.</summary>
    public Filter Between(Bitrix24Value from, Bitrix24Value to) => MakeList<Bitrix24Value>("><", [from, to]);

    /// <summary>One of the values.</summary>
    public Filter In(params Bitrix24Value[] values) => MakeList("@", values);
}
