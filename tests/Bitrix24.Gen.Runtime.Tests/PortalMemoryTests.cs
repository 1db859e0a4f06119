namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Other tests must not allocate at the same time.</summary>
[CollectionDefinition(nameof(MeasuredMemory), DisableParallelization = true)]
public sealed class MeasuredMemory;

[Collection(nameof(MeasuredMemory))]
public sealed class PortalMemoryTests
{
    [Fact]
    public async Task Ten_thousand_portals_that_were_called_take_little_memory_each_and_none_once_they_are_idle()
    {
        var memory = await PortalMemory.MeasureAsync<HandWritten.Portal>();

        Assert.Equal((10_000, 0), (memory.Called, memory.Kept));
        // A portal takes 5 KB about.
        Assert.InRange(memory.AtRest, 1, 20 * 1024);
        Assert.InRange(memory.Idle, long.MinValue, 1024);
    }
}
