namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Lists that nothing is kept behind: they show the documented form once, and come to an end.</summary>
public sealed class MadeUpListTests
{
    [Theory]
    [InlineData("sale.tradeBinding.list", "{}", 1)]
    [InlineData("sale.tradeBinding.list", """{"filter":{">id":1}}""", 0)]
    [InlineData("sale.tradeBinding.list", """{"start":50}""", 0)]
    [InlineData("api/timeman.record.list", """{"filter":[["userId","=",1]]}""", 1)]
    [InlineData("api/timeman.record.list", """{"filter":[["userId","=",1]],"pagination":{"page":2,"limit":50}}""", 0)]
    public async Task AClientThatPages_ComesToAnEnd(string method, string parameters, int rows)
    {
        await using var portal = await PortalEmulator.StartAsync();
        var reply = await PortalCalls.SendAsync(PortalCalls.Post($"{portal.PortalUrl}/rest/{method}", parameters, portal.AccessToken));
        Assert.Equal(rows, reply.Result!.AsObject().Single().Value!.AsArray().Count);
    }
}
