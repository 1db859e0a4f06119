using Bitrix24.Gen.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>An application on loopback that an emulated portal can install.</summary>
internal static class EmulatedApplication
{
    public static async Task<WebApplication> StartAsync(PortalEmulator portal, Action<Bitrix24ApplicationEndpoints<Portal>> configure, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddBitrix24Application<Portal>(o =>
        {
            o.ClientId = portal.ClientId;
            o.ClientSecret = portal.ClientSecret;
            o.OAuthServer = new(portal.PortalUrl);
        });
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        app.MapBitrix24Application("/b24", configure);
        await app.StartAsync();
        return app;
    }
}
