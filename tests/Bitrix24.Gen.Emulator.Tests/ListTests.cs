namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>What lists make of pages and orders that their pages do not show, as servers do.</summary>
public sealed class ListTests
{
    [Theory]
    [InlineData(1, 50, 50)]
    [InlineData(50, 10, null)]
    [InlineData(59, 10, null)]
    [InlineData(60, 10, null)]
    public async Task AStartWithinAPage_IsThatOfThePage(int start, int rows, int? next)
    {
        await using var portal = await PortalEmulator.StartAsync();
        for (var i = 0; i < 60; i++)
            portal.Seed("crm.deal/Deal", $$"""{"TITLE":"{{i}}"}""");
        var reply = await portal.CallAsync("crm.deal.list", $$"""{"start":{{start}}}""");
        Assert.Equal((rows, next), (reply.Result!.AsArray().Count, reply.Body!["next"]?.GetValue<int>()));
    }

    [Theory]
    [InlineData("user.get", """{"order":{"ID":"DESC"}}""")]
    [InlineData("user.get", """{"sort":"ID","order":"DESC"}""")]
    [InlineData("department.get", """{"order":{"ID":"DESC"}}""")]
    public async Task ListsWithADirectionAsText_TakeNamesWithDirectionsToo(string method, string parameters)
    {
        await using var portal = await PortalEmulator.StartAsync();
        var reply = await portal.CallAsync(method, parameters);
        var ids = reply.Result!.AsArray().Select(static r => int.Parse(r!["ID"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(ids.OrderDescending(), ids);
    }

    [Theory]
    [InlineData("""{"start":0,"ORDER":{"ID":"desc"}}""")]
    [InlineData("""{"ORDER":{"ID":"desc"},"start":0}""")]
    public async Task APage_HasNoPositionAmongParametersThatAreTakenByPosition(string parameters)
    {
        await using var portal = await PortalEmulator.StartAsync();
        for (var i = 0; i < 3; i++)
            await portal.CallAsync("tasks.task.add", """{"fields":{"TITLE":"x","RESPONSIBLE_ID":1}}""");
        var reply = await portal.CallAsync("task.item.list", parameters);
        var ids = reply.Result!.AsArray().Select(static r => r!["ID"]!.ToString()).ToList();
        Assert.Equal(3, ids.Count);
        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), ids);
    }
}
