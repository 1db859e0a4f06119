using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Calls of APIs that have verbs and paths.</summary>
public class HttpCallTests
{
    [Theory]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, "/v1/deals?limit=5&offset=0");""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, $"/v1/deals/{id}");""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24101:"/v1/dels"|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, {|B24101:$"/v1/dels/{id}"|});""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, $"/v1/{text}/{id}");""")]
    [InlineData("""await vibe.CallAsync(HttpMethod.Get, "/v1/nothing-like-any");""")]
    [InlineData("""await vibe.CallAsync(new HttpMethod(text), "/v1/dels");""")]
    [InlineData("""await vibe.CallAsync({|B24101:"deals.gte"|}, new { id });""")]
    [InlineData("""await vibe.CallAsync("deals.get", new { id });""")]
    [InlineData("""await vibe.CallAsync("deals.get", {|B24103:new|} { });""")]
    [InlineData("""await amo.CallAsync(HttpMethod.Get, "/api/v4/widgets?page=1");""")]
    public Task A_call_by_verb_and_path_is_checked_by_the_route_that_it_takes(string statement) => Verify.SourceAsync($$"""
        using System.Net.Http;
        [VibeCodeClient("deals", "items")] public sealed partial class Vibe(Bitrix24Credentials c) : Bitrix24Client(c);
        [AmoCrmClient("widgets")] public sealed partial class Amo(Bitrix24Credentials c) : Bitrix24Client(c);
        static class Program
        {
            static async Task RunAsync(Vibe vibe, Amo amo, int id, string text)
            {
                {{statement}}
            }
        }
        """);

    [Theory]
    [InlineData("[VibeCodeClient(\"deals\")] public partial class Client;")]
    [InlineData("[VibeCodeClient({|B24020:\"deels\"|})] public partial class Client;")]
    [InlineData("[AmoCrmClient({|B24020:\"deals\"|})] public partial class Client;")]
    [InlineData("[Bitrix24Client(\"vibecode/deals\")] public partial class Client;")]
    [InlineData("[VibeCodeClient(\"deals\")] public class {|B24021:Client|};")]
    public Task A_client_selects_from_its_own_api(string source) => Verify.SourceAsync(source);
}
