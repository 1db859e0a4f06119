using System.Text.Json;
using Bitrix24.Gen.Testing;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>Client secrets go to the hosts that the profiles name, and to no other.</summary>
public sealed class TokenHostTests
{
    [Fact]
    public void Runtime_and_profile_name_the_same_hosts() => Assert.Equal(HostsOf("amocrm"), TokenHosts.AmoCrm);

    [Fact]
    public void Authorization_server_is_one_that_the_profile_names() =>
        Assert.Contains(new Bitrix24Application("app", "secret").OAuthServer.Host, HostsOf("bitrix24"));

    private static IEnumerable<string> HostsOf(string api)
    {
        using var profile = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Folder, "specs", api, "api.b24.json")));
        return [.. profile.RootElement.GetProperty("profile").GetProperty("tokenHosts").EnumerateArray().Select(static h => h.GetString()!)];
    }
}
