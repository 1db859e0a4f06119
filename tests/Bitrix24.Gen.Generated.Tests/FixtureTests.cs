using System.Text.Json;
using Bitrix24;
using Bitrix24.BiConnector;
using Bitrix24.Landing;

namespace Bitrix24.Gen.Generated.Tests;

/// <summary>Generated descriptors and readers validate and read the fixtures as the tables say.</summary>
public class FixtureTests
{
    public static TheoryData<string> Requests => new(FixtureData.Requests.Select(static r => r.Id));

    public static TheoryData<string> Mutations => new(FixtureData.Mutations.Select(static m => m.Id));

    public static TheoryData<string> Responses => new(FixtureData.Responses.Select(static r => r.Id));

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task RightRequest_IsSent(string id)
    {
        var request = FixtureData.Request(id);
        var server = new CannedServer();
        using var portal = server.Connect();
        await portal.CallAsync(request.Method, JsonDocument.Parse(request.Params).RootElement);
        Assert.NotNull(server.Sent);
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task WrongRequest_IsRefusedAsTheServerWould(string id)
    {
        var mutation = FixtureData.Mutation(id);
        var server = new CannedServer();
        using var portal = server.Connect();
        var call = () => portal.CallAsync(mutation.Method, JsonDocument.Parse(mutation.Params).RootElement);
        var held = mutation.Expected.Any(static v => v.Code is not null || v.Rule is not ("B24102" or "B24112"));
        if (!held)
        {
            await call();
            return;
        }

        var violations = (await Assert.ThrowsAsync<Bitrix24ValidationException>(call)).Violations;
        Assert.Null(server.Sent);
        Assert.Equal(
            mutation.Expected.Select(static v => (v.Rule, v.Path, v.Code)),
            violations.Select(static v => (v.Rule, v.Path, v.Code)));
        Assert.All(
            mutation.Expected.Zip(violations).Where(static p => p.First.Message is not null),
            static p => Assert.Equal(p.First.Message, p.Second.Message));
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task Response_IsRead(string id)
    {
        var response = FixtureData.Responses.Single(r => r.Id == id);
        using var portal = new CannedServer(response.Body, response.Status).Connect();
        await Call(portal, response.Method);
    }

    /// <summary>Calls a method with a right request.</summary>
    internal static Task Call(Portal portal, string method) => method switch
    {
        "biconnector.connector.add" => portal.BiConnector.Connector.AddAsync(new()
        {
            Title = "a",
            Logo = "a",
            UrlCheck = "a",
            UrlData = "a",
            UrlTableList = "a",
            UrlTableDescription = "a",
            Settings = [],
        }),
        "biconnector.connector.update" => portal.BiConnector.Connector.UpdateAsync(1, new() { Title = "a" }),
        "biconnector.connector.get" => portal.BiConnector.Connector.GetAsync(1),
        "biconnector.connector.list" => portal.SendAsync(new ConnectorListRequest()),
        "biconnector.connector.delete" => portal.BiConnector.Connector.DeleteAsync(1),
        "biconnector.connector.fields" => portal.BiConnector.Connector.FieldsAsync(),
        "biconnector.source.add" => portal.BiConnector.Source.AddAsync(new() { Title = "a", ConnectorId = 1, Settings = [] }),
        "biconnector.source.update" => portal.BiConnector.Source.UpdateAsync(1, new() { Active = false }),
        "biconnector.source.get" => portal.BiConnector.Source.GetAsync(1),
        "biconnector.source.list" => portal.SendAsync(new SourceListRequest()),
        "biconnector.source.delete" => portal.BiConnector.Source.DeleteAsync(1),
        "biconnector.source.fields" => portal.BiConnector.Source.FieldsAsync(),
        "biconnector.dataset.add" => portal.BiConnector.Dataset.AddAsync(TypedTests.Dataset()),
        "biconnector.dataset.update" => portal.BiConnector.Dataset.UpdateAsync(1, new() { Description = "a" }),
        "biconnector.dataset.get" => portal.BiConnector.Dataset.GetAsync(1),
        "biconnector.dataset.list" => portal.SendAsync(new DatasetListRequest()),
        "biconnector.dataset.delete" => portal.BiConnector.Dataset.DeleteAsync(1),
        "biconnector.dataset.fields" => portal.BiConnector.Dataset.FieldsAsync(),
        "biconnector.dataset.fields.update" => portal.BiConnector.Dataset.Fields.UpdateAsync(1, delete: [2]),
        "landing.repowidget.register" => portal.Landing.RepoWidget.RegisterAsync("code", new()
        {
            Name = "a",
            Content = "<div class=\"a\">a</div>",
            Sections = RepoWidgetSections.WidgetsHr,
            Preview = "a",
            WidgetParams = new() { RootNode = ".a", Handler = "https://example.com", DemoData = new System.Text.Json.Nodes.JsonObject() },
        }),
        "landing.repowidget.unregister" => portal.Landing.RepoWidget.UnregisterAsync("code"),
        "landing.repowidget.getlist" => portal.Landing.RepoWidget.GetListAsync(new()),
        "landing.repowidget.debug" => portal.Landing.RepoWidget.DebugAsync(true),
        "landing.landing.favoriteBlock" => portal.Landing.Landing.FavoriteBlockAsync(1, 2),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No call of this method."),
    };
}
