using System.Net;
using System.Text.Json.Nodes;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Incoming.Tests;

using Ai;
using App;
using BiConnector;
using BizProc;
using Landing;
using MessageService;
using Sale;

/// <summary>A wrong answer to a callback does not leave: the portal gets its form of a failure, the log one line that says where and what.</summary>
public sealed class WrongAnswerTests
{
    private static readonly JsonNode NotANumber = JsonValue.Create(double.NaN);

    public static IEnumerable<object[]> Cases => All().Select(static c => new object[] { c.Callback, c.What });

    [Fact]
    public void Each_callback_that_takes_an_answer_has_eight_wrong_ones()
    {
        var few = All().GroupBy(static c => c.Callback).Where(static g => g.Count() < 8 && !g.Key.EndsWith("HANDLER", StringComparison.Ordinal) && !g.Key.Contains("FORM_DATA", StringComparison.Ordinal));
        Assert.Empty(few.Select(static g => $"{g.Key}: {g.Count()}"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_does_not_leave_and_the_log_says_why(string callback, string what)
    {
        var tried = All().Single(c => c.Callback == callback && c.What == what);
        Func<string>? address = null;
        string? path = null;
        await using var host = await ServerHost.StartAsync(b24 =>
        {
            address = tried.Map(b24);
            b24.OnInstall((_, _, _) => Task.FromResult(path = new Uri(address()).PathAndQuery));
        });
        await host.InstallAsync();
        host.Log.Clear();

        using var answer = await host.PostAsync(path!, $"event_token=e&auth[member_id]={ServerHost.Member}&auth[application_token]={ServerHost.Token}");
        var (status, body) = callback switch
        {
            "sale.cashbox.handler.PRINT_URL" => (HttpStatusCode.OK, """{"ERRORS":["The cash register\u0027s application failed."]}"""),
            "sale.cashbox.handler.CHECK_URL" => (HttpStatusCode.OK, """{"STATUS":"WAIT"}"""),
            "ai.engine.completions_url" => (HttpStatusCode.ServiceUnavailable, ""),
            _ => (HttpStatusCode.InternalServerError, ""),
        };
        Assert.Equal(status, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(body.Length == 0 ? text.Length == 0 : JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(text)), text);
        var line = Assert.Single(host.Log, static l => l.StartsWith("Warning: ", StringComparison.Ordinal) || l.StartsWith("Error: ", StringComparison.Ordinal));
        var named = $"{callback} at /b24/callback";
        Assert.StartsWith(tried.Line is null ? $"Error: {named} failed" : $"Warning: Refused {named}: ", line, StringComparison.Ordinal);
        Assert.Contains(tried.Line ?? "Exception", line, StringComparison.Ordinal);
        Assert.DoesNotContain(ServerHost.Token, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_cannot_be_read_is_a_failure_in_the_portals_form_too()
    {
        string? path = null;
        await using var host = await ServerHost.StartAsync(b24 =>
        {
            var address = b24.MapCallback<CashboxHandlerCheckUrlRequest, CashboxHandlerCheckUrlResult>("/check", static (_, _) => throw new InvalidOperationException("It ran."));
            b24.OnInstall((_, _, _) => Task.FromResult(path = new Uri(address()).PathAndQuery));
        });
        await host.InstallAsync();
        using var answer = await host.PostAsync(path!, "uuid=%FF");
        Assert.Equal("""{"STATUS":"WAIT"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync("/b24/check", "uuid=1")).StatusCode);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("throws")]
    [InlineData("cannot be shown")]
    public async Task A_user_field_that_shows_nothing_is_an_error_in_the_log(string what)
    {
        await using var host = await ServerHost.StartAsync(b24 => b24.OnPlacement<UserFieldType.UserFieldType>((_, _, _) => what switch
        {
            "null" => Task.FromResult<IResult>(null!),
            "throws" => throw new TimeoutException("The store is slow."),
            _ => Task.FromResult<IResult>(new Unshowable()),
        }));
        await host.InstallAsync();
        host.Log.Clear();
        using var answer = await host.PostAsync(
            $"/b24?DOMAIN={host.TokenKey}&PROTOCOL=0", $"AUTH_ID=access-1&REFRESH_ID=refresh-1&AUTH_EXPIRES=3600&member_id={ServerHost.Member}&status=L&PLACEMENT=USERFIELD_TYPE&PLACEMENT_OPTIONS=%7B%7D");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var line = Assert.Single(host.Log, static l => l.StartsWith("Error: ", StringComparison.Ordinal));
        Assert.Contains("USERFIELD_TYPE", line, StringComparison.Ordinal);
        Assert.Contains(what switch { "null" => "The handler of the placement answered null", "throws" => "The store is slow.", _ => "No page." }, line, StringComparison.Ordinal);
    }

#pragma warning disable B24106 // The analyzers say so too.
    private static List<Case> All()
    {
        var cases = new List<Case>();
        Of<DeliveryHandlerCalculateUrlRequest, DeliveryHandlerCalculateUrlResult>(
            ("a reason without a text", static () => new() { Success = false, Reason = new() { Text = Nothing() } }, "B24103 REASON.TEXT: "),
            ("a price in words", static () => new() { Success = true, Extra = { ["PRICE"] = "five" } }, "B24106 PRICE: "),
            ("a reason that is a text", static () => new() { Success = false, Extra = { ["REASON"] = "too far" } }, "B24106 REASON: "));
        Of<DeliveryHandlerCreateDeliveryRequestUrlRequest, DeliveryHandlerCreateDeliveryRequestUrlResult>(
            ("success without an id", static () => new() { Success = true }, "B24103 REQUEST_ID: "),
            ("an empty id", static () => new() { Success = true, RequestId = Empty() }, "B24108 REQUEST_ID: "),
            ("an id that is a list", static () => new() { Success = true, Extra = { ["REQUEST_ID"] = new JsonArray() } }, "B24106 REQUEST_ID: "));
        Of<DeliveryHandlerCancelDeliveryRequestUrlRequest, DeliveryHandlerCancelDeliveryRequestUrlResult>(
            ("a reason without a text", static () => new() { Success = false, Reason = new() { Text = Nothing() } }, "B24103 REASON.TEXT: "),
            ("a reason that is a text", static () => new() { Success = false, Extra = { ["REASON"] = "too late" } }, "B24106 REASON: "),
            ("a reason that is a list", static () => new() { Success = false, Extra = { ["REASON"] = new JsonArray("a") } }, "B24106 REASON"));
        Of<CashboxHandlerPrintUrlRequest, CashboxHandlerPrintUrlResult>(
            ("an id that is a list", static () => new() { Extra = { ["UUID"] = new JsonArray("a") } }, "B24106 UUID: "),
            ("errors that are a text", static () => new() { Extra = { ["ERRORS"] = "no paper" } }, "B24106 ERRORS: "),
            ("an error that is null", static () => new() { Errors = [Nothing()] }, "B24106 ERRORS[0]: "));
        Of<CashboxHandlerCheckUrlRequest, CashboxHandlerCheckUrlResult>(
            ("an error without a text", static () => new() { Status = CashboxHandlerCheckUrlResultStatus.Error }, "B24103 ERROR: "),
            ("a status that is a list", static () => new() { Extra = { ["STATUS"] = new JsonArray() } }, "B24106 STATUS: "),
            ("a number that is an object", static () => new() { Extra = { ["FN_NUMBER"] = new JsonObject { ["a"] = 1 } } }, "B24106 FN_NUMBER: "));
        Of<EngineCompletionsUrlRequest, EngineCompletionsUrlResult>(
            ("not OK", static () => new() { Result = new(Text("ok")) }, "B24109 result: "),
            ("nothing in its place", static () => new() { Result = new(Empty()) }, "B24109 result: "),
            ("lines in its place", static () => new() { Result = new(Text("O\nK")) }, "B24109 result: "));
        Of<PaySystemHandlerCheckoutDataRequest, PaySystemHandlerCheckoutDataResult>(
            ("nothing", static () => new(), "B24103 PAYMENT_URL: "),
            ("no id of the payment", static () => new() { PaymentUrl = "https://pay.example/1" }, "B24103 PAYMENT_ID: "),
            ("an error that is null", static () => new() { PaymentErrors = [Nothing()] }, "B24106 PAYMENT_ERRORS[0]: "),
            ("errors that are a text", static () => new() { Extra = { ["PAYMENT_ERRORS"] = "blocked" } }, "B24106 PAYMENT_ERRORS: "));
        Of<SettingsSaveRequest, SettingsSaveResult>(
            ("an unknown status", static () => new() { Status = new(Text("done")) }, "B24109 status: "),
            ("an error without a field", static () => new() { Status = SettingsSaveResultStatus.Error, Errors = [new() { Field = Nothing(), Message = "x" }] }, "B24103 errors[0].field: "),
            ("errors that are a text", static () => new() { Status = SettingsSaveResultStatus.Error, Extra = { ["errors"] = "x" } }, "B24106 errors: "));
        Answer<RepoWidgetHandlerRequest, Dictionary<string, JsonNode?>>(
            ("null", static () => null!, "B24103 answer: "),
            ("an infinite number", static () => new() { ["a"] = JsonValue.Create(double.PositiveInfinity) }, "cannot be written as JSON: "),
            ("no number in a list", static () => new() { ["a"] = new JsonArray(1, NotANumber.DeepClone()) }, "cannot be written as JSON: "),
            ("too deep", static () => new() { ["a"] = Deep() }, "cannot be written as JSON: "),
            ("no number in an object", static () => new() { ["a"] = new JsonObject { ["b"] = NotANumber.DeepClone() } }, "cannot be written as JSON: "),
            ("a list in its place", static () => throw new CallbackAnswerException("landing.repowidget.handler", [new("B24106", "answer", null, "A list.")]), "B24106 answer: A list."),
            ("an exception", static () => throw new InvalidOperationException("It failed."), null),
            ("a timeout", static () => throw new TaskCanceledException("It was slow."), null));
        Lists<ConnectorUrlTableListRequest, ConnectorUrlTableListResult>(
            ("no code", static () => new() { Code = Nothing(), Title = "x" }, "B24103 answer[0].code: "),
            ("an empty code", static () => new() { Code = Empty(), Title = "x" }, "B24108 answer[0].code: "),
            ("no title", static () => new() { Code = "x", Title = Nothing() }, "B24103 answer[0].title: "),
            ("an empty title", static () => new() { Code = "x", Title = Empty() }, "B24108 answer[0].title: "));
        Lists<ConnectorUrlTableDescriptionRequest, ConnectorUrlTableDescriptionResult>(
            ("no code", static () => new() { Code = Nothing(), Name = "x", Type = "int" }, "B24103 answer[0].code: "),
            ("no name", static () => new() { Code = "x", Name = Nothing(), Type = "int" }, "B24103 answer[0].name: "),
            ("no type", static () => new() { Code = "x", Name = "x", Type = Nothing() }, "B24103 answer[0].type: "),
            ("an empty type", static () => new() { Code = "x", Name = "x", Type = Empty() }, "B24108 answer[0].type: "));
        Fails<RobotHandlerRequest>();
        Fails<ActivityHandlerRequest>();
        Fails<SenderHandlerRequest>();
        Fails<PaySystemHandlerFormDataRequest>();
        return cases;

        // What is wrong with every object.
        void Of<TRequest, TAnswer>(params (string What, Func<TAnswer> Answer, string? Line)[] own)
            where TRequest : Bitrix24Object, ICallbackRequest<TAnswer>, new()
            where TAnswer : Bitrix24Input
        {
            Answer<TRequest, TAnswer>(
            [
                .. own,
                ("null", static () => null!, "B24103 answer: "),
                ("an infinite number", () => With(own[0].Answer(), NotANumber.DeepClone()), "cannot be written as JSON: "),
                ("too deep", () => With(own[0].Answer(), Deep()), "cannot be written as JSON: "),
                ("an exception", static () => throw new InvalidOperationException("It failed."), null),
                ("a timeout", static () => throw new TaskCanceledException("It was slow."), null),
            ]);
        }

        void Lists<TRequest, TItem>(params (string What, Func<TItem> Item, string? Line)[] own)
            where TRequest : Bitrix24Object, ICallbackRequest<IReadOnlyList<TItem>>, new() =>
            Answer<TRequest, IReadOnlyList<TItem>>(
            [
                .. own.Select(static o => (o.What, (Func<IReadOnlyList<TItem>>)(() => [o.Item()]), o.Line)),
                ("null", static () => null!, "B24103 answer: "),
                ("an item that is null", static () => [default!], "B24106 answer[0]: "),
                ("an exception", static () => throw new InvalidOperationException("It failed."), null),
                ("a timeout", static () => throw new TaskCanceledException("It was slow."), null),
            ]);

        void Answer<TRequest, TAnswer>(params (string What, Func<TAnswer> Answer, string? Line)[] own)
            where TRequest : Bitrix24Object, ICallbackRequest<TAnswer>, new() =>
            cases.AddRange(own.Select(static o => new Case(
                TRequest.Code, o.What, o.Line, b24 => b24.MapCallback<TRequest, TAnswer>("/callback", (_, _) => Task.FromResult(o.Answer())))));

        void Fails<TRequest>()
            where TRequest : Bitrix24Object, IIncomingType, new()
        {
            cases.Add(new(TRequest.Code, "an exception", null, static b24 => b24.MapCallback<TRequest>("/callback", static (_, _) => throw new InvalidOperationException("It failed."))));
            cases.Add(new(TRequest.Code, "a timeout", null, static b24 => b24.MapCallback<TRequest>("/callback", static (_, _) => throw new TaskCanceledException("It was slow."))));
        }
    }

    private static TAnswer With<TAnswer>(TAnswer answer, JsonNode value)
        where TAnswer : Bitrix24Input
    {
        answer.Extra["unwritable"] = value;
        return answer;
    }

    private static JsonObject Deep()
    {
        var node = new JsonObject();
        for (var i = 0; i < 2000; i++)
            node = new JsonObject { ["a"] = node };
        return node;
    }

    // The analyzer refuses constants.
    private static string Nothing() => null!;

    private static string Empty() => "";

    private static string Text(string text) => text;

    private sealed record Case(string Callback, string What, string? Line, Func<Bitrix24ApplicationEndpoints<Portal>, Func<string>> Map);

    private sealed class Unshowable : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidOperationException("No page.");
    }
}
