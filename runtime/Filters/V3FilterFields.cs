#pragma warning disable CS0660, CS0661 // The operators make conditions; the fields are not compared themselves.

namespace Bitrix24;

/// <summary>A number in a filter of REST 3.0.</summary>
/// <typeparam name="T">Its type.</typeparam>
/// <param name="name">Its name on the wire.</param>
public readonly struct V3NumberField<T>(string name)
    where T : struct, IFormattable
{
    /// <summary>Equal.</summary>
    public static Filter operator ==(V3NumberField<T> field, T? value) => field.Make("=", value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(V3NumberField<T> field, T? value) => field.Make("!=", value);

    /// <summary>Greater.</summary>
    public static Filter operator >(V3NumberField<T> field, T value) => field.Make(">", value);

    /// <summary>Less.</summary>
    public static Filter operator <(V3NumberField<T> field, T value) => field.Make("<", value);

    /// <summary>Greater or equal.</summary>
    public static Filter operator >=(V3NumberField<T> field, T value) => field.Make(">=", value);

    /// <summary>Less or equal.</summary>
    public static Filter operator <=(V3NumberField<T> field, T value) => field.Make("<=", value);

    /// <summary>From one value to the other, both included.</summary>
    public Filter Between(T from, T to) => Make("><", new object?[] { from, to });

    /// <summary>One of the values.</summary>
    public Filter In(params T[] values) => Make("@", FilterValues.Of(values));

    private Filter Make(string op, object? value) => Filter.Of(op, name, value);
}

/// <summary>Text in a filter of REST 3.0.</summary>
/// <param name="name">Its name on the wire.</param>
public readonly struct V3TextField(string name)
{
    /// <summary>Equal.</summary>
    public static Filter operator ==(V3TextField field, string? value) => field.Make("=", value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(V3TextField field, string? value) => field.Make("!=", value);

    /// <summary>One of the values.</summary>
    public Filter In(params string[] values) => Make("@", FilterValues.Of(values));

    private Filter Make(string op, object? value) => Filter.Of(op, name, value);
}

/// <summary>A date or moment in a filter of REST 3.0.</summary>
/// <param name="name">Its name on the wire.</param>
public readonly struct V3DateField(string name)
{
    /// <summary>Equal.</summary>
    public static Filter operator ==(V3DateField field, DateTimeOffset? value) => field.Make("=", value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(V3DateField field, DateTimeOffset? value) => field.Make("!=", value);

    /// <summary>Greater.</summary>
    public static Filter operator >(V3DateField field, DateTimeOffset value) => field.Make(">", value);

    /// <summary>Less.</summary>
    public static Filter operator <(V3DateField field, DateTimeOffset value) => field.Make("<", value);

    /// <summary>Greater or equal.</summary>
    public static Filter operator >=(V3DateField field, DateTimeOffset value) => field.Make(">=", value);

    /// <summary>Less or equal.</summary>
    public static Filter operator <=(V3DateField field, DateTimeOffset value) => field.Make("<=", value);

    /// <summary>Equal.</summary>
    public static Filter operator ==(V3DateField field, DateOnly value) => field.Make("=", value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(V3DateField field, DateOnly value) => field.Make("!=", value);

    /// <summary>Greater.</summary>
    public static Filter operator >(V3DateField field, DateOnly value) => field.Make(">", value);

    /// <summary>Less.</summary>
    public static Filter operator <(V3DateField field, DateOnly value) => field.Make("<", value);

    /// <summary>Greater or equal.</summary>
    public static Filter operator >=(V3DateField field, DateOnly value) => field.Make(">=", value);

    /// <summary>Less or equal.</summary>
    public static Filter operator <=(V3DateField field, DateOnly value) => field.Make("<=", value);

    /// <summary>From one value to the other, both included.</summary>
    public Filter Between(DateTimeOffset from, DateTimeOffset to) => Make("><", new object?[] { from, to });

    /// <summary>From one value to the other, both included.</summary>
    public Filter Between(DateOnly from, DateOnly to) => Make("><", new object?[] { from, to });

    private Filter Make(string op, object? value) => Filter.Of(op, name, value);
}

/// <summary>A value of an open enumeration in a filter of REST 3.0.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
/// <param name="name">Its name on the wire.</param>
public readonly struct V3EnumField<T>(string name)
    where T : struct, IBitrix24Enum<T>
{
    /// <summary>Equal.</summary>
    public static Filter operator ==(V3EnumField<T> field, T? value) => field.Make("=", value?.Value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(V3EnumField<T> field, T? value) => field.Make("!=", value?.Value);

    /// <summary>One of the values.</summary>
    public Filter In(params T[] values) => Make("@", FilterValues.Of(values.Select(static v => v.Value)));

    private Filter Make(string op, object? value) => Filter.Of(op, name, value);
}

/// <summary>A scalar of one of several kinds in a filter of REST 3.0.</summary>
/// <param name="name">Its name on the wire.</param>
public readonly struct V3ValueField(string name)
{
    /// <summary>Equal.</summary>
    public static Filter operator ==(V3ValueField field, Bitrix24Value value) => field.Make("=", value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(V3ValueField field, Bitrix24Value value) => field.Make("!=", value);

    /// <summary>Greater.</summary>
    public static Filter operator >(V3ValueField field, Bitrix24Value value) => field.Make(">", value);

    /// <summary>Less.</summary>
    public static Filter operator <(V3ValueField field, Bitrix24Value value) => field.Make("<", value);

    /// <summary>Greater or equal.</summary>
    public static Filter operator >=(V3ValueField field, Bitrix24Value value) => field.Make(">=", value);

    /// <summary>Less or equal.</summary>
    public static Filter operator <=(V3ValueField field, Bitrix24Value value) => field.Make("<=", value);

    /// <summary>From one value to the other, both included.</summary>
    public Filter Between(Bitrix24Value from, Bitrix24Value to) => Make("><", new object?[] { from, to });

    /// <summary>One of the values.</summary>
    public Filter In(params Bitrix24Value[] values) => Make("@", FilterValues.Of(values));

    private Filter Make(string op, object? value) => Filter.Of(op, name, value);
}
