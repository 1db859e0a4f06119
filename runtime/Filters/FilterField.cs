#pragma warning disable CS0660, CS0661 // The operators make conditions; the fields are not compared themselves.

namespace Bitrix24;

/// <summary>A field in a filter.</summary>
/// <typeparam name="T">What it is compared with.</typeparam>
public abstract class FilterField<T>
{
    private protected FilterField(string name) => Name = name;

    private protected string Name { get; }

    /// <summary>Equal.</summary>
    public static Filter operator ==(FilterField<T> field, T value) => field.Make("=", field.ToWire(value));

    /// <summary>Not equal.</summary>
    public static Filter operator !=(FilterField<T> field, T value) => field.Make("!=", field.ToWire(value));

    private protected Filter Make(string op, object? value) => Filter.Of(op, Name, value);

    private protected Filter MakeList<TItem>(string op, IEnumerable<TItem> values) => Filter.Of(op, Name, values.Select(static v => (object?)v).ToArray());

    // What is written for a value.
    private protected virtual object? ToWire(T value) => value;
}

/// <summary>A field in a filter whose values have an order.</summary>
/// <typeparam name="T">What it is compared with.</typeparam>
/// <typeparam name="TEqual">The same, or null.</typeparam>
public abstract class OrderedField<T, TEqual> : FilterField<TEqual>
{
    private protected OrderedField(string name)
        : base(name)
    {
    }

    /// <summary>Greater.</summary>
    public static Filter operator >(OrderedField<T, TEqual> field, T value) => field.Make(">", value);

    /// <summary>Less.</summary>
    public static Filter operator <(OrderedField<T, TEqual> field, T value) => field.Make("<", value);

    /// <summary>Greater or equal.</summary>
    public static Filter operator >=(OrderedField<T, TEqual> field, T value) => field.Make(">=", value);

    /// <summary>Less or equal.</summary>
    public static Filter operator <=(OrderedField<T, TEqual> field, T value) => field.Make("<=", value);
}

/// <summary>A date or moment in a filter; compared with a date, it is compared with the beginning of that day.</summary>
public abstract class MomentField : OrderedField<DateTimeOffset, DateTimeOffset?>
{
    private protected MomentField(string name)
        : base(name)
    {
    }

    /// <summary>On that day.</summary>
    public static Filter operator ==(MomentField field, DateOnly value) => field.Make("=", value);

    /// <summary>Not on that day.</summary>
    public static Filter operator !=(MomentField field, DateOnly value) => field.Make("!=", value);

    /// <summary>After the beginning of that day.</summary>
    public static Filter operator >(MomentField field, DateOnly value) => field.Make(">", value);

    /// <summary>Before that day.</summary>
    public static Filter operator <(MomentField field, DateOnly value) => field.Make("<", value);

    /// <summary>On that day or later.</summary>
    public static Filter operator >=(MomentField field, DateOnly value) => field.Make(">=", value);

    /// <summary>At the beginning of that day or earlier.</summary>
    public static Filter operator <=(MomentField field, DateOnly value) => field.Make("<=", value);
}
