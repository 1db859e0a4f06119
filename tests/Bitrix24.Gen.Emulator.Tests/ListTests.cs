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

    /// <summary>Times have whole seconds, flags and numbers that nobody set are N and 0, whichever view has made the record.</summary>
    [Theory]
    [InlineData("crm.deal.list", "crm.deal.add", """{"fields":{"TITLE":"a"}}""")]
    [InlineData("crm.lead.list", "crm.lead.add", """{"fields":{"TITLE":"a"}}""")]
    [InlineData("crm.company.list", "crm.company.add", """{"fields":{"TITLE":"a"}}""")]
    [InlineData("crm.contact.list", "crm.contact.add", """{"fields":{"NAME":"a"}}""")]
    [InlineData("crm.quote.list", "crm.quote.add", """{"fields":{"TITLE":"a"}}""")]
    [InlineData("crm.product.list", "crm.product.add", """{"fields":{"NAME":"a"}}""")]
    [InlineData("crm.type.list", "crm.type.add", """{"fields":{"title":"a"}}""")]
    [InlineData("crm.activity.list", "crm.activity.configurable.add", """{"ownerTypeId":2,"ownerId":1,"fields":{"completed":true},"layout":{"icon":{"code":"call-completed"},"header":{"title":"a"},"body":{"logo":{"code":"call-incoming"}}}}""")]
    [InlineData("sale.order.list", "sale.order.add", """{"fields":{"lid":"s1","personTypeId":1,"currency":"EUR","price":10}}""")]
    public async Task AFieldThatAListShows_FindsItsRecord(string list, string add, string record)
    {
        await using var portal = await PortalEmulator.StartAsync();
        await portal.CallAsync("crm.deal.add", """{"fields":{"TITLE":"owner"}}""");
        Assert.Null((await portal.CallAsync(add, record)).Error);
        var (missed, filters) = (new List<string>(), 0);
        foreach (var (name, value) in Rows(await portal.CallAsync(list))[^1])
        {
            if (value is not JsonValue || value.ToString().Length == 0 || name.StartsWith("UF_", StringComparison.Ordinal))
                continue;
            filters++;
            var condition = new JsonObject { [name] = value.DeepClone() };
            var found = Rows(await portal.CallAsync(list, new JsonObject { ["filter"] = condition }.ToJsonString()));
            var others = Rows(await portal.CallAsync(list, new JsonObject { ["filter"] = new JsonObject { ["!" + name] = value.DeepClone() } }.ToJsonString()));
            if (found.Length == 0 || !found.All(r => JsonNode.DeepEquals(r[name], value)) || others.Any(r => JsonNode.DeepEquals(r[name], value)))
                missed.Add($"{name} {value.ToJsonString()}");
        }

        Assert.True(filters > 10, $"{filters} fields");
        Assert.Empty(missed);

        static JsonObject[] Rows(Reply reply) =>
            [.. (reply.Result as JsonArray ?? reply.Result!.AsObject().Select(static m => m.Value).OfType<JsonArray>().First()).Select(static r => r!.AsObject())];
    }

    [Fact]
    public async Task ATextThatIsZeroOrN_IsNoValueThatNobodySet()
    {
        await using var portal = await PortalEmulator.StartAsync();
        await portal.CallAsync("crm.deal.add", """{"fields":{"TITLE":"a"}}""");
        foreach (var value in new[] { "0", "N" })
            Assert.Empty((await portal.CallAsync("crm.deal.list", $$$"""{"filter":{"ORIGIN_ID":"{{{value}}}"}}""")).Result!.AsArray());
    }

    /// <summary><a href="https://apidocs.bitrix24.com/api-reference/crm/leads/userfield/crm-lead-userfield-add.html">crm.lead.userfield.add</a> declares fields of leads.</summary>
    [Fact]
    public async Task ARecordOfOneKind_IsNotMadeOfAnother()
    {
        await using var portal = await PortalEmulator.StartAsync();
        Assert.Null((await portal.CallAsync("crm.lead.userfield.add", """{"fields":{"FIELD_NAME":"NOTE","USER_TYPE_ID":"string","ENTITY_ID":"CRM_DEAL"}}""")).Error);
        Assert.Empty((await portal.CallAsync("crm.deal.userfield.list")).Result!.AsArray());
        Assert.Equal("CRM_LEAD", (await portal.CallAsync("crm.lead.userfield.list")).Result![0]!["ENTITY_ID"]!.GetValue<string>());
    }

    /// <summary><a href="https://apidocs.bitrix24.com/api-reference/catalog/product/catalog-product-add.html">catalog.product.add</a> has no price.</summary>
    [Fact]
    public async Task AProductOfTheCatalogue_GetsItsPriceByCatalogPriceAdd()
    {
        await using var portal = await PortalEmulator.StartAsync();
        var iblock = (await portal.CallAsync("catalog.catalog.list")).Result!["catalogs"]![0]!["iblockId"]!;
        var product = (await portal.CallAsync("catalog.product.add", $$$"""{"fields":{"name":"Chair","iblockId":{{{iblock}}},"price":100,"currency":"USD"}}""")).Result!["element"]!["id"]!;
        Assert.Null((await portal.CallAsync("catalog.price.add", $$$"""{"fields":{"productId":{{{product}}},"catalogGroupId":1,"price":90,"currency":"USD"}}""")).Error);
        Assert.Equal("90.00", (await portal.CallAsync("crm.product.get", $$$"""{"id":{{{product}}}}""")).Result!["PRICE"]!.GetValue<string>());
    }

    /// <summary>An application's type of fields is declared under its code, and called <c>rest_{application}_{code}</c> by the portal.</summary>
    [Theory]
    [InlineData("acme_type", null)]
    [InlineData("rest_1_acme_type", null)]
    [InlineData("other_type", "ERROR_CORE")]
    public async Task AFieldIsOfATypeThatThePortalHas(string type, string? error)
    {
        await using var portal = await PortalEmulator.StartAsync();
        Assert.Null((await portal.CallAsync("userfieldtype.add", """{"USER_TYPE_ID":"acme_type","HANDLER":"https://example.com/type","TITLE":"Acme"}""")).Error);
        Assert.Equal(error, (await portal.CallAsync("crm.deal.userfield.add", $$$"""{"fields":{"FIELD_NAME":"ACME","USER_TYPE_ID":"{{{type}}}"}}""")).Error);
    }
}
