using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

public sealed class ProfileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("b24-spec").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_without_profiles_gets_them()
    {
        ApiProfiles.Complete(_folder);

        var set = SpecSet.Create(SpecOutput.Load(_folder));
        Assert.Empty(set.Diagnostics);
        Assert.Contains(set.Profile("bitrix24").FilterOperators, static o => o.Prefix == ">=");
        Assert.Equal(EnvelopeKind.Bitrix24V3, set.Profile("bitrix24-v3").Envelope.Style);
    }

    [Fact]
    public void A_profile_that_is_there_stays()
    {
        var path = Path.Combine(_folder, "bitrix24", "api.b24.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, """{ "api": "bitrix24", "profile": { "title": "Mine" } }""");

        ApiProfiles.Complete(_folder);

        Assert.Equal("Mine", SpecSet.Create(SpecOutput.Load(_folder)).Profile("bitrix24").Title);
    }
}
