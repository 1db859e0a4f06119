using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.HttpApis.Tests;

public class HttpCallTests
{
    [Theory]
    [InlineData("""{"id":15}""", "/v1/things/15")]
    [InlineData("""{"id":"a/b ?#%"}""", "/v1/things/a%2Fb%20%3F%23%25")]
    [InlineData("""{"id":15,"select":["id","title"],"limit":5}""", "/v1/things/15?select=id,title&limit=5")]
    [InlineData("""{"id":15,"filter":{">=amount":5.5,"stageId":["NEW","WON"]},"limit":null}""", "/v1/things/15?filter[%3E%3Damount]=5.5&filter[stageId][]=NEW&filter[stageId][]=WON")]
    [InlineData("""{"id":15,"order":{"createdAt":"desc"},"closed":true}""", "/v1/things/15?order[createdAt]=desc&closed=true")]
    public async Task Parameters_go_into_path_and_query(string parameters, string target)
    {
        var request = await Send("GET", parameters);
        Assert.Equal(target, request.Target);
        Assert.Null(request.Body);
    }

    [Theory]
    [InlineData("""{"id":15,"title":"A","nested":{"b":[1,2]}}""", """{"title":"A","nested":{"b":[1,2]}}""")]
    [InlineData("""{"id":15}""", "{}")]
    [InlineData("""{"id":15,"fields":{"title":"A"}}""", """{"title":"A"}""")]
    public async Task Rest_is_the_body(string parameters, string body)
    {
        var request = await Send("PATCH", parameters);
        Assert.Equal("/v1/things/15", request.Target);
        Assert.Equal(body, request.Body);
    }

    [Theory]
    [InlineData("""{"id":".."}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":{"a":1}}""")]
    [InlineData("{}")]
    public Task Path_cannot_be_changed_by_a_value(string parameters) =>
        Assert.ThrowsAsync<ArgumentException>(() => Send("GET", parameters));

    private static async Task<(string Verb, string Target, string? Body, string Authorization)> Send(string verb, string parameters)
    {
        var handler = new CannedHandler((200, """{"success":true,"data":{}}"""));
        using var client = new KnowingClient(verb, handler);
        await client.CallAsync("things.call", parameters);
        return Assert.Single(handler.Requests);
    }

    private sealed class KnowingClient(string verb, HttpMessageHandler handler)
        : Bitrix24Client(Bitrix24Credentials.VibeCode("vibe_api_key"), TestOptions.For(handler))
    {
        protected override MethodDescriptor FindMethod(string name) => new(name, static () =>
        [
            new("id", ValueKind.Json) { In = ParameterLocation.Path },
            new("fields", ValueKind.Json) { In = ParameterLocation.Content },
        ])
        {
            Verb = verb,
            Path = "/v1/things/{id}",
            OpenParameters = true,
            Api = new() { Envelope = EnvelopeKind.VibeCode },
        };
    }
}
