using System.Net;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Refusals in the forms that portals have really given them.</summary>
public class RealErrorTests
{
    [Theory]
    [InlineData("""{"error":"","error_description":"Not found"}""", 400, "", "Not found")]
    [InlineData("""{"error":"wrong_client"}""", 400, "wrong_client", null)]
    [InlineData("""{"error":"1048582","error_description":"Action is not available"}""", 400, "1048582", "Action is not available")]
    [InlineData("""{"error":1048582,"error_description":"Action is not available"}""", 400, "1048582", "Action is not available")]
    [InlineData("""{"error":"ERROR_CORE","error_description":"TASKS_ERROR_EXCEPTION_#8; Action failed; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>"}""", 400, "ERROR_CORE", "TASKS_ERROR_EXCEPTION_#8; Action failed; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>")]
    [InlineData("""{"error":"ERROR_ARGUMENT","error_description":"Argument 'TITLE' is null or empty","argument":"TITLE"}""", 400, "ERROR_ARGUMENT", "Argument 'TITLE' is null or empty")]
    [InlineData("""{"error":"PAYMENT_REQUIRED","error_description":"Subscription has been ended"}""", 402, "PAYMENT_REQUIRED", "Subscription has been ended")]
    [InlineData("""{"error":"ACCESS_DENIED","error_description":"Access denied.","time":{"start":1777723779,"finish":1777723779.33,"operating":0}}""", 403, "ACCESS_DENIED", "Access denied.")]
    [InlineData("""{"error":"ERROR_METHOD_NOT_FOUND","error_description":"Method not found!"}""", 404, "ERROR_METHOD_NOT_FOUND", "Method not found!")]
    [InlineData("""{"result":[],"error":"0","error_description":"\u041e\u0448\u0438\u0431\u043a\u0430"}""", 400, "0", "Ошибка")]
    [InlineData("""{"error":"ERROR_CORE","error_description":["first","second"]}""", 400, "ERROR_CORE", """["first","second"]""")]
    [InlineData("""{"error":"ERROR_CORE","error_description":null}""", 400, "ERROR_CORE", null)]
    public async Task Refusal_is_an_exception_with_its_code(string body, int status, string code, string? description)
    {
        await using var server = await LoopbackServer.StartAsync(body, status);
        using var client = server.Client();

        var e = await Assert.ThrowsAnyAsync<Bitrix24ApiException>(() => client.BiConnector.Dataset.GetAsync(1));

        Assert.Equal((code, description, (HttpStatusCode)status), (e.Code, e.Description, e.Status));
    }
}
