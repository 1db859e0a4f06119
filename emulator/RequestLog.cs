using System.Collections;

namespace Bitrix24.Gen.Emulator;

/// <summary>What was called, in the order of the answers: the latest calls, as many as <see cref="PortalOptions.CallLogCapacity"/> says.</summary>
public sealed class RequestLog : IReadOnlyCollection<LoggedCall>
{
    private readonly Lock _gate = new();
    private readonly int _capacity;
    private readonly Queue<LoggedCall> _calls = [];
    private readonly Dictionary<string, int> _executions = new(StringComparer.OrdinalIgnoreCase);
    private long _sequence;

    internal RequestLog(int capacity) => _capacity = Math.Max(1, capacity);

    /// <summary>A call was answered. Handlers are called in turn and must be quick.</summary>
    internal event Action<LoggedCall>? Added;

    /// <summary>Calls that the log still has.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _calls.Count;
        }
    }

    /// <summary>Calls since the start, or since <see cref="Clear"/>; those that the log no longer has count too.</summary>
    public long Total { get; private set; }

    /// <summary>HTTP requests; a batch is one.</summary>
    internal long Requests { get; private set; }

    /// <summary>Calls of a method that did their work; those that the log no longer has count too.</summary>
    public int Executions(string method)
    {
        lock (_gate)
            return _executions.GetValueOrDefault(method);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _calls.Clear();
            _executions.Clear();
            (Total, Requests) = (0, 0);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<LoggedCall> GetEnumerator()
    {
        lock (_gate)
            return ((IEnumerable<LoggedCall>)[.. _calls]).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(LoggedCall call)
    {
        lock (_gate)
        {
            call = call with { Sequence = ++_sequence };
            if (_calls.Count == _capacity)
                _calls.Dequeue();
            _calls.Enqueue(call);
            Total++;
            Requests += call.InBatch ? 0 : 1;
            // Only methods that a spec has are executed, so that this stays as small as the specs.
            if (call.Executed)
                _executions[call.Method] = _executions.GetValueOrDefault(call.Method) + 1;
            Added?.Invoke(call);
        }
    }
}
