using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>Whatever is sent to either API, the emulator answers something, and never by falling over.</summary>
public class EmulatorFuzzTests
{
    private const int Rounds = 3000;

    private static readonly string[] Verbs = ["GET", "POST", "PATCH", "DELETE", "PUT", "HEAD"];

    private static readonly string[] Pieces =
        ["0", "-1", "1e99", "%00", "%F0%9F%98%80", "..", "[", "]", "[][$gte]=", "&filter[id][$in][]=", "&limit=5000", "&include=company,contact", "&order[id]=-1", "&select=,", "=", "/", "%5B%5D", "fields", "search", "batch", "2147483648"];

    // With limits the clock decides which requests are read, others in each run; without them all are.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requests_at_random_are_answered(bool limited)
    {
        await using var portal = await PortalEmulator.StartAsync(new() { Limits = limited ? new() { RefusalsUntilBlock = int.MaxValue } : null });
        portal.Seed("deals/Deal", """{ "title": "Roof", "companyId": { "a": 1 }, "contactIds": [[1]], "amount": "x" }""");
        portal.Seed("widgets/Widget", """{ "code": "sip_bridge", "settings_template": [{ "key": "login", "type": "users_lp", "is_required": true }] }""");
        var random = new Random(20261125);
        var fuzz = new JsonFuzz(20261125);
        var exchanges = Exchange.All();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        for (var round = 0; round < Rounds; round++)
        {
            var exchange = exchanges[random.Next(exchanges.Count)];
            var (path, query) = random.Next(12) switch
            {
                0 => ("/v1/connect/" + (random.Next(2) == 0 ? "token" : "authorize"), "client_id=app.emulator&redirect_uri=https://app.example&response_type=code&grant_type=authorization_code&code=1"),
                1 => ("/oauth2/access_token", ""),
                _ => (exchange.Path, exchange.Query),
            };
            using var request = new HttpRequestMessage(
                new HttpMethod(random.Next(3) == 0 ? Verbs[random.Next(Verbs.Length)] : exchange.Verb), $"{portal.PortalUrl}{Mangle(random, path)}?{Mangle(random, query)}");
            request.Headers.Add("X-Api-Key", random.Next(4) switch { 0 => portal.ReadOnlyKey, 1 => portal.ApplicationKey, _ => portal.ApiKey });
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", portal.AccessToken);
            if (random.Next(4) > 0)
                request.Content = new StringContent(exchange.Body is { } body && random.Next(4) > 0 ? fuzz.Mutate(body.ToJsonText()) : fuzz.Json(), Encoding.UTF8, "application/json");
            using var answer = await http.SendAsync(request);
            Assert.True(
                answer.StatusCode != HttpStatusCode.InternalServerError,
                $"round {round}: {request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync())}");
        }
    }

    private static string Mangle(Random random, string text)
    {
        if (random.Next(3) > 0)
            return text;
        var at = random.Next(text.Length + 1);
        return random.Next(3) switch
        {
            0 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
            1 => text.Remove(at),
            _ => text.Remove(at) + Pieces[random.Next(Pieces.Length)],
        } is var mangled && mangled.StartsWith('/') == text.StartsWith('/') ? mangled : text;
    }
}
