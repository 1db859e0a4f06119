using System.Diagnostics.CodeAnalysis;
using Bitrix24;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Bitrix24 clients to a service collection.</summary>
public static class Bitrix24ServiceCollectionExtensions
{
    private const string HttpClientName = "Bitrix24";

    /// <summary>Adds a client as a singleton.</summary>
    /// <typeparam name="T">The client.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says which portal, and how.</param>
    public static IServiceCollection AddBitrix24<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services,
        Action<Bitrix24Settings> configure)
        where T : Bitrix24Client
    {
        AddSettings<T>(services, "", configure);
        services.TryAddSingleton(static provider => Make<T>(provider, ""));
        return services;
    }

    /// <summary>Adds a client for one of several portals, as a keyed singleton.</summary>
    /// <typeparam name="T">The client.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="key">Names the portal.</param>
    /// <param name="configure">Says which portal, and how.</param>
    public static IServiceCollection AddBitrix24<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services,
        string key,
        Action<Bitrix24Settings> configure)
        where T : Bitrix24Client
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        AddSettings<T>(services, key, configure);
        services.TryAddKeyedSingleton(key, static (provider, name) => Make<T>(provider, (string)name!));
        return services;
    }

    private static void AddSettings<T>(IServiceCollection services, string key, Action<Bitrix24Settings> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<Bitrix24Settings>(NameOf<T>(key))
            .Configure(configure)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<Bitrix24Settings>, Bitrix24SettingsValidator>());
        // Its loggers write addresses, and a webhook's address is its secret.
        services.AddHttpClient(HttpClientName, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(HttpTransport.NewHandler)
            .RemoveAllLoggers();
    }

    private static T Make<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(IServiceProvider services, string key)
        where T : Bitrix24Client
    {
        var settings = services.GetRequiredService<IOptionsMonitor<Bitrix24Settings>>().Get(NameOf<T>(key));
        var options = settings.Client with
        {
            HttpClient = settings.Client.HttpClient ?? services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName),
            Logger = settings.Client.Logger ?? services.GetService<ILoggerFactory>()?.CreateLogger("Bitrix24"),
        };
        return ActivatorUtilities.CreateInstance<T>(services, settings.Make(services), options);
    }

    private static string NameOf<T>(string key) => $"{typeof(T).FullName}/{key}";
}
