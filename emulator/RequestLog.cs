using System.Collections;

namespace Bitrix24.Gen.Emulator;

/// <summary>A call as the portal saw it; holds no parameter value and no secret.</summary>
public sealed record LoggedCall
{
    /// <summary>The method as it was asked for.</summary>
    public required string Method { get; init; }

    /// <summary>The HTTP status of the answer; of a command in a batch, the one it would have had alone.</summary>
    public int Status { get; init; }

    /// <summary>The error code of the answer.</summary>
    public string? Error { get; init; }

    /// <summary>Ids of the rules that the call broke, in the server's order; rules that only a server can judge by their word.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>The method did its work, whether or not its answer arrived.</summary>
    public bool Executed { get; init; }

    /// <summary>The call was a command of a batch.</summary>
    public bool InBatch { get; init; }

    /// <summary>The call came with a webhook's secret rather than an access token.</summary>
    public bool ByWebhook { get; init; }

    /// <summary>When it was answered, on the portal's clock.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>What was called, in the order of the answers.</summary>
public sealed class RequestLog : IReadOnlyCollection<LoggedCall>
{
    private readonly Lock _gate = new();
    private readonly List<LoggedCall> _calls = [];

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            lock (_gate)
                return _calls.Count;
        }
    }

    /// <summary>Calls of a method that did their work.</summary>
    public int Executions(string method) =>
        this.Count(call => call.Executed && call.Method.Equals(method, StringComparison.OrdinalIgnoreCase));

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
            _calls.Clear();
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
            _calls.Add(call);
    }
}
