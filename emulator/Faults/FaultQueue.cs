namespace Bitrix24.Gen.Emulator.Faults;

/// <summary>The pending faults.</summary>
internal sealed class FaultQueue
{
    private readonly Lock _gate = new();
    private readonly List<(Fault Fault, int Skip, int Left)> _pending = [];

    public void Add(Fault fault)
    {
        lock (_gate)
            _pending.Add((fault, fault.After, fault.Times));
    }

    public void Clear()
    {
        lock (_gate)
            _pending.Clear();
    }

    /// <summary>The pending faults: how many requests pass before each, and how many it affects.</summary>
    public IReadOnlyList<(Fault Fault, int Skip, int Left)> Pending()
    {
        lock (_gate)
            return [.. _pending];
    }

    /// <summary>The fault of this request, if any.</summary>
    public Fault? Next(string method)
    {
        lock (_gate)
        {
            for (var i = 0; i < _pending.Count; i++)
            {
                var (fault, skip, left) = _pending[i];
                if (fault.Method is not null && !fault.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                    continue;
                if (skip > 0)
                {
                    _pending[i] = (fault, skip - 1, left);
                    continue;
                }

                if (left > 1)
                    _pending[i] = (fault, 0, left - 1);
                else
                    _pending.RemoveAt(i);
                return fault;
            }

            return null;
        }
    }
}
