using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Incoming.Tests;

using Acme;
using BiConnector;
using Landing;

/// <summary>An answer to a callback is an object, a list, a map or a single value; it is written and validated as the spec says.</summary>
public sealed class AnswerTests
{
    [Fact]
    public void Every_kind_of_answer_is_written()
    {
        Assert.Equal("\"Y\"", Json<HookFlagRequest, bool>(true));
        Assert.Equal("\"slow\"", Json<HookModeRequest, Mode>(Mode.Slow));
        Assert.Equal("\"text\"", Json<HookTextRequest, string>("text"));
        Assert.Equal("null", Json<HookTextRequest, string>(null!));
        Assert.Equal("\"2026-11-27\"", Json<HookDayRequest, DateOnly>(new(2026, 11, 27)));
        Assert.Equal("""[{"x":1,"on":"N"},{"x":2}]""", Json<HookPointsRequest, IReadOnlyList<PointCreate>>([new() { X = 1, On = false }, new() { X = 2 }]));
        Assert.Equal("""{"a":{"x":1}}""", Json<HookNamedRequest, Dictionary<string, PointCreate>>(new() { ["a"] = new() { X = 1 } }));
        Assert.Equal("""["fast"]""", Json<HookModesRequest, IReadOnlyList<Mode>>([Mode.Fast]));
        Assert.Equal("""[["id","sum"],[1,null]]""", Json<ConnectorUrlDataRequest, IReadOnlyList<IReadOnlyList<JsonNode?>>>([["id", "sum"], [1, null]]));
        Assert.Equal("""{"persons":[]}""", Json<RepoWidgetHandlerRequest, Dictionary<string, JsonNode?>>(new() { ["persons"] = new JsonArray() }));
        Assert.Equal("[]", Json<HookPointsRequest, IReadOnlyList<PointCreate>>([]));
        Assert.Equal("{}", Json<HookNamedRequest, Dictionary<string, PointCreate>>([]));
    }

    [Fact]
    public void What_is_wrong_is_said_with_its_path()
    {
        Assert.Equal("B24109 answer", Wrong<HookModeRequest, Mode>(new("quick")));
        Assert.Equal("B24103 answer", Wrong<HookPointsRequest, IReadOnlyList<PointCreate>>(null!));
        Assert.Equal("B24108 answer[1].x", Wrong<HookPointsRequest, IReadOnlyList<PointCreate>>([new() { X = 1 }, new() { X = TooMany() }]));
        Assert.Equal("B24108 answer.b.x", Wrong<HookNamedRequest, Dictionary<string, PointCreate>>(new() { ["b"] = new() { X = TooMany() } }));
        Assert.Equal("B24109 answer[0]", Wrong<HookModesRequest, IReadOnlyList<Mode>>([new("quick")]));
        Assert.Equal(
            "B24108 answer[0].code",
            Wrong<ConnectorUrlTableListRequest, IReadOnlyList<ConnectorUrlTableListResult>>([new() { Code = Nothing(), Title = "Sales" }]));
    }

    [Fact]
    public async Task A_list_is_answered_and_a_wrong_one_does_not_leave()
    {
        var title = "Sales";
        Func<string>? address = null;
        await using var host = await ServerHost.StartAsync(b24 => address = b24.MapCallback<ConnectorUrlTableListRequest, IReadOnlyList<ConnectorUrlTableListResult>>(
            "/tables",
            (request, _) => Task.FromResult<IReadOnlyList<ConnectorUrlTableListResult>>([new() { Code = request.SearchString!, Title = title }])), static s => s.PostConfigure<Bitrix24ApplicationOptions>(static o => o.PublicUrl = new("https://app.example.com")));
        await host.InstallAsync();
        var path = new Uri(address!()).PathAndQuery;
        var good = await host.PostAsync(path, "searchString=sal&connection[login]=a");
        Assert.Equal("""[{"code":"sal","title":"Sales"}]""", await good.Content.ReadAsStringAsync());
        title = "";
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.PostAsync(path, "searchString=sal")).StatusCode);
        Assert.Contains("B24108 answer[0].title", Assert.Single(host.Log, static l => l.StartsWith("Warning: Refused", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    // The analyzer refuses constants.
    private static int TooMany() => 10;

    private static string Nothing() => "";

    private static string Json<TRequest, TAnswer>(TAnswer answer)
        where TRequest : ICallbackRequest<TAnswer> => Encoding.UTF8.GetString(CallbackAnswer.ToJson<TRequest, TAnswer>(answer));

    private static string Wrong<TRequest, TAnswer>(TAnswer answer)
        where TRequest : ICallbackRequest<TAnswer>
    {
        var found = Assert.Single(CallbackAnswer.Validate<TRequest, TAnswer>(answer));
        Assert.Throws<CallbackAnswerException>(() => CallbackAnswer.ToJson<TRequest, TAnswer>(answer));
        return $"{found.Rule} {found.Path}";
    }
}
