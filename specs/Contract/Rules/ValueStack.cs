#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>A buffer that all validators of a call share: who adds to it trims it again. It keeps its array for the next call.</summary>
/// <typeparam name="T">What it holds.</typeparam>
internal sealed class ValueStack<T>
{
    private T[] _items = [];
    private int _most;

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[index];

    public void Add(T item)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Math.Max(8, 2 * Count));
        _items[Count++] = item;
    }

    /// <summary>Adds an item so many times.</summary>
    public void AddMany(T item, int times)
    {
        if (Count + times > _items.Length)
            Array.Resize(ref _items, Math.Max(2 * _items.Length, Count + times));
        for (var end = Count + times; Count < end; Count++)
            _items[Count] = item;
    }

    /// <summary>Takes away what was added since there were so many items.</summary>
    public void TrimTo(int count)
    {
        _most = Math.Max(_most, Count);
        Count = count;
    }

    /// <summary>Forgets everything, also what was trimmed.</summary>
    public void Clear()
    {
        TrimTo(0);
        Array.Clear(_items, 0, _most);
        _most = 0;
    }
}
