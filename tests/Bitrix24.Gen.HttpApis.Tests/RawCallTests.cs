using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitrix24.Gen.HttpApis.Tests;

public class RawCallTests
{
    public static TheoryData<string> Names => Exchange.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Exchange_passes_through_the_runtime(string name)
    {
        var exchange = Exchange.Load(name);
        var handler = new CannedHandler((exchange.Status, exchange.Answer?.ToJsonText()));
        using var client = new RawClient(CredentialsOf(exchange.Api), handler);
        var body = exchange.Body is null ? null : JsonNode.Parse(exchange.Body.ToJsonText());

        var call = client.CallAsync(new HttpMethod(exchange.Verb), exchange.Path + (exchange.Query.Length > 0 ? "?" + exchange.Query : ""), body);
        if (exchange.Status >= 400)
        {
            var error = await Assert.ThrowsAnyAsync<Bitrix24ApiException>(() => call);
            Assert.Equal((HttpStatusCode)exchange.Status, error.Status);
            Assert.Equal(CodeOf(exchange), error.Code);
            Assert.False(string.IsNullOrEmpty(error.Description));
        }
        else
        {
            var value = await call;
            Assert.Equal(exchange.Answer is null, value.ValueKind == JsonValueKind.Null);
        }

        var request = Assert.Single(handler.Requests);
        Assert.Equal(exchange.Verb, request.Verb);
        Assert.Equal(exchange.Path, request.Target.Split('?')[0]);
        Assert.Equal(exchange.Body is null, request.Body is null);
    }

    [Fact]
    public async Task VibeCode_key_and_session_travel_in_headers()
    {
        var handler = new CannedHandler((200, """{"success":true,"data":{}}"""));
        using var client = new RawClient(Bitrix24Credentials.VibeCode("vibe_app_secret", "vibe_session_secret"), handler);
        await client.CallAsync(HttpMethod.Get, "/v1/me");
        Assert.Equal("vibe_app_secret Bearer vibe_session_secret", handler.Requests[0].Authorization);
        Assert.DoesNotContain("secret", client.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//elsewhere.example/v1/me")]
    [InlineData("/\\elsewhere.example/v1/me")]
    [InlineData("v1/me")]
    public async Task Path_never_leads_to_another_host(string path)
    {
        var handler = new CannedHandler((200, "{}"));
        using var client = new RawClient(Bitrix24Credentials.VibeCode("vibe_api_key"), handler);
        await Assert.ThrowsAsync<ArgumentException>(() => client.CallAsync(HttpMethod.Get, path));
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task Findings_of_a_problem_are_listed()
    {
        var exchange = Exchange.Load("amocrm/widgets.install.invalid");
        using var client = new RawClient(CredentialsOf("amocrm"), new CannedHandler((exchange.Status, exchange.Answer!.ToJsonText())));
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => client.CallAsync(HttpMethod.Post, exchange.Path, new JsonObject()));
        Assert.Equal(new Bitrix24ErrorDetail("password", "NotSupportedChoice", "This field is missing."), Assert.Single(error.Details));
    }

    [Theory]
    [InlineData(429, "Too many requests, slow down", "TOO_MANY_REQUESTS")]
    [InlineData(403, "<html>blocked</html>", "FORBIDDEN")]
    public async Task Refusal_without_a_problem_is_known_by_its_status(int status, string body, string code)
    {
        using var client = new RawClient(CredentialsOf("amocrm"), new CannedHandler((status, body)));
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => client.CallAsync(HttpMethod.Get, "/api/v4/widgets"));
        Assert.Equal(code, error.Code);
        Assert.Equal(status == 429 ? TimeSpan.FromSeconds(2) : null, error.RetryAfter);
    }

    [Theory]
    [InlineData("vibecode", 200, "{\"success\":true")]
    [InlineData("vibecode", 200, "")]
    [InlineData("vibecode", 502, "<html>bad gateway</html>")]
    [InlineData("amocrm", 500, "<html>oops</html>")]
    [InlineData("amocrm", 302, "")]
    public async Task Answer_that_says_nothing_is_a_protocol_error(string api, int status, string body)
    {
        using var client = new RawClient(CredentialsOf(api), new CannedHandler((status, body)));
        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.CallAsync(HttpMethod.Get, "/v1/deals"));
    }

    [Fact]
    public async Task Credentials_of_another_style_are_refused_before_anything_is_sent()
    {
        var handler = new CannedHandler((200, "{}"));
        using var webhook = new RawClient(Bitrix24Credentials.Webhook("https://example.bitrix24.com/rest/1/secret/"), handler);
        await Assert.ThrowsAsync<InvalidOperationException>(() => webhook.CallAsync(HttpMethod.Get, "/v1/me"));
        using var key = new RawClient(Bitrix24Credentials.VibeCode("vibe_api_key"), handler);
        await Assert.ThrowsAsync<InvalidOperationException>(() => key.CallAsync("user.get"));
        Assert.Empty(handler.Requests);
    }

    private static Bitrix24Credentials CredentialsOf(string api) => api == "vibecode"
        ? Bitrix24Credentials.VibeCode("vibe_api_key")
        : Bitrix24Credentials.AmoCrm("https://example.amocrm.ru", "token");

    private static string CodeOf(Exchange exchange)
    {
        var answer = JsonNode.Parse(exchange.Answer!.ToJsonText())!;
        return answer["error"]?["code"]?.GetValue<string>() ?? exchange.Status switch
        {
            400 => "BAD_REQUEST",
            401 => "UNAUTHORIZED",
            403 => "FORBIDDEN",
            _ => "NOT_FOUND",
        };
    }

    private sealed class RawClient(Bitrix24Credentials credentials, HttpMessageHandler handler)
        : Bitrix24Client(credentials, TestOptions.For(handler));
}
