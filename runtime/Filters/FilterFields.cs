namespace Bitrix24;

/// <summary>A number in a filter.</summary>
/// <typeparam name="T">Its type.</typeparam>
/// <param name="name">Its name on the wire.</param>
public sealed class NumberField<T>(string name) : OrderedField<T, T?>(name), INumberField
    where T : struct, IFormattable
{
    string INumberField.Name => Name;

    /// <summary>One of the values.</summary>
    public Filter In(params T[] values) => MakeList("@", values);

    /// <summary>None of the values.</summary>
    public Filter NotIn(params T[] values) => MakeList("!@", values);
}

/// <summary>Text in a filter.</summary>
/// <param name="name">Its name on the wire.</param>
public sealed class TextField(string name) : FilterField<string?>(name)
{
    /// <summary>Matches a pattern in which <c>%</c> is any text.</summary>
    public Filter Like(string pattern) => Make("=%", pattern);

    /// <summary>Does not match a pattern in which <c>%</c> is any text.</summary>
    public Filter NotLike(string pattern) => Make("!=%", pattern);

    /// <summary>Contains the text.</summary>
    public Filter Contains(string text) => Make("%", text);

    /// <summary>Does not contain the text.</summary>
    public Filter NotContains(string text) => Make("!%", text);

    /// <summary>One of the values.</summary>
    public Filter In(params string[] values) => MakeList<string>("@", values);

    /// <summary>None of the values.</summary>
    public Filter NotIn(params string[] values) => MakeList<string>("!@", values);
}

/// <summary>Text in a filter of an API without patterns.</summary>
/// <param name="name">Its name on the wire.</param>
public sealed class PlainTextField(string name) : FilterField<string?>(name)
{
    /// <summary>Contains the text.</summary>
    public Filter Contains(string text) => Make("%", text);

    /// <summary>One of the values.</summary>
    public Filter In(params string[] values) => MakeList<string>("@", values);

    /// <summary>None of the values.</summary>
    public Filter NotIn(params string[] values) => MakeList<string>("!@", values);
}

/// <summary>A date or moment in a filter.</summary>
/// <param name="name">Its name on the wire.</param>
public sealed class DateField(string name) : MomentField(name);

/// <summary>A boolean in a filter.</summary>
/// <param name="name">Its name on the wire.</param>
public sealed class BoolField(string name) : FilterField<bool?>(name)
{
    /// <summary>It is true.</summary>
    public static implicit operator Filter(BoolField field) => field == true;

    /// <summary>It is false.</summary>
    public static Filter operator !(BoolField field) => field == false;

    /// <summary>Both are true.</summary>
    public static Filter operator &(BoolField left, BoolField right) => (Filter)left & right;
}

/// <summary>A value of an open enumeration in a filter.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
/// <param name="name">Its name on the wire.</param>
public sealed class EnumField<T>(string name) : FilterField<T?>(name)
    where T : struct, IBitrix24Enum<T>
{
    /// <summary>One of the values.</summary>
    public Filter In(params T[] values) => MakeList("@", values.Select(static v => v.Value));

    /// <summary>None of the values.</summary>
    public Filter NotIn(params T[] values) => MakeList("!@", values.Select(static v => v.Value));

    private protected override object? ToWire(T? value) => value?.Value;
}

/// <summary>A scalar of one of several kinds in a filter.</summary>
/// <param name="name">Its name on the wire.</param>
public sealed class ValueField(string name) : OrderedField<Bitrix24Value, Bitrix24Value>(name)
{
    /// <summary>One of the values.</summary>
    public Filter In(params Bitrix24Value[] values) => MakeList("@", values);

    /// <summary>None of the values.</summary>
    public Filter NotIn(params Bitrix24Value[] values) => MakeList("!@", values);
}
