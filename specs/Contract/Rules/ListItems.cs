#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>The items of a list: an array, or, as PHP reads one, an object with the keys 0, 1, 2 … or, what an array of PHP may have left, with gaps.</summary>
internal static class ListItems
{
    /// <summary>Adds the items; false, and nothing added, where the value is no list.</summary>
    /// <param name="to">Takes them.</param>
    /// <param name="value">The value.</param>
    /// <param name="gaps">Any whole numbers may be the keys.</param>
    public static bool TryAdd<TValue>(ValueStack<TValue> to, TValue value, bool gaps = false)
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
            if (!(gaps ? IsNumber(to[i].Name) : IsNumber(to[i].Name, i - first)))
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
    /// <param name="gaps">Any whole numbers may be the keys.</param>
    public static bool Is<TValue>(ValueStack<TValue> buffer, TValue value, bool gaps = false)
        where TValue : struct, IRuleValue<TValue>
    {
        if (value.Form == ValueForm.List)
            return true;
        var first = buffer.Count;
        if (!TryAdd(buffer, value, gaps))
            return false;
        buffer.TrimTo(first);
        return true;
    }

    /// <summary>Whether a name is that of a numbered member.</summary>
    public static bool IsNumber(string name, int number) =>
        name.Length > 0 && name[0] is >= '0' and <= '9' && string.Equals(name, Notation.Invariant(number), StringComparison.Ordinal);

    private static bool IsNumber(string name)
    {
        foreach (var c in name)
        {
            if (c is < '0' or > '9')
                return false;
        }

        return name.Length > 0;
    }
}
