namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Which events tell of changed records, whichever call changes them.</summary>
public sealed class RecordEventTests
{
    // A line is a call; {id} is the id that the first call answered.
    public static TheoryData<string, string[], string[]> Lives => new()
    {
        {
            "calendar entries",
            ["""calendar.event.add {"type":"user","ownerId":1,"name":"Meeting","from":"2026-12-01","to":"2026-12-01","section":1,"skipTime":"Y"}""",
                """calendar.event.update {"id":{id},"type":"user","ownerId":1,"name":"Later"}""", """calendar.event.delete {"id":{id}}"""],
            ["""ONCALENDARENTRYADD {"id":"{id}"}""", """ONCALENDARENTRYUPDATE {"id":"{id}"}""", """ONCALENDARENTRYDELETE {"id":"{id}"}"""]
        },
        {
            "types of prices",
            ["""catalog.priceType.add {"fields":{"name":"WHOLESALE"}}""", """catalog.priceType.update {"id":{id},"fields":{"name":"RETAIL"}}""", """catalog.priceType.delete {"id":{id}}"""],
            ["""CATALOG.PRICE.TYPE.ON.ADD {"FIELDS":{"ID":"{id}"}}""", """CATALOG.PRICE.TYPE.ON.UPDATE {"FIELDS":{"ID":"{id}"}}""", """CATALOG.PRICE.TYPE.ON.DELETE {"FIELDS":{"ID":"{id}"}}"""]
        },
        {
            "products, as variations too",
            ["""catalog.product.offer.add {"fields":{"name":"Chair","iblockId":23}}""", """catalog.product.offer.update {"id":{id},"fields":{"name":"Table","iblockId":23}}""", """catalog.product.delete {"id":{id}}"""],
            ["""CATALOG.PRODUCT.ON.ADD {"FIELDS":{"ID":"{id}"}}""", """CATALOG.PRODUCT.ON.UPDATE {"FIELDS":{"ID":"{id}"}}""", """CATALOG.PRODUCT.ON.DELETE {"FIELDS":{"ID":"{id}"}}"""]
        },
        {
            "rules of rounding",
            ["""catalog.roundingRule.add {"fields":{"catalogGroupId":1,"price":100,"roundType":1,"roundPrecision":1}}"""],
            ["""CATALOG.ROUNDING.ON.ADD {"FIELDS":{"ID":"{id}"}}"""]
        },
        {
            "workgroups",
            ["""sonet_group.create {"NAME":"Group"}""", """sonet_group.update {"GROUP_ID":{id},"NAME":"Other"}""", """sonet_group.delete {"GROUP_ID":{id}}"""],
            ["""ONSONETGROUPADD {"FIELDS":{"ID":"{id}"}}""", """ONSONETGROUPUPDATE {"FIELDS":{"ID":"{id}"}}""", """ONSONETGROUPDELETE {"FIELDS":{"ID":"{id}"}}"""]
        },
        {
            "posts",
            ["""log.blogpost.add {"POST_MESSAGE":"News"}""", """log.blogpost.update {"POST_ID":{id},"POST_MESSAGE":"Old"}""", """log.blogpost.delete {"POST_ID":{id}}"""],
            ["""ONLIVEFEEDPOSTADD {"FIELDS":{"POST_ID":"{id}"}}""", """ONLIVEFEEDPOSTUPDATE {"FIELDS":{"POST_ID":"{id}"}}""", """ONLIVEFEEDPOSTDELETE {"FIELDS":{"POST_ID":"{id}"}}"""]
        },
        {
            "orders",
            ["""sale.order.add {"fields":{"lid":"s1","personTypeId":1,"currency":"USD"}}""", """sale.order.update {"id":{id},"fields":{"lid":"s1","personTypeId":1,"currency":"USD","comments":"x"}}""",
                """sale.order.delete {"id":{id}}"""],
            ["""ONSALEORDERSAVED {"FIELDS":{"ID":"{id}","ACTION":"save"}}""", """ONORDERENTITYSAVED {"FIELDS":{"ID":"{id}"}}""",
                """ONSALEBEFOREORDERDELETE {"FIELDS":{"ID":"{id}","ACTION":"delete"}}""", """ONORDERDELETED {"FIELDS":{"ID":"{id}"}}"""]
        },
        {
            "bookable resources",
            ["""booking.v1.resource.add {"fields":{"typeId":1,"name":"Room"}}""", """booking.v1.resource.update {"id":{id},"fields":{"name":"Hall"}}""", """booking.v1.resource.delete {"id":{id}}"""],
            ["""ONBOOKINGRESOURCEADD {"ID":"{id}"}""", """ONBOOKINGRESOURCEUPDATE {"ID":"{id}"}""", """ONBOOKINGRESOURCEDELETE {"ID":"{id}"}"""]
        },
        {
            "tasks, by a method of another name",
            ["""tasks.task.add {"fields":{"TITLE":"Call","RESPONSIBLE_ID":1}}""", """tasks.task.complete {"taskId":{id}}""", """tasks.task.delete {"taskId":{id}}"""],
            ["""ONTASKADD {"FIELDS_BEFORE":"undefined","FIELDS_AFTER":{"ID":"{id}"},"IS_ACCESSIBLE_BEFORE":"undefined"}""",
                """ONTASKUPDATE {"FIELDS_BEFORE":{"ID":"{id}"},"FIELDS_AFTER":{"ID":"{id}"}}""",
                """ONTASKDELETE {"FIELDS_BEFORE":{"ID":"{id}"},"FIELDS_AFTER":"undefined","IS_ACCESSIBLE_AFTER":"undefined"}"""]
        },
        {
            "deals that go to another funnel",
            ["""crm.deal.add {"fields":{"TITLE":"Chairs"}}""", """crm.category.add {"entityTypeId":2,"fields":{"name":"Second"}}""",
                """crm.item.update {"entityTypeId":2,"id":{id},"fields":{"categoryId":{category}}}"""],
            ["""ONCRMDEALADD {"FIELDS":{"ID":"{id}"}}""", """ONCRMDEALUPDATE {"FIELDS":{"ID":"{id}"}}""",
                """ONCRMDEALMOVETOCATEGORY {"FIELDS":{"ID":"{id}","CATEGORY_ID":"{category}"}}"""]
        },
        {
            "custom fields and their values",
            ["""crm.deal.userfield.add {"fields":{"USER_TYPE_ID":"enumeration","FIELD_NAME":"COLOR","LIST":[{"VALUE":"Red"}]}}""",
                """crm.deal.userfield.update {"id":{id},"fields":{"LIST":[{"VALUE":"Blue"}]}}""", """crm.deal.userfield.delete {"id":{id}}"""],
            ["""ONCRMDEALUSERFIELDADD {"FIELDS":{"ID":"{id}","ENTITY_ID":"CRM_DEAL","FIELD_NAME":"UF_CRM_COLOR"}}""", """ONCRMDEALUSERFIELDUPDATE {"FIELDS":{"ID":"{id}"}}""",
                """ONCRMDEALUSERFIELDSETENUMVALUES {"FIELDS":{"ID":"{id}","FIELD_NAME":"UF_CRM_COLOR"}}""", """ONCRMDEALUSERFIELDDELETE {"FIELDS":{"ID":"{id}"}}"""]
        },
        {
            "values that a custom field gets later",
            ["""crm.company.userfield.add {"fields":{"USER_TYPE_ID":"enumeration","FIELD_NAME":"COLOR"}}""", """crm.company.userfield.update {"id":{id},"fields":{"LIST":[{"VALUE":"Blue"}]}}"""],
            ["""ONCRMCOMPANYUSERFIELDADD {"FIELDS":{"ID":"{id}"}}""", """ONCRMCOMPANYUSERFIELDUPDATE {"FIELDS":{"ID":"{id}"}}""", """ONCRMCOMPANYUSERFIELDSETENUMVALUES {"FIELDS":{"ID":"{id}"}}"""]
        },
        {
            "a custom field that is no list",
            ["""crm.lead.userfield.add {"fields":{"USER_TYPE_ID":"string","FIELD_NAME":"NOTE"}}"""],
            ["""ONCRMLEADUSERFIELDADD {"FIELDS":{"ID":"{id}","ENTITY_ID":"CRM_LEAD"}}"""]
        },
        {
            "fields of a smart process",
            ["""userfieldconfig.add {"moduleId":"crm","field":{"entityId":"CRM_7","fieldName":"UF_CRM_7_COLOR","userTypeId":"enumeration","enum":[{"value":"Red"}]}}""",
                """userfieldconfig.delete {"moduleId":"crm","id":{id}}"""],
            ["""ONCRMTYPEUSERFIELDADD {"FIELDS":{"ID":"{id}","ENTITY_ID":"CRM_7","FIELD_NAME":"UF_CRM_7_COLOR"}}""", """ONCRMTYPEUSERFIELDSETENUMVALUES {"FIELDS":{"ID":"{id}"}}""",
                """ONCRMTYPEUSERFIELDDELETE {"FIELDS":{"ID":"{id}"}}"""]
        },
        {
            "calls of an external telephony",
            ["""telephony.externalCall.register {"USER_ID":1,"PHONE_NUMBER":"+15550100","TYPE":1,"CRM_CREATE":0}""", """telephony.externalCall.finish {"CALL_ID":"{id}","USER_ID":1,"DURATION":30}"""],
            ["""ONVOXIMPLANTCALLEND {"CALL_ID":"{id}","CALL_DURATION":"30","PHONE_NUMBER":"+15550100"}"""]
        },
        {
            "deals that recur",
            ["""crm.deal.add {"fields":{"TITLE":"Rent"}}""", """crm.deal.recurring.add {"fields":{"DEAL_ID":{id}}}""", """crm.deal.recurring.expose {"id":{category}}"""],
            ["""ONCRMDEALADD {"FIELDS":{"ID":"{id}"}}""", """ONCRMDEALADD {"FIELDS":{}}""", """ONCRMDEALADD {"FIELDS":{}}""",
                """ONCRMDEALRECURRINGADD {"FIELDS":{"ID":"{category}"}}""", """ONCRMDEALRECURRINGEXPOSE {"FIELDS":{"ID":"{category}"}}""", """ONCRMDEALRECURRINGUPDATE {"FIELDS":{"ID":"{category}"}}"""]
        },
        {
            "no event of another area",
            ["""im.chat.add {"TITLE":"Chat","USERS":[2]}""", """im.chat.user.add {"CHAT_ID":{id},"USERS":[3]}"""],
            []
        },
    };

    [Theory]
    [MemberData(nameof(Lives))]
    public async Task Events_tell_of_records(string what, string[] calls, string[] expected)
    {
        await using var portal = await PortalEmulator.StartAsync();
        foreach (var code in (await portal.CallAsync("events", "{}")).Result!.AsArray())
            Assert.Null((await portal.CallAsync("event.bind", $$"""{"event":"{{code}}","event_type":"offline"}""")).Error);
        string? id = null, category = null;
        foreach (var call in calls)
        {
            var (method, parameters) = (call.Split(' ')[0], Fill(call[(call.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
            var answer = await portal.CallAsync(method, parameters);
            Assert.True(answer.Error is null, $"{what}: {method} {parameters}: {answer.Error}");
            var said = answer.Result is JsonObject members ? (members["id"] ?? members["CALL_ID"] ?? (members.FirstOrDefault().Value as JsonObject)?["id"])?.ToString() : answer.Result?.ToString();
            id ??= said;
            category = method is "crm.category.add" or "crm.deal.recurring.add" ? said : category;
        }

        // The queue keeps one of the same event of a record; that something waits is an event too.
        var events = (await portal.CallAsync("event.offline.get", """{"clear":0}""")).Result!["events"]!.AsArray()
            .Select(static e => (Code: e!["EVENT_NAME"]!.ToString(), Data: e["EVENT_DATA"])).Where(static e => e.Code != "ONOFFLINEEVENT").ToList();
        Assert.Equal(expected.Select(static e => e.Split(' ')[0]).Order(), events.Select(static e => e.Code).Order());
        foreach (var line in expected.Select(Fill))
        {
            var data = JsonNode.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            Assert.Contains(events, e => line.StartsWith(e.Code + " ", StringComparison.Ordinal) && Has(e.Data, data));
        }

        static bool Has(JsonNode? actual, JsonNode? expected) => expected is JsonObject members
            ? actual is JsonObject all && members.All(m => Has(all[m.Key], m.Value))
            : actual?.ToString() == expected?.ToString();

        string Fill(string text) => text.Replace("{id}", id, StringComparison.Ordinal).Replace("{category}", category, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_by_REST_3_and_by_VibeCode_raise_the_same_events()
    {
        await using var portal = await PortalEmulator.StartAsync();
        foreach (var code in new[] { "ONTASKADD", "ONTASKUPDATE", "ONTASKDELETE", "ONCRMDEALADD", "ONCRMDEALUPDATE", "ONCRMDEALDELETE" })
            Assert.Null((await portal.CallAsync("event.bind", $$"""{"event":"{{code}}","event_type":"offline"}""")).Error);

        var v3 = portal.WebhookUrl.Replace("/rest/", "/rest/api/", StringComparison.Ordinal);
        var task = (await PortalCalls.SendAsync(PortalCalls.Post(v3 + "tasks.task.add", """{"fields":{"title":"Call","responsibleId":1,"creatorId":1}}""", null))).Result!["item"]!["id"]!.ToString();
        await PortalCalls.SendAsync(PortalCalls.Post(v3 + "tasks.task.update", $$"""{"id":{{task}},"fields":{"title":"Write"} }""", null));
        await PortalCalls.SendAsync(PortalCalls.Post(v3 + "tasks.task.delete", $$"""{"id":{{task}} }""", null));

        using var http = new HttpClient { BaseAddress = new(portal.PortalUrl), DefaultRequestHeaders = { { "X-Api-Key", portal.ApiKey } } };
        using var added = await http.PostAsync("/v1/deals", Json("""{"title":"Chairs"}"""));
        var deal = JsonNode.Parse(await added.Content.ReadAsStringAsync())!["data"]!["id"]!.ToString();
        (await http.PatchAsync($"/v1/deals/{deal}", Json("""{"title":"Tables"}"""))).EnsureSuccessStatusCode();
        (await http.DeleteAsync($"/v1/deals/{deal}")).EnsureSuccessStatusCode();

        var events = (await portal.CallAsync("event.offline.list", """{"order":{"ID":"ASC"}}""")).Result!.AsArray().Select(static e => (e!["EVENT_NAME"]!.ToString(), Id(e["EVENT_DATA"]!))).ToList();
        Assert.Equal(
            [("ONTASKADD", task), ("ONTASKUPDATE", task), ("ONTASKDELETE", task), ("ONCRMDEALADD", deal), ("ONCRMDEALUPDATE", deal), ("ONCRMDEALDELETE", deal)], events);

        static StringContent Json(string json) => new(json, System.Text.Encoding.UTF8, "application/json");
        static string Id(JsonNode data) => (data["FIELDS"] ?? (data["FIELDS_AFTER"] is JsonObject after ? after : data["FIELDS_BEFORE"]))!["ID"]!.ToString();
    }

    [Fact]
    public async Task What_an_application_bound_goes_with_it()
    {
        await using var portal = await PortalEmulator.StartAsync();
        await portal.CallAsync("event.bind", """{"event":"ONCRMDEALADD","event_type":"offline"}""");
        await portal.CallAsync("placement.bind", """{"PLACEMENT":"CRM_DEAL_DETAIL_TAB","HANDLER":"https://example.com/a"}""");
        // The application's server is gone; the portal removes it all the same.
        await Assert.ThrowsAsync<HttpRequestException>(() => portal.UninstallAsync("http://127.0.0.1:1/b24"));
        Assert.Empty((await portal.CallAsync("event.get", "{}")).Result!.AsArray());
        Assert.Empty((await portal.CallAsync("placement.get", "{}")).Result!.AsArray());
        await portal.CallAsync("crm.deal.add", """{"fields":{"TITLE":"x"}}""");
        Assert.Equal(0, portal.OfflineEventCount);
    }

    [Fact]
    public async Task Two_handlers_of_a_placement_are_bound_and_one_is_unbound()
    {
        await using var portal = await PortalEmulator.StartAsync();
        foreach (var handler in new[] { "http://127.0.0.1:1/a", "http://127.0.0.1:1/b" })
            Assert.Null((await portal.CallAsync("placement.bind", $$"""{"PLACEMENT":"CRM_DEAL_DETAIL_TAB","HANDLER":"{{handler}}"}""")).Error);
        Assert.Contains("/b ", (await Assert.ThrowsAsync<HttpRequestException>(() => portal.OpenPlacementAsync("CRM_DEAL_DETAIL_TAB"))).Message, StringComparison.Ordinal);
        await portal.CallAsync("placement.unbind", """{"PLACEMENT":"CRM_DEAL_DETAIL_TAB","HANDLER":"http://127.0.0.1:1/b"}""");
        Assert.Contains("/a ", (await Assert.ThrowsAsync<HttpRequestException>(() => portal.OpenPlacementAsync("CRM_DEAL_DETAIL_TAB"))).Message, StringComparison.Ordinal);
    }
}
