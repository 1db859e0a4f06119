using System.Text.Json;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Answers have the members and the wire kinds that real portals give, where those differ from the pages' examples.</summary>
public sealed class RealAnswerTests
{
    [Fact]
    public async Task TaskIsAnsweredWhole()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var id = (await portal.CallAsync("tasks.task.add", """{ "fields": { "TITLE": "Call back", "RESPONSIBLE_ID": 1 } }""")).Result!["task"]!["id"]!.ToString();

        var task = (await portal.CallAsync("tasks.task.get", $$"""{ "taskId": {{id}} }""")).Result!["task"]!.AsObject();
        var listed = (await portal.CallAsync("tasks.task.list", "{}")).Result!["tasks"]![0]!.AsObject();

        foreach (var name in new[] { "parentId", "stageId", "groupId", "createdBy", "changedBy", "closedDate", "commentsCount", "timeEstimate", "isMuted", "outlookVersion", "creator" })
        {
            Assert.True(task.ContainsKey(name), name);
            Assert.True(listed.ContainsKey(name), name);
        }

        Assert.All(new[] { task, listed }, static t => Assert.Equal(JsonValueKind.String, t["createdBy"]!.GetValueKind()));
        Assert.All(new[] { task, listed }, static t => Assert.Equal("Call back", t["title"]!.GetValue<string>()));
    }

    [Fact]
    public async Task FilesOfAStorageHaveTheirContents()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var storage = (await portal.CallAsync("disk.storage.getlist")).Result![0]!["ID"]!.ToString();
        await portal.CallAsync("disk.storage.uploadfile", $$"""{ "id": {{storage}}, "data": { "NAME": "a.txt" }, "fileContent": ["a.txt", "aGVsbG8="] }""");

        var file = (await portal.CallAsync("disk.storage.getchildren", $$"""{ "id": {{storage}} }""")).Result!.AsArray().Single(static f => f!["NAME"]!.GetValue<string>() == "a.txt")!;

        Assert.Equal("5", file["SIZE"]!.ToString());
        Assert.StartsWith("http", file["DOWNLOAD_URL"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdsOfAStageHistoryAreText()
    {
        await using var portal = await PortalEmulator.StartAsync();
        await portal.CallAsync("crm.deal.add", """{ "fields": { "TITLE": "Sale" } }""");

        var item = (await portal.CallAsync("crm.stagehistory.list", """{ "entityTypeId": 2 }""")).Result!["items"]![0]!;

        Assert.All(new[] { "ID", "OWNER_ID", "CATEGORY_ID" }, n => Assert.Equal(JsonValueKind.String, item[n]!.GetValueKind()));
    }
}
