#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>The items of a list: an array, or, as PHP reads one, an object with the keys 0, 1, 2 …</summary>
internal static class ListItems
{
    /// <summary>Adds the items; false, and nothing added, where the value is no list.</summary>
    public static bool TryAdd<TValue>(ValueStack<TValue> to, TValue value)
        where TValue : struct, IRuleValue<TValue>
    {
        if (value.Form == ValueForm.List)
        {
            value.AddItems(to);
            return true;
        }

        if (value.Form != ValueForm.Object)
            return false;
        var first = to.Count;
        value.AddMembers(to);
        for (var i = first; i < to.Count; i++)
        {
            if (!IsNumber(to[i].Name, i - first))
            {
                to.TrimTo(first);
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the value is a list.</summary>
    /// <param name="buffer">Is left as it was.</param>
    /// <param name="value">The value.</param>
    public static bool Is<TValue>(ValueStack<TValue> buffer, TValue value)
        where TValue : struct, IRuleValue<TValue>
    {
        if (value.Form == ValueForm.List)
            return true;
        var first = buffer.Count;
        if (!TryAdd(buffer, value))
            return false;
        buffer.TrimTo(first);
        return true;
    }

    /// <summary>Whether a name is that of a numbered member.</summary>
    public static bool IsNumber(string name, int number) =>
        name.Length > 0 && name[0] is >= '0' and <= '9' && string.Equals(name, Notation.Invariant(number), StringComparison.Ordinal);
}
