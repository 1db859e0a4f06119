using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bitrix24.AspNetCore;

/// <summary>The clients of portals: one of the application for each, kept while it is used, and one for each user who opens a page.</summary>
internal sealed class PortalClients<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>(IServiceProvider services)
    where TClient : Bitrix24Client
{
    private readonly Bitrix24ApplicationOptions _options = services.GetRequiredService<IOptions<Bitrix24ApplicationOptions>>().Value;
    private readonly IBitrix24Clients<TClient> _clients = services.GetRequiredService<IBitrix24Clients<TClient>>();
    private Bitrix24Application? _application;

    /// <summary>HTTP client, logger and shared limits are the host's, as for the clients of the application.</summary>
    public Bitrix24ClientOptions ClientOptions => Bitrix24ServiceCollectionExtensions.WithServices(_options.Client, services) with
    {
        TimeProvider = _options.Client.TimeProvider == TimeProvider.System ? services.GetRequiredService<TimeProvider>() : _options.Client.TimeProvider,
    };

    public Bitrix24Application Application => _application ??= _options.Application;

    /// <summary>A client with the application's tokens.</summary>
    public TClient Of(InstalledPortal portal) => _clients.Get(portal.Url.AbsoluteUri);

    /// <summary>A client with the token of the user who opened the page, or the application's if the page has none.</summary>
    public TClient OfUser(InstalledPortal portal, IncomingAuth auth) =>
        auth.AccessToken is { } token ? Make(Bitrix24Credentials.AccessToken(portal.Url.AbsoluteUri, token)) : Of(portal);

    private TClient Make(Bitrix24Credentials credentials) => ActivatorUtilities.CreateInstance<TClient>(services, credentials, ClientOptions);
}
