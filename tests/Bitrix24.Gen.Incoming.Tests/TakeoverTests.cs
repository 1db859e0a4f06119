using System.Net;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>Every user of a portal has tokens of the application. They do not become those of the application by a forged installation.</summary>
public sealed class TakeoverTests
{
    private const string Other = "another-application-token";

    public static TheoryData<string> Requests => new("event", "event with another application token", "page", "page with another application token", "page without one", "plain page", "plain page without one", "plain page with another");

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_user_of_the_portal_replaces_nothing_while_the_kept_tokens_work(string request)
    {
        await using var host = await InstalledAsync(isAdmin: false, keptWork: true);
        await SendAsync(host, request, "refresh-of-7");

        Assert.Equal(ServerHost.Token, (await host.Portals.FindAsync(ServerHost.Member))!.ApplicationToken);
        Assert.Matches("^refresh-2(-next)?$", (await host.Tokens.LoadAsync(host.TokenKey))!.RefreshToken);
        // The application still hears its portal, and acts by its own tokens.
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/b24", host.Event("ONX", "data[a]=1"))).StatusCode);
        Assert.Matches("^access-2(-next)?$", host.Calls.Last(static c => c.Method == "profile").Token);
    }

    [Fact]
    public async Task A_forged_installation_with_another_application_token_runs_nothing()
    {
        var installed = 0;
        await using var host = await InstalledAsync(isAdmin: false, keptWork: true, () => installed++);
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(host, "event with another application token", "refresh-of-7"));
        Assert.Equal(1, installed);
    }

    [Theory]
    [InlineData("event")]
    [InlineData("event with another application token")]
    [InlineData("page")]
    [InlineData("page without one")]
    public async Task An_administrator_may(string request)
    {
        await using var host = await InstalledAsync(isAdmin: true, keptWork: true);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, request, "refresh-of-7"));
        Assert.Equal("refresh-of-7-next", (await host.Tokens.LoadAsync(host.TokenKey))!.RefreshToken);
        Assert.Equal(request.Contains("another", StringComparison.Ordinal) ? Other : ServerHost.Token, (await host.Portals.FindAsync(ServerHost.Member))!.ApplicationToken);
        Assert.Contains(("user.admin", "access-of-7-next"), host.Calls);
    }

    [Theory]
    [InlineData("event with another application token", true)]
    [InlineData("page without one", true)]
    [InlineData("plain page with another", true)]
    [InlineData("plain page without one", false)]
    public async Task Anybody_may_where_the_kept_tokens_are_void(string request, bool isTaken)
    {
        // The application was removed and installed anew while its server was away.
        await using var host = await InstalledAsync(isAdmin: false, keptWork: false);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, request, "refresh-of-7"));
        Assert.Equal(isTaken ? "refresh-of-7-next" : "refresh-2", (await host.Tokens.LoadAsync(host.TokenKey))!.RefreshToken);
    }

    [Fact]
    public async Task The_user_of_the_kept_tokens_may_and_a_page_changes_nothing()
    {
        await using var host = await InstalledAsync(isAdmin: false, keptWork: true);
        await host.Tokens.SaveAsync(host.TokenKey, (await host.Tokens.LoadAsync(host.TokenKey))! with { UserId = 7 });
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, "plain page without one", "refresh-of-7"));
        Assert.Equal("refresh-2", (await host.Tokens.LoadAsync(host.TokenKey))!.RefreshToken);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, "event", "refresh-of-7"));
        Assert.Equal("refresh-of-7-next", (await host.Tokens.LoadAsync(host.TokenKey))!.RefreshToken);
        Assert.DoesNotContain(host.Calls, static c => c.Method == "user.admin");
    }

    [Fact]
    public async Task Another_application_on_the_token_store_is_refused_and_keeps_its_tokens()
    {
        await using var host = await ServerHost.StartAsync(static b24 => b24.OnInstall(static (_, _, _) => Task.CompletedTask));
        var other = new Bitrix24Token { AccessToken = "access-of-other", RefreshToken = "refresh-of-other", ExpiresAt = DateTimeOffset.MaxValue, ClientId = "app.other" };
        await host.Tokens.SaveAsync(host.TokenKey, other);

        Assert.Equal(HttpStatusCode.InternalServerError, (await host.PostAsync("/b24", host.Installation())).StatusCode);

        Assert.Equal(other, await host.Tokens.LoadAsync(host.TokenKey));
        var line = Assert.Single(host.Log, static l => l.Contains("app.other", StringComparison.Ordinal) && l.Contains("app.test", StringComparison.Ordinal));
        Assert.Contains("store of its own", line, StringComparison.Ordinal);
        Assert.DoesNotContain("refresh-", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_tokens_come_back_with_the_next_page()
    {
        await using var host = await InstalledAsync(isAdmin: false, keptWork: false);
        await host.Portals.SaveAsync((await host.Portals.FindAsync(ServerHost.Member))! with { Url = new(host.PortalUrl.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)) });
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, "plain page without one", "refresh-of-7"));
        Assert.Equal("refresh-of-7-next", (await host.Tokens.LoadAsync(host.TokenKey))!.RefreshToken);
        Assert.Equal(host.PortalUrl + "/", (await host.Portals.FindAsync(ServerHost.Member))!.Url.AbsoluteUri);
    }

    [Theory]
    [InlineData(ServerHost.Member, "refresh-2", true)]
    [InlineData("the portal that has the address now", "refresh-of-7-next", false)]
    public async Task Tokens_under_an_address_that_the_portal_left_are_forgotten(string member, string refresh, bool areForgotten)
    {
        await using var host = await InstalledAsync(isAdmin: false, keptWork: true);
        var before = host.TokenKey.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await host.Tokens.SaveAsync(before, (await host.Tokens.LoadAsync(host.TokenKey))! with { MemberId = member });
        await host.Tokens.ForgetAsync(host.TokenKey);
        await host.Portals.SaveAsync((await host.Portals.FindAsync(ServerHost.Member))! with { Url = new(host.PortalUrl.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)) });
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, "plain page without one", "refresh-of-7"));
        Assert.Equal(refresh, (await host.Tokens.LoadAsync(host.TokenKey))!.RefreshToken);
        Assert.Equal(areForgotten, await host.Tokens.LoadAsync(before) is null);
    }

    [Fact]
    public async Task An_answer_without_the_portals_address_introduces_nobody()
    {
        // The domain of a token answer is the authorization server's own; nobody is sent calls there.
        var (verifier, portals) = RequestTests.VerifierOf($$"""{"access_token":"a","refresh_token":"r","member_id":"{{ServerHost.Member}}","domain":"oauth.bitrix.info"}""");
        Assert.Null(await verifier.VerifyAsync(IncomingRequest.Parse("event=ONAPPINSTALL&auth[access_token]=a&auth[refresh_token]=r&auth[member_id]=a223c6b3710f85df22e9377d6c4f7553"u8)));
        Assert.Null(await portals.FindAsync(ServerHost.Member));
    }

    [Theory]
    [InlineData("QUERY_LIMIT_EXCEEDED")]
    [InlineData("PAYMENT_REQUIRED")]
    [InlineData("invalid_request")]
    [InlineData("")]
    public async Task A_refusal_that_is_not_about_the_kept_tokens_makes_nobody_their_heir(string refusal)
    {
        await using var host = await InstalledAsync(isAdmin: false, keptWork: false, refusal: refusal);
        await SendAsync(host, "event with another application token", "refresh-of-7");

        Assert.Equal("refresh-2", (await host.Tokens.LoadAsync(host.TokenKey))!.RefreshToken);
        Assert.Equal(ServerHost.Token, (await host.Portals.FindAsync(ServerHost.Member))!.ApplicationToken);
    }

    private static async Task<ServerHost> InstalledAsync(bool isAdmin, bool keptWork, Action? installed = null, string refusal = "invalid_grant")
    {
        var host = await ServerHost.StartAsync(
            b24 => b24
                .OnInstall((_, _, _) =>
                {
                    installed?.Invoke();
                    return Task.CompletedTask;
                })
                .OnPage(static (_, _, _) => Task.FromResult(Microsoft.AspNetCore.Http.Results.Text("page")))
                .OnOther(static (_, portal, ct) => portal.CallAsync("profile", new { }, ct)),
            answer: (method, _) => method == "user.admin" ? (isAdmin ? "true" : "false") : "true",
            exchange: refresh => refresh.Contains("-of-7", StringComparison.Ordinal) ? (refresh + "-next", 7)
                : keptWork && refresh.StartsWith("refresh-2", StringComparison.Ordinal) ? ("refresh-2-next", 1)
                : null,
            refusal: refusal);
        await host.InstallAsync();
        return host;
    }

    private static async Task<HttpStatusCode> SendAsync(ServerHost host, string request, string refresh)
    {
        var token = request.Contains("another", StringComparison.Ordinal) ? Other : request.Contains("without", StringComparison.Ordinal) ? "" : ServerHost.Token;
        using var answer = request.StartsWith("event", StringComparison.Ordinal)
            ? await host.PostAsync("/b24", host.Installation(refresh).Replace(ServerHost.Token, token, StringComparison.Ordinal))
            : await host.PostAsync(
                $"/b24{(request.StartsWith("plain", StringComparison.Ordinal) ? "" : "/install")}?DOMAIN={host.TokenKey}&PROTOCOL=0",
                $"AUTH_ID=a&AUTH_EXPIRES=3600&REFRESH_ID={refresh}&member_id={ServerHost.Member}&APPLICATION_TOKEN={token}&PLACEMENT=DEFAULT");
        return answer.StatusCode;
    }
}
