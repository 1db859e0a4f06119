#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Parameters that the server takes by position, whatever they are called.</summary>
internal static class Positions
{
    /// <summary>The page has no position: the server takes it out before it counts the others.</summary>
    public static bool IsPage(string name) => string.Equals(name, "start", StringComparison.Ordinal);
}
