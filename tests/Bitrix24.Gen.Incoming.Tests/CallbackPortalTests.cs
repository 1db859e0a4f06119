using System.Net;
using Bitrix24.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Incoming.Tests;

using Sale;

/// <summary>A callback that carries no token says by its address which portal it comes from.</summary>
public sealed class CallbackPortalTests
{
    [Fact]
    public async Task The_address_that_a_portal_registered_brings_its_client_and_holds_for_no_other()
    {
        var (calculate, address, elsewhere) = (default(Func<string>), "", "");
        await using var host = await ServerHost.StartAsync(b24 =>
        {
            calculate = b24.MapCallback<DeliveryHandlerCalculateUrlRequest, DeliveryHandlerCalculateUrlResult>("/calculate", async (_, portal, ct) =>
            {
                await portal.CallAsync("profile", new { }, ct);
                return new() { Success = true, Price = 79.99m };
            });
            b24.OnInstall((_, _, _) => Task.FromResult(address = calculate!()));
        }, services => services.Configure<Bitrix24ApplicationOptions>(static o => o.PublicUrl = new("http://127.0.0.1:1")));
        await host.InstallAsync();
        elsewhere = new Uri(calculate!()).PathAndQuery;
        var own = new Uri(address).PathAndQuery;

        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync(own, "ORDER[ID]=1")).StatusCode);
        Assert.Equal(("profile", "access-2"), Assert.Single(host.Calls));
        Assert.Contains("b24portal=" + ServerHost.Member, own, StringComparison.Ordinal);

        await host.Portals.SaveAsync(new() { MemberId = "other", Url = new("https://other.bitrix24.com/"), ApplicationToken = "x" });
        foreach (var forged in new[] { own.Replace(ServerHost.Member, "other", StringComparison.Ordinal), own.Split('&')[0], elsewhere, elsewhere + "&b24portal=other", elsewhere + "&b24portal=" + ServerHost.Member })
            Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync(forged, "ORDER[ID]=1")).StatusCode);
        await host.Portals.RemoveAsync(ServerHost.Member);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync(own, "ORDER[ID]=1")).StatusCode);
        Assert.Single(host.Calls);
    }
}
