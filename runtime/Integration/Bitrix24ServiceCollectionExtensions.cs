using System.Diagnostics.CodeAnalysis;
using Bitrix24;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Bitrix24 clients to a service collection.</summary>
public static class Bitrix24ServiceCollectionExtensions
{
    private const string HttpClientName = "Bitrix24";
    private const string DownloadClientName = "Bitrix24.Downloads";

    // Handlers that send requests again, or cut them off before the portal's own limit, by what they may be executed
    // twice: those of Microsoft.Extensions.Http.Resilience and of Microsoft.Extensions.Http.Polly.
    private static readonly string[] ResilienceNamespaces = ["Microsoft.Extensions.Http.Resilience", "Microsoft.Extensions.Http"];

    /// <summary>Adds a client as a singleton.</summary>
    /// <typeparam name="T">The client.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Configures the portal and the client.</param>
    public static IServiceCollection AddBitrix24<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services,
        Action<Bitrix24PortalOptions> configure)
        where T : Bitrix24Client
    {
        AddOptionsOf<T>(services, "", configure);
        services.TryAddSingleton(static provider => Make<T>(provider, ""));
        return services;
    }

    /// <summary>Adds a client for one of several portals, as a keyed singleton.</summary>
    /// <typeparam name="T">The client.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="key">Names the portal.</param>
    /// <param name="configure">Configures the portal and the client.</param>
    public static IServiceCollection AddBitrix24<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services,
        string key,
        Action<Bitrix24PortalOptions> configure)
        where T : Bitrix24Client
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        AddOptionsOf<T>(services, key, configure);
        services.TryAddKeyedSingleton(key, static (provider, name) => Make<T>(provider, (string)name!));
        return services;
    }

    /// <summary>Adds clients for any number of portals, as <see cref="IBitrix24Clients{TClient}"/>: portals that are not known when the host starts.</summary>
    /// <typeparam name="T">The client.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Configures the clients.</param>
    public static IServiceCollection AddBitrix24Clients<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services,
        Action<Bitrix24PortalsOptions> configure)
        where T : Bitrix24Client
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<Bitrix24PortalsOptions>(typeof(T).FullName!)
            .Configure(configure)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<Bitrix24PortalsOptions>, Bitrix24PortalsOptionsValidator>());
        AddHttp(services);
        services.TryAddSingleton<IBitrix24Clients<T>>(static provider => new Bitrix24Clients<T>(provider));
        return services;
    }

    /// <summary>Options whose HTTP client, logger and shared limits come from the services, unless they are set.</summary>
    internal static Bitrix24ClientOptions WithServices(Bitrix24ClientOptions options, IServiceProvider services)
    {
        var factory = services.GetRequiredService<IHttpClientFactory>();
        return options with
        {
            HttpClient = options.HttpClient ?? factory.CreateClient(HttpClientName),
            DownloadClient = options.HttpClient is null ? factory.CreateClient(DownloadClientName) : options.DownloadClient,
            SharedLimits = options.SharedLimits ?? services.GetService<IPortalLimiter>(),
            Logger = options.Logger ?? services.GetService<ILoggerFactory>()?.CreateLogger("Bitrix24"),
        };
    }

    private static void AddOptionsOf<T>(IServiceCollection services, string key, Action<Bitrix24PortalOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<Bitrix24PortalOptions>(NameOf<T>(key))
            .Configure(configure)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<Bitrix24PortalOptions>, Bitrix24PortalOptionsValidator>());
        AddHttp(services);
    }

    private static void AddHttp(IServiceCollection services)
    {
        if (services.Any(static s => s.ServiceType == typeof(HttpMarker)))
            return;
        services.AddSingleton<HttpMarker>();
        AddHttp(services, HttpClientName, HttpTransport.NewHandler);
        AddHttp(services, DownloadClientName, HttpTransport.NewDownloadHandler);
        // After all that a host configures, for one client or for all.
        foreach (var name in new[] { HttpClientName, DownloadClientName })
            services.PostConfigure<HttpClientFactoryOptions>(name, static options => options.HttpMessageHandlerBuilderActions.Add(SendOnce));
    }

    private static void AddHttp(IServiceCollection services, string name, Func<HttpMessageHandler> handler) =>
        // Its loggers write addresses, and a webhook's address is its secret. Connections are replaced below, so that clients
        // may be kept.
        services.AddHttpClient(name, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(handler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();

    private static void SendOnce(HttpMessageHandlerBuilder builder)
    {
        for (var i = builder.AdditionalHandlers.Count - 1; i >= 0; i--)
        {
            if (builder.AdditionalHandlers[i].GetType() is { Namespace: { } space, Name: "ResilienceHandler" or "PolicyHttpMessageHandler" } && ResilienceNamespaces.Contains(space))
                builder.AdditionalHandlers.RemoveAt(i);
        }

        builder.AdditionalHandlers.Add(new SingleSendHandler());
    }

    private static T Make<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(IServiceProvider services, string key)
        where T : Bitrix24Client
    {
        var options = services.GetRequiredService<IOptionsMonitor<Bitrix24PortalOptions>>().Get(NameOf<T>(key));
        return ActivatorUtilities.CreateInstance<T>(services, options.Make(services), WithServices(options.Client, services));
    }

    private static string NameOf<T>(string key) => $"{typeof(T).FullName}/{key}";

    private sealed class HttpMarker;
}
