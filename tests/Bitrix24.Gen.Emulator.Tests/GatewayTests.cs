using System.Net;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>The gateway before any method: paths, callers, envelopes.</summary>
public sealed class GatewayTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task UnknownMethod_IsRefused_BeforeTheCallerIsLookedAt()
    {
        await using var portal = await PortalEmulator.StartAsync();
        using var answer = await Http.GetAsync($"{portal.RestUrl}no.such.method");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("ERROR_METHOD_NOT_FOUND", (string?)body["error"]);
        Assert.Equal("Method not found!", (string?)body["error_description"]);
    }
}
