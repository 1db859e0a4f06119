using System.Net;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Errors that hang on what the portal keeps, and that every documented error can be had.</summary>
public sealed class DocumentedErrorTests
{
    private const string Fields = """{"name":"free","sourceId":1,"externalName":"E","externalCode":"E","fields":[{"type":"int","name":"ID","externalCode":"ID"}]}""";

    /// <summary>What the documentation lists although no call and no record can bring it about; only <see cref="Fault.Documented"/> can.</summary>
    private static readonly Dictionary<string, string[]> NotOfThePortalsMaking = new(StringComparer.Ordinal)
    {
        // Failures inside the server; the first of them has a text, but no code.
        [""] = ["biconnector.dataset."],
        ["SYSTEM_ERROR"] = ["landing."],
        ["CONTENT_IS_BAD"] = ["landing."],
        ["BLOCK_CANT_BE_ADDED"] = ["landing."],
        ["BLOCK_WRONG_VERSION"] = ["landing."],
        ["DATASET_UPDATE_ERROR"] = ["biconnector.dataset."],
        // The emulated user may do everything.
        ["ACCESS_DENIED"] = ["landing."],
        // PHP's complaints about arguments that the spec's types already exclude.
        ["TYPE_ERROR"] = ["landing.repowidget.register", "landing.repowidget.unregister", "landing.repowidget.getlist"],
        ["ERROR_ARGUMENT"] = ["landing.repowidget.unregister", "landing.repowidget.debug"],
        // Checked in updates only, and a connector has no immutable field.
        ["VALIDATION_IMMUTABLE_FIELD"] = ["biconnector.connector.", "biconnector.source.add", "biconnector.dataset.add"],
        // Nothing is required in an update.
        ["VALIDATION_REQUIRED_FIELD_MISSING"] = ["biconnector.source.update", "biconnector.dataset.update"],
        // The server answers code 0 before it comes to these.
        ["DATASET_ALREADY_EXIST"] = ["biconnector.dataset.add"],
        ["VALIDATION_DUPLICATE_FIELD_NAME"] = ["biconnector.dataset.add"],
        // Errors of sibling methods.
        ["BX_ERROR"] = ["biconnector.source.add", "biconnector.source.update"],
        ["SOURCE_UPDATE_CONNECTION_ERROR"] = ["biconnector.source.add"],
        ["SOURCE_CREATE_CONNECTION_ERROR"] = ["biconnector.source.update"],
    };

    public static TheoryData<string, string, string> States() => new()
    {
        { "biconnector.connector.get", """{"id":9}""", "CONNECTOR_NOT_FOUND" },
        { "biconnector.connector.update", """{"id":9,"fields":{"title":"x"}}""", "CONNECTOR_NOT_FOUND" },
        { "biconnector.connector.delete", """{"id":9}""", "CONNECTOR_NOT_FOUND" },
        { "biconnector.connector.delete", """{"id":1}""", "CONNECTOR_DELETE_RESTRICTED" },
        { "biconnector.source.add", """{"fields":{"title":"x","connectorId":9,"settings":{"token":"t"}}}""", "CONNECTOR_NOT_FOUND" },
        { "biconnector.source.get", """{"id":9}""", "SOURCE_NOT_FOUND" },
        { "biconnector.source.update", """{"id":1,"fields":{"title":""}}""", "0" },
        { "biconnector.source.update", """{"id":9,"fields":{"title":"x"}}""", "SOURCE_NOT_FOUND" },
        { "biconnector.source.delete", """{"id":9}""", "SOURCE_NOT_FOUND" },
        { "biconnector.source.delete", """{"id":1}""", "BX_ERROR" },
        { "biconnector.dataset.add", $$"""{"fields":{{Fields.Replace("\"sourceId\":1", "\"sourceId\":9", StringComparison.Ordinal)}}}""", "SOURCE_NOT_FOUND" },
        { "biconnector.dataset.add", $$"""{"fields":{{Fields.Replace("free", "taken", StringComparison.Ordinal)}}}""", "0" },
        { "biconnector.dataset.get", """{"id":9}""", "DATASET_NOT_FOUND" },
        { "biconnector.dataset.update", """{"id":9,"fields":{"description":"x"}}""", "DATASET_NOT_FOUND" },
        { "biconnector.dataset.delete", """{"id":9}""", "DATASET_NOT_FOUND" },
        { "biconnector.dataset.fields.update", """{"id":9,"delete":[1]}""", "DATASET_NOT_FOUND" },
        { "biconnector.dataset.fields.update", """{"id":1,"add":[{"type":"int","name":"NEW","externalCode":"ID"}]}""", "VALIDATION_DUPLICATE_EXIST_CODE" },
        { "biconnector.dataset.fields.update", """{"id":1,"add":[{"type":"int","name":"ID","externalCode":"NEW"}]}""", "VALIDATION_DUPLICATE_EXIST_NAME" },
        { "landing.landing.favoriteBlock", """{"lid":9,"block":1}""", "LANDING_NOT_EXIST" },
        { "landing.landing.favoriteBlock", """{"lid":1,"block":9}""", "BLOCK_NOT_FOUND" },
    };

    [Theory]
    [MemberData(nameof(States))]
    public async Task StateRule_IsAnsweredAsDocumented(string method, string parameters, string code)
    {
        await using var portal = await PortalEmulator.StartAsync();
        portal.SeedBiConnector();
        portal.Seed(World.Page, """{"ID":1}""");
        var reply = await portal.CallAsync(method, parameters);
        Assert.Equal(code, reply.Error);
        Assert.Equal(method.StartsWith("landing", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.OK, reply.Status);
        Assert.False(string.IsNullOrEmpty(reply.Description));
        Assert.DoesNotContain("{", reply.Description, StringComparison.Ordinal);
        var documented = FixtureData.Errors.FirstOrDefault(e => e.Method == method && e.Code == code && !e.Message.Contains(':', StringComparison.Ordinal));
        if (documented is not null && code != "0")
            Assert.Equal(documented.Message, reply.Description);
    }

    [Theory]
    [InlineData("biconnector.source.add", """{"fields":{"title":"x","connectorId":1,"settings":{"token":"t"}}}""", "SOURCE_CREATE_CONNECTION_ERROR")]
    [InlineData("biconnector.source.update", """{"id":1,"fields":{"title":"x"}}""", "SOURCE_UPDATE_CONNECTION_ERROR")]
    public async Task UrlThatDoesNotAnswer_IsRefused(string method, string parameters, string code)
    {
        var asked = new List<string>();
        await using var portal = await PortalEmulator.StartAsync(new()
        {
            ConnectionCheck = (attempt, _) =>
            {
                asked.Add(attempt.Url);
                return ValueTask.FromResult(false);
            },
        });
        portal.Seed(World.Connector, """{"id":1,"urlCheck":"https://stock.example/check"}""");
        portal.Seed(World.Source, """{"id":1,"title":"S","connectorId":1}""");
        Assert.Equal(code, (await portal.CallAsync(method, parameters)).Error);
        Assert.Equal(["https://stock.example/check"], asked);
    }

    [Fact]
    public async Task Webhook_IsRefused_WhereAnApplicationIsNeeded()
    {
        await using var portal = await PortalEmulator.StartAsync();
        foreach (var request in FixtureData.Requests.DistinctBy(r => r.Method))
        {
            portal.SeedFor(request.Method, request.Params);
            var reply = await portal.CallAsWebhookAsync(request.Method, request.Params);
            var expected = request.Method switch
            {
                "landing.repowidget.debug" => "APP_NOT_FOUND",
                _ when request.Method.StartsWith("biconnector.", StringComparison.Ordinal) && !request.Method.EndsWith(".fields", StringComparison.Ordinal) => "ACCESS_DENIED",
                _ => null,
            };
            Assert.Equal(expected, reply.Error);
        }
    }

    [Fact]
    public async Task SourceWithoutItsConnector_CannotBeShown()
    {
        await using var portal = await PortalEmulator.StartAsync();
        portal.Seed(World.Source, """{"id":1,"title":"S","connectorId":9}""");
        Assert.Equal("CONNECTOR_NOT_FOUND", (await portal.CallAsync("biconnector.source.get", """{"id":1}""")).Error);
    }

    [Fact]
    public async Task EveryDocumentedError_CanBeHadOnDemand_InItsOwnEnvelope()
    {
        await using var portal = await PortalEmulator.StartAsync();
        foreach (var error in FixtureData.Errors.Where(e => e.Body.StartsWith("{\"result\"", StringComparison.Ordinal) || !e.Method.StartsWith("biconnector.", StringComparison.Ordinal)))
        {
            portal.Inject(Fault.Documented(error.Code));
            var reply = await portal.CallAsync(error.Method);
            Assert.Equal((error.Code, error.Status), (reply.Error, (int)reply.Status));
            Assert.Equal(JsonNode.Parse(error.Body)!["result"] is not null, reply.Result is not null);
        }
    }

    [Fact]
    public void EveryErrorThatAMethodDocuments_IsRaisedBySomeTestHere()
    {
        var raised = FixtureData.Mutations.Where(m => m.Answered is not null).Select(m => (m.Method, m.Answered!.Code!))
            .Concat(States().Select(s => ((string)s[0], (string)s[2])))
            .Concat(
            [
                ("biconnector.source.add", "SOURCE_CREATE_CONNECTION_ERROR"),
                ("biconnector.source.update", "SOURCE_UPDATE_CONNECTION_ERROR"),
                ("biconnector.source.get", "CONNECTOR_NOT_FOUND"),
                ("landing.repowidget.debug", "APP_NOT_FOUND"),
            ])
            .ToHashSet();
        var missing = FixtureData.Errors.Select(e => e.Method).Distinct(StringComparer.Ordinal)
            .Select(name => SpecSets.All.FindMethod(name)!)
            .SelectMany(m => m.Errors.Select(e => (m.Name, e.Code)))
            .Where(e => !raised.Contains(e) && !(e.Code == "ACCESS_DENIED" && e.Name.StartsWith("biconnector.", StringComparison.Ordinal)))
            .Where(e => !NotOfThePortalsMaking.GetValueOrDefault(e.Code, []).Any(prefix => e.Name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Empty(missing);
    }
}
