using System.Text;

namespace Bitrix24.Infrastructure;

/// <content>Fields by their names as JSON text has them.</content>
public sealed partial class TypeDescriptor
{
    /// <summary>The index of a field by its name on the wire, or -1.</summary>
    /// <param name="name">The name as the server spells it.</param>
    /// <param name="from">Where to look first; servers answer fields in the order of the type.</param>
    public int IndexOf(ReadOnlySpan<byte> name, int from = 0)
    {
        var all = FieldArray;
        for (var i = from; i < all.Length; i++)
        {
            if (name.SequenceEqual(all[i].Utf8Name))
                return i;
        }

        for (var i = Math.Min(from, all.Length) - 1; i >= 0; i--)
        {
            if (name.SequenceEqual(all[i].Utf8Name))
                return i;
        }

        return -1;
    }

    /// <summary>The index of a field by its name in any case, underscores left out, or -1.</summary>
    internal int IndexOfAnyCase(ReadOnlySpan<byte> name)
    {
        var all = FieldArray;
        for (var i = 0; i < all.Length; i++)
        {
            if (IsAlike(name, all[i].Utf8Name))
                return i;
        }

        return -1;
    }

    private static bool IsAlike(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        while (true)
        {
            left = left.TrimStart((byte)'_');
            right = right.TrimStart((byte)'_');
            if (left.IsEmpty || right.IsEmpty)
                return left.IsEmpty && right.IsEmpty;
            if (!Ascii.EqualsIgnoreCase(left[..1], right[..1]))
                return false;
            left = left[1..];
            right = right[1..];
        }
    }
}
