using System.Text.Json;
using Bitrix24.Gen.Testing;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>Client secrets go to the hosts that the profiles name, and to no other.</summary>
public sealed class TokenHostTests
{
    [Fact]
    public void Runtime_and_profile_name_the_same_hosts()
    {
        Assert.Equal(HostsOf("amocrm"), ApiProfile.AmoCrm.TokenHosts);
        Assert.Equal(["*.amocrm.ru", "*.amocrm.com", "*.kommo.com"], ApiProfile.AmoCrm.TokenHosts);
    }

    [Fact]
    public void Limits_are_those_of_the_profile()
    {
        Assert.Equal([7], ApiProfile.AmoCrm.NewWindows().Select(static w => w.Rate.Requests));
        Assert.Equal([10, 300], ApiProfile.VibeCode.NewWindows().Select(static w => w.Rate.Requests));
        Assert.Equal([("search", "/v1/search", 60)], ApiProfile.VibeCode.NewPathLimits().Select(static l => (l.Name, l.Path, l.Source.Rate.Requests)));
        Assert.Equal(50, ApiProfile.VibeCode.BatchLimit);
        Assert.Equal(new Bitrix24RateLimit(50, 2), Bitrix24RateLimit.Standard);
        Assert.Equal(new Bitrix24RateLimit(250, 5), Bitrix24RateLimit.Enterprise);
    }

    [Fact]
    public void No_host_and_no_limit_of_an_api_stands_in_code()
    {
        var code = Directory.EnumerateFiles(RepositoryRoot.PathTo("runtime"), "*.cs", SearchOption.AllDirectories)
            .Where(static f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(static f => File.ReadLines(f))
            .Where(static l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .ToList();

        Assert.All(HostsOf("amocrm").Concat(HostsOf("bitrix24")), host => Assert.DoesNotContain(code, line => line.Contains($"\"{host}", StringComparison.Ordinal) || line.Contains($"//{host}", StringComparison.Ordinal)));
        Assert.DoesNotContain(code, static line => line.Contains("new SlidingWindow(", StringComparison.Ordinal) && line.Any(char.IsAsciiDigit));
    }

    [Fact]
    public void Authorization_server_is_one_that_the_profile_names() =>
        Assert.Contains(new Bitrix24Application("app", "secret").OAuthServer.Host, HostsOf("bitrix24"));

    private static IEnumerable<string> HostsOf(string api)
    {
        using var profile = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.PathTo("specs", api, "api.b24.json")));
        return [.. profile.RootElement.GetProperty("profile").GetProperty("tokenHosts").EnumerateArray().Select(static h => h.GetString()!)];
    }
}
