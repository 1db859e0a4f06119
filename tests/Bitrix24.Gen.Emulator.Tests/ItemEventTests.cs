namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Which events the universal methods raise: those of the entity that the items are of.</summary>
public sealed class ItemEventTests
{
    [Theory]
    [InlineData(1, "ONCRMLEAD")]
    [InlineData(2, "ONCRMDEAL")]
    [InlineData(3, "ONCRMCONTACT")]
    [InlineData(4, "ONCRMCOMPANY")]
    [InlineData(7, "ONCRMQUOTE")]
    [InlineData(31, "ONCRMDYNAMICITEM")]
    [InlineData(177, "ONCRMDYNAMICITEM")]
    public async Task ItemMethods_RaiseTheEventsOfTheirEntity(int entityTypeId, string prefix)
    {
        await using var portal = await PortalEmulator.StartAsync();
        await portal.CallAsync("crm.type.add", """{"fields":{"title":"Process","entityTypeId":177}}""");
        foreach (var change in new[] { "ADD", "UPDATE", "DELETE" })
        {
            foreach (var entity in new[] { "ONCRMLEAD", "ONCRMDEAL", "ONCRMCONTACT", "ONCRMCOMPANY", "ONCRMQUOTE", "ONCRMDYNAMICITEM" })
                Assert.Null((await portal.CallAsync("event.bind", $$"""{"event":"{{entity}}{{change}}","event_type":"offline","handler":"https://example.com/h"}""")).Error);
        }

        var added = await portal.CallAsync("crm.item.add", $$"""{"entityTypeId":{{entityTypeId}},"fields":{"title":"One"} }""");
        var id = added.Result!["item"]!["id"]!.ToString();
        await portal.CallAsync("crm.item.update", $$"""{"entityTypeId":{{entityTypeId}},"id":{{id}},"fields":{"title":"Two"} }""");
        await portal.CallAsync("crm.item.delete", $$"""{"entityTypeId":{{entityTypeId}},"id":{{id}} }""");

        var events = (await portal.CallAsync("event.offline.list", """{"order":{"ID":"ASC"}}""")).Result!.AsArray();
        Assert.Equal([prefix + "ADD", prefix + "UPDATE", prefix + "DELETE"], events.Select(static e => e!["EVENT_NAME"]!.ToString()));
        Assert.All(events, e => Assert.Equal(id, e!["EVENT_DATA"]!["FIELDS"]!["ID"]!.ToString()));
        if (prefix == "ONCRMDYNAMICITEM")
            Assert.All(events, e => Assert.Equal(entityTypeId.ToString(System.Globalization.CultureInfo.InvariantCulture), e!["EVENT_DATA"]!["FIELDS"]!["ENTITY_TYPE_ID"]!.ToString()));
    }
}
