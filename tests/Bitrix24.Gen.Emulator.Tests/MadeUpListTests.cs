namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Lists that nothing is kept behind: they show the documented form once, and come to an end.</summary>
public sealed class MadeUpListTests
{
    [Theory]
    [InlineData("{}", 1)]
    [InlineData("""{"filter":[["id",">",1]]}""", 0)]
    [InlineData("""{"pagination":{"page":2,"limit":50}}""", 0)]
    public async Task AClientThatPagesById_ComesToAnEnd(string parameters, int rows)
    {
        await using var portal = await PortalEmulator.StartAsync();
        var reply = await PortalCalls.SendAsync(PortalCalls.Post($"{portal.PortalUrl}/rest/api/main.eventlog.list", parameters, portal.AccessToken));
        Assert.Equal(rows, reply.Result!["items"]!.AsArray().Count);
    }
}
