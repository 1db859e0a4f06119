using System.Net;
using System.Text;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>What the portal answered.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonNode? Body)
{
    public JsonNode? Result => Body?["result"];

    /// <summary>The error code, at the top or inside <c>result</c>.</summary>
    public string? Error => Failure?["error"] switch
    {
        JsonObject error => error["code"]?.GetValue<string>(),
        JsonValue code => code.GetValue<string>(),
        _ => Body?["title"] is not null && (int)Status >= 400 ? Problem(Status) : null,
    };

    /// <summary>The error's text.</summary>
    public string? Description => Failure?["error_description"]?.GetValue<string>();

    // Problem details have no codes: a name for the status stands for one, as in the client.
    private static string Problem(HttpStatusCode status) => System.Text.RegularExpressions.Regex.Replace(status.ToString(), "(?<=[a-z])(?=[A-Z])", "_").ToUpperInvariant();

    private JsonNode? Failure => Body?["error"] is not null ? Body : Body?["result"] is JsonObject result && result["error"] is JsonObject inside ? inside : null;
}

/// <summary>Calls over real HTTP.</summary>
internal static class PortalCalls
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    /// <summary>Calls as the application, parameters as JSON.</summary>
    public static Task<Reply> CallAsync(this PortalEmulator portal, string method, string json = "{}") =>
        SendAsync(Post($"{portal.RestUrl}{method}", json, portal.AccessToken));

    /// <summary>Calls with the webhook.</summary>
    public static Task<Reply> CallAsWebhookAsync(this PortalEmulator portal, string method, string json = "{}") =>
        SendAsync(Post($"{portal.WebhookUrl}{method}", json, null));

    /// <summary>The key that an adding call answered.</summary>
    public static async Task<int> AddAsync(this PortalEmulator portal, string method, string json)
    {
        var reply = await portal.CallAsync(method, json);
        Assert.True(reply.Error is null, $"{method}: {reply.Body?.ToJsonString()}");
        return reply.Result!["id"]!.GetValue<int>();
    }

    public static HttpRequestMessage Post(string url, string json, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return request;
    }

    public static async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await Http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return new Reply(answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text, documentOptions: new() { MaxDepth = 1000 }) : null);
        }
    }
}
