using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AmoCrm.Widgets;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.HttpApis.Tests;

public sealed class AmoCrmEmulatorTests : IAsyncLifetime
{
    private PortalEmulator _portal = null!;
    private Amo _amo = null!;

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync();
        for (var i = 1; i <= 5; i++)
        {
            _portal.Seed("widgets/Widget", $$"""
                {
                  "id": {{i.ToString(CultureInfo.InvariantCulture)}}, "code": "widget_{{i.ToString(CultureInfo.InvariantCulture)}}", "version": "1.0.0", "rating": "4,{{i.ToString(CultureInfo.InvariantCulture)}}", "is_active_in_account": false,
                  "settings_template": [{ "key": "login", "name": "Login", "type": "text", "is_required": true }]
                }
                """);
        }

        _amo = new Amo(Bitrix24Credentials.AmoCrm(_portal.PortalUrl, _portal.AccessToken), TestOptions.Impatient);
    }

    public async Task DisposeAsync()
    {
        _amo.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task List_reads_all_pages()
    {
        var codes = new List<string?>();
        await foreach (var widget in _amo.Widgets.ListAsync(limit: 2))
        {
            codes.Add(widget.Code);
            Assert.EndsWith("/api/v4/widgets/" + widget.Code, widget.Links?.Self?.Href, StringComparison.Ordinal);
        }

        Assert.Equal(["widget_1", "widget_2", "widget_3", "widget_4", "widget_5"], codes);
        Assert.Equal(3, _portal.RequestCount);
        await foreach (var _ in _amo.Widgets.ListAsync(q => q.Take(1), limit: 2))
            Assert.Equal(4, _portal.RequestCount);
    }

    [Fact]
    public async Task Widget_is_installed_with_its_settings_and_taken_out_again()
    {
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => _amo.Widgets.InstallAsync("widget_2", []));
        Assert.Equal((WidgetsErrors.BadRequest, "login"), (error.Code, Assert.Single(error.Details).Path));
        var installed = await _amo.Widgets.InstallAsync("widget_2", new() { ["login"] = "ada" });
        Assert.True(installed.IsActiveInAccount);
        Assert.Equal("ada", installed.Settings["login"].GetString());
        await _amo.Widgets.UninstallAsync("widget_2");
        Assert.False((await _amo.Widgets.GetAsync("widget_2")).IsActiveInAccount);
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem()
    {
        foreach (var call in new Func<Task>[]
        {
            () => _amo.Widgets.GetAsync("nowhere"),
            () => _amo.Widgets.InstallAsync("nowhere", new() { ["login"] = "ada" }),
            () => _amo.Widgets.UninstallAsync("nowhere"),
            () => _amo.CallAsync(HttpMethod.Get, "/api/v4/leads"),
        })
        {
            var error = await Assert.ThrowsAsync<Bitrix24ApiException>(call);
            Assert.Equal((WidgetsErrors.NotFound, HttpStatusCode.NotFound), (error.Code, error.Status));
        }
    }

    [Fact]
    public async Task Bot_goes_on_once_where_one_waits()
    {
        _portal.Seed("widgets/WaitingBot", """{ "id": 345, "bot": "salesbot", "bot_id": 12 }""");
        await _amo.Widgets.ContinueAsync(WidgetsContinueBot.Salesbot, 12, 345, new() { ["status"] = "success" });
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(
            () => _amo.Widgets.ContinueAsync(WidgetsContinueBot.Salesbot, 12, 345, new() { ["status"] = "success" }));
        Assert.Equal((WidgetsErrors.NotFound, HttpStatusCode.NotFound), (error.Code, error.Status));
    }

    [Fact]
    public async Task Settings_are_shown_to_the_linked_integration_only_and_never_in_lists()
    {
        _portal.Seed("widgets/Widget", $$"""{ "code": "own", "client_uuid": "{{_portal.ClientId}}", "settings": { "password": "hidden" } }""");
        _portal.Seed("widgets/Widget", """{ "code": "foreign", "client_uuid": "another", "settings": { "password": "hidden" } }""");
        using var client = new HttpClient { BaseAddress = new Uri(_portal.PortalUrl) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", _portal.AccessToken);
        Assert.Contains("hidden", await client.GetStringAsync("/api/v4/widgets/own"), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", await client.GetStringAsync("/api/v4/widgets/foreign"), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", await client.GetStringAsync("/api/v4/widgets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Integration_exchanges_its_code_and_refreshes_its_tokens_once_for_all_calls()
    {
        var store = new MemoryTokenStore();
        var application = new AmoCrmApplication(_portal.ClientId, _portal.ClientSecret, new Uri("https://integration.example/back"));
        var credentials = await Bitrix24Credentials.ExchangeCodeAsync(
            _portal.PortalUrl, application, _portal.IssueAuthorizationCode(), store, TestOptions.Impatient);
        using var amo = new Amo(credentials, TestOptions.Impatient);
        Assert.Equal("widget_1", (await amo.Widgets.GetAsync("widget_1")).Code);
        var first = await store.LoadAsync(new Uri(_portal.PortalUrl).Authority);
        Assert.InRange(first!.ExpiresAt - DateTimeOffset.UtcNow, TimeSpan.FromHours(23), TimeSpan.FromHours(24));

        _portal.ExpireTokens();
        var widgets = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => amo.Widgets.GetAsync($"widget_{i}")));
        Assert.Equal(5, widgets.Length);
        Assert.Equal(1, _portal.RefreshCount);
        Assert.NotEqual(first.RefreshToken, (await store.LoadAsync(new Uri(_portal.PortalUrl).Authority))!.RefreshToken);
        Assert.DoesNotContain(_portal.ClientSecret, $"{application} {credentials}", StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => Bitrix24Credentials.ExchangeCodeAsync(
            _portal.PortalUrl, application, "used", store, TestOptions.Impatient));
        Assert.Equal(HttpStatusCode.BadRequest, error.Status);
        Assert.Equal("https://www.amocrm.ru/oauth?client_id=app.emulator&state=s%201", application.AuthorizeUrl("s 1").AbsoluteUri);
    }

    [Fact]
    public async Task Token_is_refreshed_once_and_then_good_for_a_day()
    {
        _portal.ExpireTokens();
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => _amo.Widgets.GetAsync("widget_1"));
        Assert.Equal((WidgetsErrors.Unauthorized, HttpStatusCode.Unauthorized), (error.Code, error.Status));

        using var http = new HttpClient();
        var grant = new JsonObject
        {
            ["client_id"] = _portal.ClientId,
            ["client_secret"] = _portal.ClientSecret,
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = _portal.RefreshToken,
        };
        using var answer = await http.PostAsJsonAsync(_portal.PortalUrl + "/oauth2/access_token", grant);
        var tokens = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(86400, tokens["expires_in"]!.GetValue<int>());
        using var amo = new Amo(Bitrix24Credentials.AmoCrm(_portal.PortalUrl, tokens["access_token"]!.GetValue<string>()), TestOptions.Impatient);
        Assert.Equal("widget_1", (await amo.Widgets.GetAsync("widget_1")).Code);
        using var again = await http.PostAsJsonAsync(_portal.PortalUrl + "/oauth2/access_token", grant);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }
}
