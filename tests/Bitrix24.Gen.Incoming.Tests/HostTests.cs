using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>What an application takes from its host, and what a host has room for.</summary>
public sealed class HostTests
{
    [Fact]
    public void A_second_application_in_a_host_is_refused_and_says_why()
    {
        var services = new ServiceCollection();
        services.AddBitrix24Application<Portal>(static o => (o.ClientId, o.ClientSecret) = ("app.first", "the-secret-of-the-first"));

        var e = Assert.Throws<InvalidOperationException>(() => services.AddBitrix24Application<OtherPortal>(static o => (o.ClientId, o.ClientSecret) = ("app.second", "the-secret-of-the-second")));

        Assert.Contains("Portal", e.Message, StringComparison.Ordinal);
        Assert.Contains("OtherPortal", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_is_added_in_two_places_is_one()
    {
        var services = new ServiceCollection();
        services.AddBitrix24Application<Portal>(static o => o.ClientId = "app.first");
        services.AddBitrix24Application<Portal>(static o => o.ClientSecret = "the-secret-of-the-first").AddPortalStore(new MemoryPortalStore(), new MemoryTokenStore());
        await using var provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<IHostedService>());
        var options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<AspNetCore.Bitrix24ApplicationOptions>>().Value;
        Assert.Equal(("app.first", "the-secret-of-the-first"), (options.ClientId, options.ClientSecret));
    }

    [Fact]
    public async Task An_application_that_was_not_added_is_named()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        await using var app = builder.Build();

        var e = Assert.Throws<InvalidOperationException>(() => app.MapBitrix24Application<Portal>("/b24", static _ => { }));

        Assert.Contains("AddBitrix24Application<Portal>", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_client_and_shared_limits_of_the_host_serve_pages_and_verification_too()
    {
        var (sent, shared) = (new ConcurrentQueue<string>(), new Shared());
        await using var host = await ServerHost.StartAsync(
            b24 => b24.OnPlacement<Crm.CrmDealDetailTab>(async (_, portal, ct) => Results.Text((await portal.CallAsync("profile", ct)).ToString())),
            services =>
            {
                services.AddSingleton<IPortalLimiter>(shared);
                services.AddHttpClient("Bitrix24").AddHttpMessageHandler(() => new Witness(sent));
            });
        await host.InstallAsync();
        shared.Calls.Clear();

        using var page = await host.PostAsync(
            "/b24?DOMAIN=" + Uri.EscapeDataString(host.TokenKey) + "&PROTOCOL=0",
            $"PLACEMENT=CRM_DEAL_DETAIL_TAB&PLACEMENT_OPTIONS={{\"ID\":\"1\"}}&AUTH_ID=token-of-7&AUTH_EXPIRES=3600&member_id={ServerHost.Member}&APPLICATION_TOKEN={ServerHost.Token}");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(("profile", "token-of-7"), host.Calls);
        Assert.Equal(["/oauth/token/", "/rest/profile"], sent);
        Assert.Equal(["profile"], shared.Calls);
    }

    [Theory]
    [InlineData("<html>Maintenance</html>", true)]
    [InlineData("", true)]
    [InlineData("[]", true)]
    [InlineData("""{"access_token":"a","refr""", true)]
    [InlineData("""{"access_token":"\ud800","refresh_token":"r","member_id":"a223c6b3710f85df22e9377d6c4f7553","client_endpoint":"https://x.bitrix24.com/rest/"}""", false)]
    [InlineData("""{"error":"invalid_grant"}""", false)]
    [InlineData("{}", false)]
    public async Task What_the_authorization_server_did_not_say_is_no_refusal(string answer, bool isUnavailable)
    {
        var (verifier, portals) = RequestTests.VerifierOf(answer);
        var request = IncomingRequest.Parse("event=ONAPPINSTALL&auth[access_token]=a&auth[refresh_token]=r&auth[member_id]=a223c6b3710f85df22e9377d6c4f7553"u8);

        var e = await Record.ExceptionAsync(async () => Assert.Null(await verifier.VerifyAsync(request)));

        Assert.Equal(isUnavailable ? typeof(Bitrix24ConnectionException) : null, e?.GetType());
        Assert.Null(await portals.FindAsync(ServerHost.Member));
    }

    [Fact]
    public async Task An_answer_of_the_authorization_server_with_a_mark_is_read()
    {
        var (verifier, portals) = RequestTests.VerifierOf(
            "\uFEFF" + """{"access_token":"a","refresh_token":"r","member_id":"a223c6b3710f85df22e9377d6c4f7553","client_endpoint":"https://x.bitrix24.com/rest/"}""");

        Assert.NotNull(await verifier.VerifyAsync(IncomingRequest.Parse("event=ONAPPINSTALL&auth[access_token]=a&auth[refresh_token]=r&auth[member_id]=a223c6b3710f85df22e9377d6c4f7553"u8)));
        Assert.Equal("https://x.bitrix24.com/", (await portals.FindAsync(ServerHost.Member))!.Url.AbsoluteUri);
    }

    internal sealed class OtherPortal(Bitrix24Credentials credentials, Bitrix24ClientOptions options) : Bitrix24Client(credentials, options);

    private sealed class Witness(ConcurrentQueue<string> sent) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            sent.Enqueue(request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Shared : IPortalLimiter
    {
        public ConcurrentQueue<string> Calls { get; } = new();

        public ValueTask<PortalDecision> ReserveAsync(PortalCall call, CancellationToken cancellationToken = default)
        {
            Calls.Enqueue(call.Methods[0]);
            return new(new PortalDecision(true, TimeSpan.Zero));
        }

        public ValueTask ReturnAsync(PortalCall call) => default;

        public ValueTask RefusedAsync(PortalCall call, TimeSpan? retryAfter) => default;

        public ValueTask BlockAsync(PortalCall call, TimeSpan time) => default;
    }
}
