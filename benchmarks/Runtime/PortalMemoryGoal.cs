using System.Globalization;
using Bitrix24.Gen.Testing;

namespace Bitrix24.Gen.Benchmarks.Runtime;

/// <summary>What ten thousand portals that were called take in one process, at rest and once they are idle.</summary>
internal static class PortalMemoryGoal
{
    public static async Task<int> PrintAsync()
    {
        var memory = await PortalMemory.MeasureAsync<Portal>().ConfigureAwait(false);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{PortalMemory.Portals} portals: {memory.AtRest} B each at rest (goal {PortalMemory.GoalBytes}), {memory.Idle} B each once idle; {memory.Kept} clients kept"));
        return memory.AtRest <= PortalMemory.GoalBytes ? 0 : 1;
    }
}
