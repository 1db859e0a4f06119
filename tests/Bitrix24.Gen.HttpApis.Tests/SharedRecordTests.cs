using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>VibeCode shows the records that the portal's own methods keep.</summary>
public sealed class SharedRecordTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private PortalEmulator _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _portal.DisposeAsync();
    }

    [Theory]
    [InlineData("disk.folder.addsubfolder", """{"id":1,"data":{"NAME":"Kept"}}""", "folders", "NAME")]
    [InlineData("sonet_group.create", """{"NAME":"Kept"}""", "workgroups", "NAME")]
    [InlineData("crm.type.add", """{"fields":{"title":"Kept"}}""", "smart-processes", "title")]
    [InlineData("crm.requisite.add", """{"fields":{"ENTITY_TYPE_ID":3,"ENTITY_ID":1,"PRESET_ID":1,"NAME":"Kept"}}""", "requisites", "name")]
    [InlineData("sale.order.add", """{"fields":{"lid":"s1","personTypeId":1,"currency":"USD","userDescription":"Kept"}}""", "orders", "userDescription")]
    public async Task Entity_LooksAtTheStoreOfItsMethods(string method, string parameters, string entity, string field)
    {
        await RestAsync("crm.contact.add", """{"fields":{"NAME":"Ann"}}""");
        await RestAsync(method, parameters);
        Assert.Contains((await VibeAsync(entity)).AsArray(), r => r![field]?.GetValue<string>() == "Kept");
    }

    [Fact]
    public async Task Storage_NamesItsRootFolder_WhoseFilesAreListedAlone()
    {
        var root = (await VibeAsync("storages"))[0]!["rootFolderId"]!.GetValue<long>();
        var sub = (await RestAsync("disk.folder.addsubfolder", $$$"""{"id":{{{root}}},"data":{"NAME":"Sub"}}"""))["ID"]!.GetValue<long>();
        var file = (await RestAsync("disk.folder.uploadfile", $$$"""{"id":{{{root}}},"data":{"NAME":"a.txt"},"fileContent":["a.txt","aGVsbG8="]}"""))["ID"]!.GetValue<long>();

        Assert.Equal([file], (await VibeAsync($"files?folderId={root}")).AsArray().Select(static f => f!["id"]!.GetValue<long>()));
        Assert.Empty((await VibeAsync($"files?folderId={sub}")).AsArray());
    }

    [Fact]
    public async Task CalendarEvents_AreThoseOfTheOwner()
    {
        await RestAsync("calendar.event.add", """{"type":"user","ownerId":1,"name":"Meeting","from":"2026-12-01 10:00:00","to":"2026-12-01 11:00:00","section":1}""");

        Assert.Equal("Meeting", (await VibeAsync("calendar-events?type=user&ownerId=1"))[0]!["NAME"]!.GetValue<string>());
        Assert.Empty((await VibeAsync("calendar-events?type=user&ownerId=2")).AsArray());
    }

    private async Task<JsonNode> RestAsync(string method, string parameters)
    {
        using var content = new StringContent(parameters, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(_portal.WebhookUrl + method), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["result"]!;
    }

    private async Task<JsonNode> VibeAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(_portal.PortalUrl), "/v1/" + path));
        request.Headers.Add("X-Api-Key", _portal.ApiKey);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["data"]!;
    }
}
