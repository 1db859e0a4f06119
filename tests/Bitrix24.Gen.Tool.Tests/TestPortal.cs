using System.Text;
using System.Text.Json;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Tool.Tests;

/// <summary>A portal with fields, stages and a smart process of its own.</summary>
internal static class TestPortal
{
    public static async Task<PortalEmulator> StartAsync(PortalOptions? options = null)
    {
        var portal = await PortalEmulator.StartAsync(options);
        if (options?.Scopes is not null)
            return portal;
        await CallAsync(portal, "crm.deal.userfield.add", new { fields = new { FIELD_NAME = "BUDGET", USER_TYPE_ID = "double", EDIT_FORM_LABEL = new { en = "Budget" } } });
        await CallAsync(portal, "user.userfield.add", new { fields = new { FIELD_NAME = "UF_USR_BADGE", USER_TYPE_ID = "string" } });
        await CallAsync(portal, "crm.category.add", new { entityTypeId = 2, fields = new { name = "Wholesale" } });
        await CallAsync(portal, "crm.type.add", new { fields = new { title = "Contract", entityTypeId = 1032 } });
        await CallAsync(portal, "userfieldconfig.add", new { moduleId = "crm", field = new { entityId = "CRM_1", fieldName = "UF_CRM_1_SUM", userTypeId = "double", multiple = "N" } });
        portal.Requests.Clear();
        return portal;
    }

    public static async Task<JsonElement> CallAsync(PortalEmulator portal, string method, object parameters)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(portal.WebhookUrl + method), new StringContent(JsonSerializer.Serialize(parameters), Encoding.UTF8, "application/json"));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("result").Clone();
    }
}
