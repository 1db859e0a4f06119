using System.Collections.Concurrent;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Testing;

/// <summary>The packaged specs, read once.</summary>
public static class SpecSets
{
    private static readonly ConcurrentDictionary<string, SpecSet> ByApi = new(StringComparer.Ordinal);
    private static readonly Lazy<SpecSet> Everything = new(static () => SpecSet.Create(RepositorySpecs.Apis.SelectMany(static api => Documents(api))));

    /// <summary>The specs of all APIs, as the emulator has them.</summary>
    public static SpecSet All => Everything.Value;

    /// <summary>The specs of one API.</summary>
    public static SpecSet Of(string api) => ByApi.GetOrAdd(api, static a => SpecSet.Create(Documents(a)));

    /// <summary>The spec files of one API.</summary>
    public static IReadOnlyList<SpecDocument> Documents(string api) => [.. RepositorySpecs.Paths(api).Select(static path => SpecReader.Read(path, File.ReadAllText(path)))];
}
