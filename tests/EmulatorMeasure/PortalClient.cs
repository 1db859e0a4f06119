using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>Sends calls to a portal as an application does.</summary>
internal sealed class PortalClient(PortalEmulator portal)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private const string Header = "X-Emulator";

    /// <summary>The latest answer had only the documented form.</summary>
    public bool WasShapeOnly { get; private set; }

    /// <summary>The whole body and the status; no body: the answer was no JSON object.</summary>
    public async Task<(JsonObject? Body, int Status)> SendAsync(string api, string method, JsonObject parameters)
    {
        var url = api == "bitrix24-v3" ? $"{portal.RestUrl}api/{method}" : $"{portal.RestUrl}{method}";
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(parameters.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", portal.AccessToken);
        using var response = await Http.SendAsync(request);
        WasShapeOnly = response.Headers.Contains(Header);
        var text = await response.Content.ReadAsStringAsync();
        return (text.StartsWith('{') ? JsonNode.Parse(text) as JsonObject : null, (int)response.StatusCode);
    }
}
