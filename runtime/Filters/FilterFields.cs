#pragma warning disable CS0660, CS0661 // The operators make conditions; the fields are not compared themselves.

namespace Bitrix24;

/// <summary>A number in a filter.</summary>
/// <typeparam name="T">Its type.</typeparam>
/// <param name="name">Its name on the wire.</param>
public readonly struct NumberField<T>(string name) : INumberField
    where T : struct, IFormattable
{
    string INumberField.Name => name;

    /// <summary>Equal.</summary>
    public static Filter operator ==(NumberField<T> field, T? value) => field.Make("=", value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(NumberField<T> field, T? value) => field.Make("!=", value);

    /// <summary>Greater.</summary>
    public static Filter operator >(NumberField<T> field, T value) => field.Make(">", value);

    /// <summary>Less.</summary>
    public static Filter operator <(NumberField<T> field, T value) => field.Make("<", value);

    /// <summary>Greater or equal.</summary>
    public static Filter operator >=(NumberField<T> field, T value) => field.Make(">=", value);

    /// <summary>Less or equal.</summary>
    public static Filter operator <=(NumberField<T> field, T value) => field.Make("<=", value);

    /// <summary>One of the values.</summary>
    public Filter In(params T[] values) => Filter.Of("@", name, FilterValues.Of(values));

    /// <summary>None of the values.</summary>
    public Filter NotIn(params T[] values) => Filter.Of("!@", name, FilterValues.Of(values));

    private Filter Make(string op, T? value) => Filter.Of(op, name, value);
}

/// <summary>Text in a filter.</summary>
/// <param name="name">Its name on the wire.</param>
public readonly struct TextField(string name)
{
    /// <summary>Equal.</summary>
    public static Filter operator ==(TextField field, string? value) => field.Make("=", value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(TextField field, string? value) => field.Make("!=", value);

    /// <summary>Matches a pattern in which <c>%</c> is any text.</summary>
    public Filter Like(string pattern) => Make("=%", pattern);

    /// <summary>Does not match a pattern in which <c>%</c> is any text.</summary>
    public Filter NotLike(string pattern) => Make("!=%", pattern);

    /// <summary>Contains the text.</summary>
    public Filter Contains(string text) => Make("%", text);

    /// <summary>Does not contain the text.</summary>
    public Filter NotContains(string text) => Make("!%", text);

    /// <summary>One of the values.</summary>
    public Filter In(params string[] values) => Filter.Of("@", name, FilterValues.Of(values));

    /// <summary>None of the values.</summary>
    public Filter NotIn(params string[] values) => Filter.Of("!@", name, FilterValues.Of(values));

    private Filter Make(string op, string? value) => Filter.Of(op, name, value);
}

/// <summary>Text in a filter of an API without patterns.</summary>
/// <param name="name">Its name on the wire.</param>
public readonly struct PlainTextField(string name)
{
    /// <summary>Equal.</summary>
    public static Filter operator ==(PlainTextField field, string? value) => field.Make("=", value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(PlainTextField field, string? value) => field.Make("!=", value);

    /// <summary>Contains the text.</summary>
    public Filter Contains(string text) => Make("%", text);

    /// <summary>One of the values.</summary>
    public Filter In(params string[] values) => Filter.Of("@", name, FilterValues.Of(values));

    /// <summary>None of the values.</summary>
    public Filter NotIn(params string[] values) => Filter.Of("!@", name, FilterValues.Of(values));

    private Filter Make(string op, string? value) => Filter.Of(op, name, value);
}

/// <summary>A date or moment in a filter.</summary>
/// <param name="name">Its name on the wire.</param>
public readonly struct DateField(string name)
{
    /// <summary>Equal.</summary>
    public static Filter operator ==(DateField field, DateTimeOffset? value) => field.Make("=", value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(DateField field, DateTimeOffset? value) => field.Make("!=", value);

    /// <summary>Later.</summary>
    public static Filter operator >(DateField field, DateTimeOffset value) => field.Make(">", value);

    /// <summary>Earlier.</summary>
    public static Filter operator <(DateField field, DateTimeOffset value) => field.Make("<", value);

    /// <summary>Then or later.</summary>
    public static Filter operator >=(DateField field, DateTimeOffset value) => field.Make(">=", value);

    /// <summary>Then or earlier.</summary>
    public static Filter operator <=(DateField field, DateTimeOffset value) => field.Make("<=", value);

    /// <summary>On that day.</summary>
    public static Filter operator ==(DateField field, DateOnly value) => field.Make("=", value);

    /// <summary>Not on that day.</summary>
    public static Filter operator !=(DateField field, DateOnly value) => field.Make("!=", value);

    /// <summary>After that day's beginning.</summary>
    public static Filter operator >(DateField field, DateOnly value) => field.Make(">", value);

    /// <summary>Before that day.</summary>
    public static Filter operator <(DateField field, DateOnly value) => field.Make("<", value);

    /// <summary>On that day or later.</summary>
    public static Filter operator >=(DateField field, DateOnly value) => field.Make(">=", value);

    /// <summary>Before that day's beginning, or at it.</summary>
    public static Filter operator <=(DateField field, DateOnly value) => field.Make("<=", value);

    private Filter Make(string op, object? value) => Filter.Of(op, name, value);
}

/// <summary>A boolean in a filter.</summary>
/// <param name="name">Its name on the wire.</param>
public readonly struct BoolField(string name)
{
    /// <summary>Equal.</summary>
    public static Filter operator ==(BoolField field, bool? value) => field.Make("=", value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(BoolField field, bool? value) => field.Make("!=", value);

    private Filter Make(string op, bool? value) => Filter.Of(op, name, value);
}

/// <summary>A value of an open enumeration in a filter.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
/// <param name="name">Its name on the wire.</param>
public readonly struct EnumField<T>(string name)
    where T : struct, IBitrix24Enum<T>
{
    /// <summary>Equal.</summary>
    public static Filter operator ==(EnumField<T> field, T? value) => field.Make("=", value?.Value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(EnumField<T> field, T? value) => field.Make("!=", value?.Value);

    /// <summary>One of the values.</summary>
    public Filter In(params T[] values) => Make("@", FilterValues.Of(values.Select(static v => v.Value)));

    /// <summary>None of the values.</summary>
    public Filter NotIn(params T[] values) => Make("!@", FilterValues.Of(values.Select(static v => v.Value)));

    private Filter Make(string op, object? value) => Filter.Of(op, name, value);
}

/// <summary>A scalar of one of several kinds in a filter.</summary>
/// <param name="name">Its name on the wire.</param>
public readonly struct ValueField(string name)
{
    /// <summary>Equal.</summary>
    public static Filter operator ==(ValueField field, Bitrix24Value value) => field.Make("=", value);

    /// <summary>Not equal.</summary>
    public static Filter operator !=(ValueField field, Bitrix24Value value) => field.Make("!=", value);

    /// <summary>Greater.</summary>
    public static Filter operator >(ValueField field, Bitrix24Value value) => field.Make(">", value);

    /// <summary>Less.</summary>
    public static Filter operator <(ValueField field, Bitrix24Value value) => field.Make("<", value);

    /// <summary>Greater or equal.</summary>
    public static Filter operator >=(ValueField field, Bitrix24Value value) => field.Make(">=", value);

    /// <summary>Less or equal.</summary>
    public static Filter operator <=(ValueField field, Bitrix24Value value) => field.Make("<=", value);

    /// <summary>One of the values.</summary>
    public Filter In(params Bitrix24Value[] values) => Make("@", FilterValues.Of(values));

    /// <summary>None of the values.</summary>
    public Filter NotIn(params Bitrix24Value[] values) => Make("!@", FilterValues.Of(values));

    private Filter Make(string op, object? value) => Filter.Of(op, name, value);
}

internal static class FilterValues
{
    public static object?[] Of<T>(IEnumerable<T> values) => values.Select(static v => (object?)v).ToArray();
}
