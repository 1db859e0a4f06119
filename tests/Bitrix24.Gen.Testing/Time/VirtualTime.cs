
namespace Bitrix24.Gen.Testing;

/// <summary>Calls of a client over real HTTP, on a clock that moves only while all that are left wait for limits.</summary>
public sealed class VirtualTime
{
    public FakeTime Clock { get; } = new();

    public Bitrix24ClientOptions Options => new() { TimeProvider = Clock, RequestTimeout = TimeSpan.FromHours(1) };

    /// <summary>Runs calls to their end; answers how long it took, on the clock.</summary>
    public async Task<TimeSpan> RunAsync(IReadOnlyList<Bitrix24Credentials> credentials, IReadOnlyList<Task> calls)
    {
        var start = Clock.GetUtcNow();
        var limiters = credentials.Select(c => PortalThrottle.Of(c, Options).Limiter!).ToArray();
        while (calls.Any(static c => !c.IsCompleted))
        {
            // A call that neither ended nor waits for a place is under way: until it is back, no time passes.
            if (limiters.Sum(static l => l.GetStatistics().CurrentQueuedCount) == calls.Count(static c => !c.IsCompleted))
                Clock.AdvanceToNextTimer();
            else
                await Task.Delay(1);
        }

        await Task.WhenAll(calls);
        return Clock.GetUtcNow() - start;
    }
}
