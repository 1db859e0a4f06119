using System.Collections.Concurrent;
using System.Net;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Incoming.Tests;

using Crm;

/// <summary>The life of an application: installed, sent events, opened, removed; and nobody else gets in.</summary>
public sealed class ApplicationTests
{
    [Fact]
    public async Task An_installation_keeps_portal_and_tokens_before_its_handler_runs()
    {
        Bitrix24Token? seen = null;
        ServerHost? host = null;
        await using var started = host = await ServerHost.StartAsync(b24 => b24.OnInstall(async (install, portal, ct) =>
        {
            seen = await host!.Tokens.LoadAsync(host.TokenKey, ct);
            Assert.Equal(b24.EventsUrl, install.EventsUrl);
            await portal.CallAsync("event.bind", new { @event = "ONCRMDEALADD", handler = install.EventsUrl }, ct);
        }));

        await host.InstallAsync();

        Assert.Equal("refresh-2", seen?.RefreshToken);
        Assert.Equal(ServerHost.Token, (await host.Portals.FindAsync(ServerHost.Member))?.ApplicationToken);
        Assert.Equal(("event.bind", "access-2"), Assert.Single(host.Calls));
    }

    [Fact]
    public async Task An_installation_by_page_ends_with_installFinish()
    {
        InstallKind? kind = null;
        await using var host = await ServerHost.StartAsync(b24 => b24.OnInstall((install, _, _) =>
        {
            kind = install.Kind;
            return Task.CompletedTask;
        }));
        var answer = await host.PostAsync(
            $"/b24/install?DOMAIN={host.TokenKey}&PROTOCOL=0&LANG=en&APP_SID=x",
            $"AUTH_ID=access-1&AUTH_EXPIRES=3600&REFRESH_ID=refresh-1&member_id={ServerHost.Member}&APPLICATION_TOKEN={ServerHost.Token}&status=L&PLACEMENT=DEFAULT");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("BX24.installFinish()", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal($"frame-ancestors {host.PortalUrl}", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal(InstallKind.Page, kind);
        Assert.Equal("refresh-2", (await host.Tokens.LoadAsync(host.TokenKey))?.RefreshToken);
    }

    [Fact]
    public async Task An_event_arrives_typed()
    {
        var seen = new ConcurrentQueue<CrmDealAddEvent>();
        await using var host = await Installed(b24 => b24.On<CrmDealAddEvent>((e, _, _) =>
        {
            seen.Enqueue(e);
            return Task.CompletedTask;
        }));

        var answer = await host.PostAsync("/b24", host.Event("ONCRMDEALADD", "data[FIELDS][ID]=6641"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var e = Assert.Single(seen);
        Assert.Equal(6641, e.Data.Fields.Id);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1735374081), e.SentAt);
        Assert.Equal(ServerHost.Member, e.Auth.MemberId);
    }

    [Fact]
    public async Task Who_is_not_the_portal_is_refused_and_nothing_runs()
    {
        var runs = 0;
        await using var host = await Installed(b24 => b24
            .On<CrmDealAddEvent>((_, _, _) => Task.FromResult(Interlocked.Increment(ref runs)))
            .OnOther((_, _, _) => Task.FromResult(Interlocked.Increment(ref runs)))
            .OnInstall((_, _, _) => Task.FromResult(Interlocked.Increment(ref runs)))
            .OnUninstall((_, _) => Task.FromResult(Interlocked.Increment(ref runs))));
        runs = 0;
        await host.Portals.SaveAsync(new() { MemberId = "other", Url = new("https://other.bitrix24.com/"), ApplicationToken = "token-of-the-other" });
        string[] forms =
        [
            host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1", token: "forged-forged-forged"),
            host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1", token: "token-of-the-other"),
            host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1", token: ""),
            host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1", member: "nobody"),
            host.Event("ONAPPUNINSTALL", "data[CLEAN]=1", token: "forged-forged-forged"),
            "event=ONAPPUNINSTALL&data[CLEAN]=1&auth[member_id]=" + ServerHost.Member,
            host.Installation(refresh: "forged-refresh").Replace(ServerHost.Token, "forged", StringComparison.Ordinal),
        ];
        foreach (var form in forms)
        {
            host.Log.Clear();
            var answer = await host.PostAsync("/b24", form);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            var line = Assert.Single(host.Log, static l => l.StartsWith("Warning: Refused", StringComparison.Ordinal));
            foreach (var secret in new[] { "forged", ServerHost.Token, "token-of-the-other", ServerHost.Secret })
                Assert.DoesNotContain(secret, line, StringComparison.Ordinal);
        }

        Assert.Equal(0, runs);
        Assert.NotNull(await host.Portals.FindAsync(ServerHost.Member));
        Assert.Equal("refresh-2", (await host.Tokens.LoadAsync(host.TokenKey))?.RefreshToken);
    }

    [Fact]
    public async Task The_application_token_moves_no_portal_and_brings_no_tokens()
    {
        // Whoever opens a page can read the application token; the tokens of the application would go to the address.
        await using var host = await Installed(static b24 => b24.OnOther(static (_, portal, ct) => portal.CallAsync("profile", new { }, ct)));
        var elsewhere = new Uri("https://attacker.example/");
        string Forged(string form) => form
            .Replace($"auth[domain]={host.TokenKey}", $"auth[domain]={elsewhere.Host}", StringComparison.Ordinal)
            .Replace($"auth[client_endpoint]={host.PortalUrl}/rest/", $"auth[client_endpoint]={elsewhere}rest/", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/b24", Forged(host.Event("ONX", "data[a]=1")))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/b24", Forged(host.Installation("refresh-of-the-attacker")))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync($"/b24/install?DOMAIN={elsewhere.Host}&PROTOCOL=1",
            $"AUTH_ID=a&AUTH_EXPIRES=3600&REFRESH_ID=refresh-of-the-attacker&member_id={ServerHost.Member}&APPLICATION_TOKEN={ServerHost.Token}&PLACEMENT=DEFAULT")).StatusCode);

        Assert.Equal(host.PortalUrl + "/", (await host.Portals.FindAsync(ServerHost.Member))!.Url.AbsoluteUri);
        Assert.Equal("refresh-2", (await host.Tokens.LoadAsync(host.TokenKey))?.RefreshToken);
        Assert.Null(await host.Tokens.LoadAsync(elsewhere.Host));
        Assert.Equal(("profile", "access-2"), Assert.Single(host.Calls));
    }

    [Fact]
    public async Task A_portal_moves_where_the_authorization_server_says_that_it_is()
    {
        await using var host = await Installed(static b24 => b24.OnOther(static (_, portal, ct) => portal.CallAsync("profile", new { }, ct)));
        var before = new InstalledPortal { MemberId = ServerHost.Member, Url = new("https://before.bitrix24.com/"), ApplicationToken = ServerHost.Token };
        await host.Portals.SaveAsync(before);
        await host.Tokens.SaveAsync(before.TokenKey, new() { AccessToken = "old", RefreshToken = "refresh-1", ExpiresAt = DateTimeOffset.UtcNow, MemberId = ServerHost.Member });
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/b24", host.Event("ONX", "data[a]=1"))).StatusCode);
        Assert.Equal(host.PortalUrl + "/", (await host.Portals.FindAsync(ServerHost.Member))!.Url.AbsoluteUri);
        Assert.Equal(("profile", "access-2"), Assert.Single(host.Calls));
    }

    [Fact]
    public async Task A_removal_needs_the_token_and_forgets_the_portal()
    {
        bool? clean = null;
        await using var host = await Installed(b24 => b24.OnUninstall((u, _) =>
        {
            clean = u.Clean;
            return Task.CompletedTask;
        }));
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/b24", host.Event("ONAPPUNINSTALL", "data[CLEAN]=1&data[LANGUAGE_ID]=de"))).StatusCode);
        Assert.True(clean);
        Assert.Null(await host.Portals.FindAsync(ServerHost.Member));
        Assert.Null(await host.Tokens.LoadAsync(host.TokenKey));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync("/b24", host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1"))).StatusCode);
    }

    [Fact]
    public async Task A_removal_forgets_no_tokens_of_the_portal_that_has_the_address_now()
    {
        await using var host = await Installed(static _ => { });
        await host.Tokens.SaveAsync(host.TokenKey, (await host.Tokens.LoadAsync(host.TokenKey))! with { MemberId = "another", RefreshToken = "refresh-of-another" });
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/b24", host.Event("ONAPPUNINSTALL", "data[CLEAN]=1"))).StatusCode);
        Assert.Null(await host.Portals.FindAsync(ServerHost.Member));
        Assert.Equal("refresh-of-another", (await host.Tokens.LoadAsync(host.TokenKey))?.RefreshToken);
    }

    [Fact]
    public async Task A_repeated_event_runs_once_and_one_that_failed_runs_again()
    {
        var (runs, fail) = (0, true);
        await using var host = await Installed(b24 => b24.On<CrmDealAddEvent>((_, _, _) =>
        {
            Interlocked.Increment(ref runs);
            return fail ? throw new InvalidOperationException("The database is away.") : Task.CompletedTask;
        }));
        var form = host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1");
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.PostAsync("/b24", form)).StatusCode);
        fail = false;
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/b24", form)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/b24", form)).StatusCode);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Ten_thousand_events_at_64_in_parallel_run_exactly_once_each()
    {
        const int count = 10_000;
        var seen = new ConcurrentDictionary<long, int>();
        await using var host = await Installed(b24 => b24.On<CrmDealAddEvent>((e, _, _) =>
        {
            seen.AddOrUpdate(e.Data.Fields.Id, 1, static (_, n) => n + 1);
            return Task.CompletedTask;
        }));
        // Every tenth comes twice.
        var forms = Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat(i, i % 10 == 0 ? 2 : 1));
        await Parallel.ForEachAsync(forms, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
        {
            using var answer = await host.PostAsync("/b24", host.Event("ONCRMDEALADD", $"data[FIELDS][ID]={i}"));
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, answer.StatusCode.ToString());
        });
        Assert.Equal(count, seen.Count);
        Assert.All(seen.Values, static n => Assert.Equal(1, n));
    }

    [Fact]
    public async Task An_event_that_no_spec_knows_arrives_untyped()
    {
        string? seen = null;
        await using var host = await Installed(b24 => b24.OnOther((e, _, _) =>
        {
            seen = $"{e.Code} {e.Data.GetProperty("x").GetProperty("y").GetString()}";
            return Task.CompletedTask;
        }));
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/b24", host.Event("ONSOMETHINGNEW", "data[x][y]=z"))).StatusCode);
        Assert.Equal("ONSOMETHINGNEW z", seen);
    }

    [Fact]
    public async Task A_placement_is_shown_for_the_user_who_opened_it()
    {
        await using var host = await Installed(b24 => b24
            .OnPlacement<CrmDealDetailTab>(async (tab, portal, ct) =>
            {
                await portal.CallAsync("crm.deal.get", new { id = tab.Options.Id }, ct);
                return Results.Content($"deal {tab.Options.Id}", "text/html");
            })
            .OnPlacement<CrmDynamicDetailTab>((tab, _, _) => Results.Content($"item {tab.EntityTypeId}/{tab.Options.Id}", "text/html")));

        Assert.Equal("deal 8061", await Open("CRM_DEAL_DETAIL_TAB"));
        Assert.Equal("item 183/8061", await Open(CrmPlacements.CrmDynamicDetailTab(183)));
        Assert.Equal(("crm.deal.get", "token-of-the-user"), Assert.Single(host.Calls));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync("/b24", Form("CRM_DEAL_DETAIL_TAB").Replace(ServerHost.Token, "x", StringComparison.Ordinal))).StatusCode);

        async Task<string> Open(string code) => await (await host.PostAsync($"/b24?DOMAIN={host.TokenKey}&PROTOCOL=0&LANG=en", Form(code))).Content.ReadAsStringAsync();

        static string Form(string code) =>
            $"AUTH_ID=token-of-the-user&AUTH_EXPIRES=3600&REFRESH_ID=refresh-of-the-user&member_id={ServerHost.Member}&APPLICATION_TOKEN={ServerHost.Token}&status=L&PLACEMENT={code}&PLACEMENT_OPTIONS=%7B%22ID%22%3A%228061%22%7D";
    }

    [Fact]
    public async Task Offline_events_run_the_same_handlers_and_are_cleared_or_reported()
    {
        var (left, seen) = (true, new ConcurrentQueue<long>());
        var answers = new ConcurrentQueue<string>();
        await using var host = await ServerHost.StartAsync(
            b24 => b24.On<CrmDealAddEvent>((e, _, _) =>
            {
                seen.Enqueue(e.Data.Fields.Id);
                return e.Data.Fields.Id == 2 ? throw new InvalidOperationException("no") : Task.CompletedTask;
            }),
            services => services.Configure<Bitrix24ApplicationOptions>(static o => o.OfflineEvents = new() { Interval = TimeSpan.FromMilliseconds(50) }),
            (method, body) =>
            {
                if (method is "event.offline.clear" or "event.offline.error")
                    answers.Enqueue($"{method} {body.GetProperty("process_id").GetString()} {string.Join(',', body.GetProperty("message_id").EnumerateArray().Select(static m => m.GetString()))}");
                if (method == "event.offline.list")
                    return "[]";
                if (method != "event.offline.get" || !left)
                    return method == "event.offline.get" ? """{"process_id":null,"events":[]}""" : "true";
                left = false;
                return """
                    {"process_id":"p1","events":[
                      {"ID":"1","EVENT_NAME":"ONCRMDEALADD","EVENT_DATA":{"FIELDS":{"ID":1}},"MESSAGE_ID":"m1"},
                      {"ID":"2","EVENT_NAME":"ONCRMDEALADD","EVENT_DATA":{"FIELDS":{"ID":2}},"MESSAGE_ID":"m2"}]}
                    """;
            });
        await host.InstallAsync();
        for (var i = 0; i < 2400 && answers.Count < 2; i++)
            await Task.Delay(25);
        Assert.Equal([1, 2], seen.Order());
        Assert.Equal(["event.offline.clear p1 m1", "event.offline.error p1 m2"], answers.Order());
    }

    [Fact]
    public async Task Mutated_forms_run_no_handler()
    {
        var runs = 0;
        await using var host = await Installed(b24 => b24.OnOther((_, _, _) => Task.FromResult(Interlocked.Increment(ref runs))));
        var random = new Random(5);
        // The last digit of the token is wrong: no mutation but one can repair it.
        var seed = host.Event("ONX", "data[a]=1", token: ServerHost.Token[..^1] + "f");
        for (var i = 0; i < 500; i++)
        {
            var form = seed.ToCharArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                form[random.Next(form.Length - 1)] = "[]=&%+abc0\u00ff"[random.Next(11)];
            using var answer = await host.PostAsync("/b24", new string(form));
            Assert.True((int)answer.StatusCode is 400 or 403 or 413, answer.StatusCode.ToString());
        }

        Assert.Equal(0, runs);
    }

    private static async Task<ServerHost> Installed(Action<Microsoft.AspNetCore.Builder.Bitrix24ApplicationEndpoints<Portal>> configure)
    {
        var host = await ServerHost.StartAsync(configure);
        await host.InstallAsync();
        return host;
    }
}
