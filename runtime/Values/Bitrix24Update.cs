using System.Numerics;

namespace Bitrix24;

/// <summary>Changes to a record: only what was assigned is sent, and null where null was assigned.</summary>
public abstract class Bitrix24Update : Bitrix24Input
{
    private ulong _first;
    private ulong[]? _more;

    /// <summary>Assigns a property and records that it was.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="index">Its index in the descriptor.</param>
    /// <param name="field">The backing field.</param>
    /// <param name="value">The value.</param>
    protected void Assign<T>(int index, ref T field, T value)
    {
        field = value;
        if (index < 64)
        {
            _first |= 1UL << index;
            return;
        }

        var word = (index / 64) - 1;
        if (_more is null || _more.Length <= word)
            Array.Resize(ref _more, word + 1);
        _more[word] |= 1UL << (index % 64);
    }

    private protected sealed override void WriteFields(ref FieldWriter writer)
    {
        writer.WritesNull = true;
        WriteWord(_first, 0, ref writer);
        for (var i = 0; i < (_more?.Length ?? 0); i++)
            WriteWord(_more![i], (i + 1) * 64, ref writer);
    }

    private void WriteWord(ulong bits, int offset, ref FieldWriter writer)
    {
        for (; bits != 0; bits &= bits - 1)
            WriteOne(offset + BitOperations.TrailingZeroCount(bits), ref writer);
    }
}
