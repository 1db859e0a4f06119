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

    internal bool IsAssigned(int index)
    {
        if (index < 64)
            return (_first & (1UL << index)) != 0;
        var word = (index / 64) - 1;
        return word < _more?.Length && (_more[word] & (1UL << (index % 64))) != 0;
    }
}
