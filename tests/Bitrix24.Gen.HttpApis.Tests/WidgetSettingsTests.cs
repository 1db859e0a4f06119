using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AmoCrm.Widgets;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>Settings of amoCRM widgets by their types, and who may install widgets.</summary>
public sealed class WidgetSettingsTests : IAsyncLifetime
{
    private const string Widget = """
        {
          "code": "sip", "version": "1.0.0", "is_active_in_account": false,
          "settings_template": [
            { "key": "login", "name": "Login", "type": "text", "is_required": true },
            { "key": "password", "name": "Password", "type": "pass", "is_required": true },
            { "key": "phones", "name": "Phones", "type": "users", "is_required": true },
            { "key": "accounts", "name": "Accounts", "type": "users_lp", "is_required": false },
            { "key": "conf", "name": "Conf", "type": "custom", "is_required": false }
          ]
        }
        """;

    private PortalEmulator _portal = null!;
    private Amo _amo = null!;

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync(new() { Tokens = [new("clerk") { UserId = 2 }], Users = [new(2)] });
        _portal.Seed("widgets/Widget", Widget);
        _amo = new Amo(Bitrix24Credentials.AmoCrm(_portal.PortalUrl, _portal.AccessToken), TestOptions.Impatient);
    }

    public async Task DisposeAsync()
    {
        _amo.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Settings_are_written_in_the_form_of_their_types()
    {
        var settings = new AmoCrmWidgetSettings()
            .Text("login", "ada")
            .Password("password", "x")
            .Users("phones", new Dictionary<int, string> { [504141] = "1039" })
            .Logins("accounts", new Dictionary<int, UserLoginCreate> { [504141] = new() { Login = "ada", Password = "y" } })
            .Custom("conf", new JsonObject { ["a"] = new JsonArray(1, 2) });
        Assert.Empty(settings.Validate((await _amo.Widgets.GetAsync("sip")).SettingsTemplate.Select(static t => (t.Key, t.Type.Value, t.IsRequired))));
        Assert.True((await _amo.Widgets.InstallAsync("sip", settings)).IsActiveInAccount);
    }

    [Fact]
    public async Task Settings_are_validated_by_the_template_of_the_widget()
    {
        var template = (await _amo.Widgets.GetAsync("sip")).SettingsTemplate.Select(static t => (t.Key, t.Type.Value, t.IsRequired)).ToList();
        var wrong = new AmoCrmWidgetSettings().Custom("login", 5).Custom("phones", new JsonObject { ["abc"] = "1" }).Custom("accounts", new JsonObject { ["1"] = new JsonObject { ["login"] = "a" } });
        Assert.Equal(
            ["B24106 settings.login", "B24103 settings.password", "B24106 settings.phones", "B24106 settings.accounts"],
            wrong.Validate(template).Select(static v => $"{v.Rule} {v.Path}"));
        var refused = await Assert.ThrowsAsync<Bitrix24ApiException>(() => _amo.Widgets.InstallAsync("sip", wrong));
        Assert.Equal((WidgetsErrors.BadRequest, 4), (refused.Code, refused.Details.Count));
    }

    [Theory]
    [InlineData("""{ "login": 5 }""", "B24106 settings.login")]
    [InlineData("""{ "phones": { "abc": "1" } }""", "B24106 settings.phones.abc")]
    [InlineData("""{ "accounts": { "1": { "login": "a" } } }""", "B24103 settings.accounts.1.password")]
    [InlineData("""{ "conf": { "a": [1] } }""", "B24106 settings.conf.a, B24106 settings.conf.a")]
    public void A_form_that_only_custom_settings_have_is_a_warning(string settings, string expected)
    {
        var set = SpecSets.Of("amocrm");
        var found = Specs.SpecValidator.Validate(set, set.FindMethod("widgets.install", "amocrm")!, Specs.JsonReader.Read($$"""{ "widget_code": "sip", "settings": {{settings}} }""").Root);
        Assert.Equal(expected, string.Join(", ", found.Select(static v => $"{v.RuleId} {v.Path}")));
        Assert.All(found, static v => Assert.Equal((null, Specs.RuleSeverity.Warning), (v.Code, v.Severity)));
    }

    [Fact]
    public async Task Only_administrators_install_take_out_and_continue()
    {
        using var clerk = new Amo(Bitrix24Credentials.AmoCrm(_portal.PortalUrl, "clerk"), TestOptions.Impatient);
        _portal.Seed("widgets/WaitingBot", """{ "id": 345, "bot": "salesbot", "bot_id": 12 }""");
        Assert.Equal("sip", (await clerk.Widgets.GetAsync("sip")).Code);
        foreach (var call in new Func<Task>[]
        {
            () => clerk.Widgets.InstallAsync("sip", new() { ["login"] = "ada" }),
            () => clerk.Widgets.UninstallAsync("sip"),
            () => clerk.Widgets.ContinueAsync(WidgetsContinueBot.Salesbot, 12, 345),
        })
        {
            var error = await Assert.ThrowsAsync<Bitrix24ApiException>(call);
            Assert.Equal((WidgetsErrors.Forbidden, HttpStatusCode.Forbidden), (error.Code, error.Status));
            Assert.Contains("administrators of the portal", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_deletion_has_the_content_type_that_the_documents_ask_for()
    {
        MediaTypeHeaderValue? type = null;
        using var handler = new Recorder(request => type = request.Content?.Headers.ContentType);
        using var client = new HttpClient(handler);
        using var amo = new Amo(Bitrix24Credentials.AmoCrm("https://example.amocrm.ru", "token"), new() { HttpClient = client });
        await amo.Widgets.UninstallAsync("sip");
        Assert.Equal("application/json", type?.MediaType);
    }

    private sealed class Recorder(Action<HttpRequestMessage> see) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            see(request);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
        }
    }
}
