using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.RestV3.Tests;

/// <summary>The packaged specs of REST 3.0.</summary>
internal static class V3Specs
{
    public const string Api = "bitrix24-v3";

    public static SpecSet Set { get; } = SpecSets.Of(Api);
}
