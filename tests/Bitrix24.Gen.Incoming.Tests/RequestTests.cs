using System.Net;
using System.Text;
using System.Text.Json;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>Requests are read and verified without a web server.</summary>
public sealed class RequestTests
{
    private const string Member = "a223c6b3710f85df22e9377d6c4f7553";
    private const string Token = "51856fefc120afa4b628cc82d3935cce";

    [Fact]
    public void A_signed_event_is_read_with_its_code_data_and_sender()
    {
        var request = IncomingRequest.ParseVerified(Signed(Token), Token);

        Assert.NotNull(request.Event);
        Assert.Equal("ONCRMDEALADD", request.Event.Code);
        Assert.Equal("6641", request.Event.Data.GetProperty("FIELDS").GetProperty("ID").GetString());
        Assert.Equal(Member, request.Auth.MemberId);
        Assert.Equal(new Uri("https://example.bitrix24.com/"), request.Auth.PortalUrl);
        Assert.Null(request.Placement);
    }

    [Theory]
    [InlineData("51856fefc120afa4b628cc82d3935ccf")]
    [InlineData("")]
    [InlineData("5")]
    public void Another_token_is_refused(string token)
    {
        Assert.Throws<IncomingRefusedException>(() => IncomingRequest.ParseVerified(Signed(token), Token));
        Assert.False(IncomingRequest.Parse(Signed(token)).Auth.HasApplicationToken(null));
        Assert.False(IncomingRequest.Parse(Signed("")).Auth.HasApplicationToken(""));
    }

    [Fact]
    public void Nothing_prints_a_token()
    {
        var request = IncomingRequest.Parse(Signed(Token));
        Assert.DoesNotContain(Token, request.ToString() + request.Auth + request.Event, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_has_the_same_id_whatever_tokens_it_comes_with()
    {
        var first = IncomingRequest.Parse(Signed(Token)).Event!;
        var again = IncomingRequest.Parse(Signed("other")).Event!;
        var next = IncomingRequest.Parse(Signed(Token, id: 6642)).Event!;
        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, next.Id);
    }

    [Fact]
    public void A_page_has_its_options_from_the_JSON_text()
    {
        const string form = "AUTH_ID=a&REFRESH_ID=r&AUTH_EXPIRES=3600&member_id=m&PLACEMENT=CRM_DEAL_DETAIL_TAB&PLACEMENT_OPTIONS=%7B%22ID%22%3A%228061%22%7D";
        var request = IncomingRequest.Parse(Encoding.ASCII.GetBytes(form), "?DOMAIN=xxx.bitrix24.com&PROTOCOL=1&LANG=en");
        Assert.NotNull(request.Placement);
        Assert.Equal("CRM_DEAL_DETAIL_TAB", request.Placement.Code);
        Assert.Equal("8061", request.Placement.Options.GetProperty("ID").GetString());
        Assert.Equal("en", request.Placement.Language);
        Assert.Equal(new Uri("https://xxx.bitrix24.com/"), request.Auth.PortalUrl);
        Assert.Equal(TimeSpan.FromHours(1), request.Auth.ExpiresIn);
    }

    [Theory]
    [InlineData("undefined")]
    [InlineData("\"undefined\"")]
    [InlineData("")]
    [InlineData("[]")]
    public void A_page_without_options_has_none(string options)
    {
        var request = IncomingRequest.Parse(Encoding.ASCII.GetBytes("AUTH_ID=a&PLACEMENT=CRM_DEAL_DETAIL_TAB&PLACEMENT_OPTIONS=" + Uri.EscapeDataString(options)));
        Assert.Equal(default, request.Placement!.As<Crm.CrmDealDetailTab>().Options.Id);
    }

    [Fact]
    public async Task A_known_portal_is_verified_by_its_token_and_asks_nobody()
    {
        var (verifier, portals, tokens, server) = Setup("""{"error":"invalid_grant"}""");
        await portals.SaveAsync(new() { MemberId = Member, Url = new("https://example.bitrix24.com/"), ApplicationToken = Token });

        var verified = await verifier.VerifyAsync(IncomingRequest.Parse(Signed(Token)));
        Assert.Equal(IncomingProof.ApplicationToken, verified?.Proof);
        Assert.Null(await verifier.VerifyAsync(IncomingRequest.Parse(Signed("forged"))));
        Assert.Equal(0, server.Calls);
        Assert.Null(await tokens.LoadAsync("example.bitrix24.com"));
    }

    [Fact]
    public async Task A_new_portal_introduces_itself_by_its_refresh_token()
    {
        var (verifier, portals, tokens, server) = Setup($$"""
            {"access_token":"new-access","refresh_token":"new-refresh","expires_in":3600,"member_id":"{{Member}}",
             "client_endpoint":"https://real.bitrix24.com/rest/","domain":"oauth.bitrix.info","scope":"crm","status":"L"}
            """);
        // Who sends may claim any address: the authorization server's answer decides.
        var install = Install(domain: "attacker.example");

        var verified = await verifier.VerifyAsync(install);

        Assert.Equal(IncomingProof.RefreshToken, verified?.Proof);
        Assert.Equal(new Uri("https://real.bitrix24.com/"), verified!.Portal.Url);
        Assert.Equal(Token, (await portals.FindAsync(Member))?.ApplicationToken);
        Assert.Equal("new-refresh", (await tokens.LoadAsync("real.bitrix24.com"))?.RefreshToken);
        Assert.Equal(1, server.Calls);
    }

    [Theory]
    [InlineData("""{"error":"invalid_grant","error_description":"no"}""")]
    [InlineData("""{"access_token":"a","refresh_token":"r","member_id":"another","client_endpoint":"https://b.bitrix24.com/rest/"}""")]
    [InlineData("""{"access_token":"a","refresh_token":"r","member_id":"a223c6b3710f85df22e9377d6c4f7553","client_endpoint":"http://b.bitrix24.com/rest/"}""")]
    public async Task A_portal_that_the_authorization_server_does_not_confirm_is_refused(string answer)
    {
        var (verifier, portals, tokens, _) = Setup(answer);
        Assert.Null(await verifier.VerifyAsync(Install("b.bitrix24.com")));
        Assert.Null(await portals.FindAsync(Member));
        Assert.Null(await tokens.LoadAsync("b.bitrix24.com"));
    }

    [Fact]
    public async Task Of_one_event_that_arrives_many_times_at_once_one_is_claimed()
    {
        var inbox = new MemoryEventInbox();
        var claims = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () => await inbox.ClaimAsync("e"))));
        Assert.Single(claims, InboxClaim.Claimed);
        Assert.Equal(InboxClaim.InProgress, await inbox.ClaimAsync("e"));
        await inbox.ReleaseAsync("e");
        Assert.Equal(InboxClaim.Claimed, await inbox.ClaimAsync("e"));
        await inbox.CompleteAsync("e");
        Assert.Equal(InboxClaim.Done, await inbox.ClaimAsync("e"));
    }

    [Fact]
    public async Task A_full_inbox_forgets_the_oldest()
    {
        var inbox = new MemoryEventInbox { Capacity = 10 };
        for (var i = 0; i < 100; i++)
        {
            await inbox.ClaimAsync($"{i}");
            await inbox.CompleteAsync($"{i}");
        }

        Assert.Equal(InboxClaim.Claimed, await inbox.ClaimAsync("0"));
        Assert.Equal(InboxClaim.Done, await inbox.ClaimAsync("99"));
    }

    [Fact]
    public async Task Portals_in_files_survive_and_no_id_leaves_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("b24-portals").FullName;
        try
        {
            foreach (var id in new[] { Member, "../../x", "" })
                await new FilePortalStore(folder).SaveAsync(new() { MemberId = id, Url = new("https://a.bitrix24.com/"), ApplicationToken = Token });
            var store = new FilePortalStore(folder);
            Assert.Equal(Token, (await store.FindAsync("../../x"))?.ApplicationToken);
            Assert.Equal(3, Directory.GetFiles(folder).Length);
            var all = 0;
            await foreach (var _ in store.AllAsync())
                all++;
            Assert.Equal(3, all);
            await store.RemoveAsync(Member);
            Assert.Null(await store.FindAsync(Member));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Signed(string token, int id = 6641)
    {
        using var data = JsonDocument.Parse("{\"FIELDS\":{\"ID\":\"" + id + "\"}}");
        return IncomingRequest.SignEvent("onCrmDealAdd", data.RootElement, Member, token, sentAt: DateTimeOffset.FromUnixTimeSeconds(1735374081));
    }

    private static IncomingRequest Install(string domain) => IncomingRequest.Parse(Encoding.ASCII.GetBytes(
        $"event=ONAPPINSTALL&data[VERSION]=1&auth[access_token]=a&auth[refresh_token]=old-refresh&auth[domain]={domain}&auth[client_endpoint]=https://{domain}/rest/&auth[member_id]={Member}&auth[application_token]={Token}"));

    internal static (IncomingVerifier Verifier, MemoryPortalStore Portals) VerifierOf(string answer) => Setup(answer) is var (verifier, portals, _, _) ? (verifier, portals) : default;

    private static (IncomingVerifier, MemoryPortalStore, MemoryTokenStore, AuthorizationServer) Setup(string answer)
    {
        var (portals, tokens, server) = (new MemoryPortalStore(), new MemoryTokenStore(), new AuthorizationServer(answer));
        return (new(new("app.1", "the-client-secret"), portals, tokens, new() { HttpClient = new(server) }), portals, tokens, server);
    }

    private sealed class AuthorizationServer(string answer) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            Assert.Equal("oauth.bitrix.info", request.RequestUri!.Host);
            return Task.FromResult(new HttpResponseMessage(answer.Contains("error", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.OK)
            {
                Content = new StringContent(answer, Encoding.UTF8, "application/json"),
            });
        }
    }
}
