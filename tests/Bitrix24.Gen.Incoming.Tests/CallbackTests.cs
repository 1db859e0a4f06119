using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Bitrix24.Gen.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Incoming.Tests;

using Ai;
using App;
using BizProc;
using MessageService;
using Sale;

/// <summary>Addresses that an application registers are called by the portal, typed and verified, and answer what portals take.</summary>
public sealed class CallbackTests
{
    [Fact]
    public async Task A_delivery_is_calculated_ordered_and_cancelled()
    {
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            var calculate = b24.MapCallback<DeliveryHandlerCalculateUrlRequest, DeliveryHandlerCalculateUrlResult>("/calculate", static (request, _) =>
                Task.FromResult(request.Shipment!.Weight > 1000
                    ? new DeliveryHandlerCalculateUrlResult { Success = false, Reason = new() { Text = "Too heavy." } }
                    : new DeliveryHandlerCalculateUrlResult { Success = true, Price = request.Shipment.Items.Sum(static i => i.Quantity) * 10m }));
            var create = b24.MapCallback<DeliveryHandlerCreateDeliveryRequestUrlRequest, DeliveryHandlerCreateDeliveryRequestUrlResult>("/create", static (request, _) =>
                Task.FromResult(new DeliveryHandlerCreateDeliveryRequestUrlResult { Success = true, RequestId = "order-" + request.Shipments[0].Id!.Value.ToString(CultureInfo.InvariantCulture) }));
            var cancel = b24.MapCallback<DeliveryHandlerCancelDeliveryRequestUrlRequest, DeliveryHandlerCancelDeliveryRequestUrlResult>("/cancel", static (request, _) =>
                Task.FromResult(new DeliveryHandlerCancelDeliveryRequestUrlResult { Success = request.RequestId == "order-7" }));
            b24.OnInstall((_, client, ct) => client.CallAsync("sale.delivery.handler.add", new
            {
                NAME = "Courier",
                CODE = "courier",
                SETTINGS = new
                {
                    CALCULATE_URL = calculate(),
                    CREATE_DELIVERY_REQUEST_URL = create(),
                    CANCEL_DELIVERY_REQUEST_URL = cancel(),
                    CONFIG = Array.Empty<object>(),
                },
                PROFILES = new[] { new { NAME = "Standard", CODE = "standard" } },
            }, ct));
        });
        await portal.InstallAsync(app.Urls.First() + "/b24");

        var light = await portal.InvokeCallbackAsync("sale.delivery.handler.CALCULATE_URL", """{"SHIPMENT":{"ID":7,"WEIGHT":600,"ITEMS":[{"QUANTITY":2},{"QUANTITY":1.5}]}}""", "courier");
        Assert.Equal((200, """{"SUCCESS":"Y","PRICE":35.0}""", true), (light.Status, light.Body, light.IsTaken));
        var heavy = await portal.InvokeCallbackAsync("sale.delivery.handler.CALCULATE_URL", """{"SHIPMENT":{"WEIGHT":6000}}""");
        Assert.Equal("""{"SUCCESS":"N","REASON":{"TEXT":"Too heavy."}}""", heavy.Body);
        Assert.Equal("""{"SUCCESS":"Y","REQUEST_ID":"order-7"}""", (await portal.InvokeCallbackAsync("sale.delivery.handler.CREATE_DELIVERY_REQUEST_URL", """{"SHIPMENTS":[{"ID":7}]}""")).Body);
        Assert.True((await portal.InvokeCallbackAsync("sale.delivery.handler.CANCEL_DELIVERY_REQUEST_URL", """{"DELIVERY_ID":1,"REQUEST_ID":"order-7"}""")).IsTaken);
    }

    [Fact]
    public async Task A_robot_gets_its_properties_and_reports_its_outcome_once()
    {
        var errors = new ConcurrentQueue<string?>();
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            var robot = b24.MapCallback<RobotHandlerRequest>("/robot", async (request, client, ct) =>
            {
                var values = new { text = request.Properties["text"].GetString()!.ToUpperInvariant() };
                await client.CallAsync("bizproc.event.send", new { event_token = request.EventToken, return_values = values }, ct);
                var again = await Assert.ThrowsAsync<Bitrix24ApiException>(() => client.CallAsync("bizproc.event.send", new { event_token = request.EventToken, return_values = values }, ct));
                errors.Enqueue(again.Code);
            });
            b24.OnInstall((_, client, ct) => client.CallAsync("bizproc.robot.add", new { CODE = "shout", HANDLER = robot(), NAME = "Shout", USE_SUBSCRIPTION = "Y" }, ct));
        });
        await portal.InstallAsync(app.Urls.First() + "/b24");

        var answer = await portal.InvokeCallbackAsync("bizproc.robot.HANDLER", """{"document_id":["crm","CCrmDocumentDeal","DEAL_1"],"properties":{"text":"hello"}}""", "shout");

        Assert.Equal(200, answer.Status);
        var reply = Assert.Single(portal.Replies);
        Assert.Equal(answer.Token, reply.Token);
        Assert.Contains("HELLO", reply.Parameters, StringComparison.Ordinal);
        Assert.Equal(["ACCESS_DENIED"], errors);
    }

    [Fact]
    public async Task An_sms_and_an_activity_arrive_with_what_the_pages_say()
    {
        var seen = new ConcurrentQueue<string>();
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            var sms = b24.MapCallback<SenderHandlerRequest>("/sms", (request, _, _) =>
            {
                seen.Enqueue($"{request.Code} {request.MessageTo} {request.MessageBody} {request.Properties?.PhoneNumber}");
                return Task.CompletedTask;
            });
            var activity = b24.MapCallback<ActivityHandlerRequest>("/activity", (request, _, _) =>
            {
                seen.Enqueue(string.Join(',', request.DocumentId));
                return Task.CompletedTask;
            });
            b24.OnInstall(async (_, client, ct) =>
            {
                await client.CallAsync("messageservice.sender.add", new { CODE = "pigeon", TYPE = "SMS", HANDLER = sms(), NAME = "Pigeon" }, ct);
                await client.CallAsync("bizproc.activity.add", new { CODE = "step", HANDLER = activity(), NAME = "Step" }, ct);
            });
        });
        await portal.InstallAsync(app.Urls.First() + "/b24");
        await portal.InvokeCallbackAsync("messageservice.sender.HANDLER", """{"module_id":"crm","type":"SMS","message_id":"m1","message_to":"+1","message_body":"Hi & bye","properties":{"phone_number":"+1","message_text":"Hi & bye"}}""");
        await portal.InvokeCallbackAsync("bizproc.activity.HANDLER", """{"document_id":["crm","CCrmDocumentDeal","DEAL_1"]}""");
        Assert.Equal(["pigeon +1 Hi & bye +1", "crm,CCrmDocumentDeal,DEAL_1"], seen);
    }

    [Theory]
    [InlineData("with the portal")]
    [InlineData("without the portal")]
    [InlineData("with an answer, without the portal")]
    public async Task A_callback_with_a_forged_or_missing_token_runs_nothing(string handler)
    {
        var runs = 0;
        Func<string>? address = null;
        await using var host = await ServerHost.StartAsync(b24 =>
        {
            address = handler switch
            {
                "with the portal" => b24.MapCallback<RobotHandlerRequest>("/robot", (_, _, _) => Task.FromResult(Interlocked.Increment(ref runs))),
                "without the portal" => b24.MapCallback<RobotHandlerRequest>("/robot", (_, _) => Task.FromResult(Interlocked.Increment(ref runs))),
                _ => b24.MapCallback<EngineCompletionsUrlRequest, EngineCompletionsUrlResult>("/robot", (_, _) =>
                {
                    Interlocked.Increment(ref runs);
                    return Task.FromResult(new EngineCompletionsUrlResult { Result = "OK" });
                }),
            };
            b24.OnInstall((_, _, _) => Task.FromResult(s_address = address()));
        });
        await host.InstallAsync();
        await host.Portals.SaveAsync(new() { MemberId = "other", Url = new("https://other.bitrix24.com/"), ApplicationToken = "token-of-the-other" });
        var path = new Uri(s_address!).PathAndQuery;
        string Robot(string token, string member = ServerHost.Member) => $"event_token=e&auth[member_id]={member}&auth[application_token]={token}";
        foreach (var form in new[] { Robot("forged"), Robot("token-of-the-other"), Robot("", "other"), Robot(ServerHost.Token, "nobody"), "event_token=e" })
            Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync(path, form)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync("/b24/robot", Robot(ServerHost.Token))).StatusCode);
        Assert.Equal(0, runs);
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync(path, Robot(ServerHost.Token))).StatusCode);
        Assert.Equal(1, runs);
    }

    [Theory]
    [InlineData("""{"PAYMENT_ID":"1"}""", "B24103 PAYMENT_URL")]
    [InlineData("""{"PAYMENT_URL":"https://pay.example/1"}""", "B24103 PAYMENT_ID")]
    [InlineData("""{"PAYMENT_URL":5,"PAYMENT_ID":"1"}""", null)]
    [InlineData("""{"PAYMENT_ERRORS":{"a":{"b":1}}}""", "B24106 PAYMENT_ERRORS")]
    [InlineData("""[]""", "B24103 answer.PAYMENT_URL")]
    [InlineData("""5""", "B24106 answer")]
    [InlineData("OK", "B24106 ")]
    [InlineData("""{"PAYMENT_ERRORS":["The card is blocked."]}""", null)]
    public async Task The_emulator_refuses_a_wrong_answer_and_says_why(string body, string? refused)
    {
        await using var portal = await PortalEmulator.StartAsync();
        await using var handler = await HandlerAsync(body);
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        await user.CallAsync("sale.paysystem.handler.add", new { NAME = "Pay", CODE = "pay", SETTINGS = new { CODES = new { A = new { NAME = "a" } }, CHECKOUT_DATA = new { ACTION_URI = handler.Urls.First() + "/" } } });
        var answer = await portal.InvokeCallbackAsync("sale.paysystem.handler.CHECKOUT_DATA", """{"BX_SYSTEM_PARAMS":{"SUM":5}}""");
        Assert.Equal(refused is null, answer.IsTaken);
        if (refused is not null)
        {
            Assert.StartsWith(refused, $"{answer.Findings[0].RuleId} {answer.Findings[0].Path}", StringComparison.Ordinal);
            Assert.Equal(answer.Findings, portal.Deliveries[^1].Findings);
        }
    }

    [Fact]
    public async Task A_wrong_answer_does_not_leave_and_the_log_says_why()
    {
        await using var host = await ServerHost.StartAsync(b24 =>
        {
            var address = b24.MapCallback<PaySystemHandlerCheckoutDataRequest, PaySystemHandlerCheckoutDataResult>(
                "/pay", static (_, _) => Task.FromResult(new PaySystemHandlerCheckoutDataResult { PaymentId = "1" }));
            b24.OnInstall((_, _, _) => Task.FromResult(s_address = address()));
        });
        await host.InstallAsync();
        var answer = await host.PostAsync(new Uri(s_address!).PathAndQuery, "BX_SYSTEM_PARAMS[SUM]=5");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        Assert.Contains("The answer to sale.paysystem.handler.CHECKOUT_DATA is wrong: B24103 PAYMENT_URL", Assert.Single(host.Log, static l => l.StartsWith("Warning: Refused", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ai_engine_is_asked_with_the_application_token_and_answers_ok()
    {
        string? prompt = null;
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            var engine = b24.MapCallback<EngineCompletionsUrlRequest, EngineCompletionsUrlResult>("/ai", (request, _, _) =>
            {
                prompt = request.Prompt?.GetString();
                return Task.FromResult(new EngineCompletionsUrlResult { Result = "OK" });
            });
            b24.OnInstall((_, client, ct) => client.CallAsync("ai.engine.register", new { name = "Acme", code = "acme", category = "text", completions_url = engine() }, ct));
        });
        await portal.InstallAsync(app.Urls.First() + "/b24");
        Assert.True((await portal.InvokeCallbackAsync("ai.engine.completions_url", """{"prompt":"Say hi","max_tokens":10}""")).IsTaken);
        Assert.Equal("Say hi", prompt);
    }

    [Fact]
    public async Task A_settings_form_is_shown_and_a_wrong_value_is_refused_by_the_status()
    {
        string? show = null, save = null;
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            var saving = b24.MapCallback<SettingsSaveRequest, SettingsSaveResult>(
                "/save",
                static (request, _, _) => Task.FromResult(request.Data["key"].GetString() == "right"
                    ? new SettingsSaveResult { Status = SettingsSaveResultStatus.Success }
                    : new() { Status = SettingsSaveResultStatus.Error, Errors = [new() { Field = "key", Message = "The key is wrong." }] }),
                static answer => answer.Status == SettingsSaveResultStatus.Error ? 400 : 200);
            var showing = b24.MapCallback<SettingsFormRequest, SettingsFormResult>("/settings", (request, _, _) => Task.FromResult(new SettingsFormResult
            {
                Title = request.Event!,
                Version = new("1"),
                Steps = [new() { Id = "1", Title = "Key", Fields = [new() { Id = "key", Name = "key", Type = new("input") }] }],
                Form = new() { Id = "form", Action = saving(), ClientId = "app.1" },
            }));
            b24.OnInstall((_, _, _) =>
            {
                (show, save) = (showing(), saving());
                return Task.CompletedTask;
            });
        });
        await portal.InstallAsync(app.Urls.First() + "/b24");

        var form = await portal.InvokeCallbackAsync("app.settings.form", """{"event":"OnAppSettingsInstall"}""", show);
        Assert.True(form.IsTaken);
        Assert.StartsWith("""{"title":"OnAppSettingsInstall","version":"1","steps":[{"id":"1",""", form.Body, StringComparison.Ordinal);
        var wrong = await portal.InvokeCallbackAsync("app.settings.save", """{"data":{"key":"x"},"saveform":"Y"}""", save);
        Assert.Equal((400, """{"status":"error","errors":[{"field":"key","message":"The key is wrong."}]}"""), (wrong.Status, wrong.Body));
        Assert.Equal((200, """{"status":"success"}"""), (await portal.InvokeCallbackAsync("app.settings.save", """{"data":{"key":"right"}}""", save)) is var good ? (good.Status, good.Body) : default);
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => portal.InvokeCallbackAsync("app.settings.save"));
        Assert.Equal("No method registers the address of app.settings.save: give it as the key.", missing.Message);
    }

    [Fact]
    public async Task A_user_field_is_rendered_by_its_handler()
    {
        await using var portal = await PortalEmulator.StartAsync();
        await using var app = await EmulatedApplication.StartAsync(portal, b24 =>
        {
            b24.OnInstall((install, client, ct) => client.CallAsync("userfieldtype.add", new { USER_TYPE_ID = "stars", HANDLER = install.EventsUrl, TITLE = "Stars" }, ct));
            b24.OnPlacement<UserFieldType.UserFieldType>((field, _, _) => Results.Content($"{field.Options.FieldName}={field.Options.Value} of {field.Options.EntityData?.EntityId}", "text/plain"));
        });
        await portal.InstallAsync(app.Urls.First() + "/b24");
        Assert.Equal("UF_CRM_STARS=5 of 7303", await portal.OpenPlacementAsync(
            "USERFIELD_TYPE", """{"MODE":"view","ENTITY_ID":"CRM_DEAL","FIELD_NAME":"UF_CRM_STARS","VALUE":"5","ENTITY_DATA":{"entityTypeId":2,"entityId":"7303","module":"crm"}}"""));
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{\"a\":\"\\ud800\"}", "not UTF-8")]
    public async Task A_body_that_is_no_json_object_is_refused(string body, string problem)
    {
        await using var host = await ServerHost.StartAsync(b24 =>
        {
            var address = b24.MapCallback<DeliveryHandlerCancelDeliveryRequestUrlRequest>("/cancel", static (_, _) => throw new InvalidOperationException("It ran."));
            b24.OnInstall((_, _, _) => Task.FromResult(s_address = address()));
        });
        await host.InstallAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.PostAsync(new Uri(s_address!).PathAndQuery, content)).StatusCode);
        Assert.Contains(problem, Assert.Single(host.Log, static l => l.StartsWith("Warning: Refused", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static volatile string? s_address;

    private static async Task<WebApplication> HandlerAsync(string body)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync(body));
        await app.StartAsync();
        return app;
    }
}
