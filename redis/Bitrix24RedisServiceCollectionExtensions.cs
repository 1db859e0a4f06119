using Bitrix24;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps what machines share in Redis.</summary>
public static class Bitrix24RedisServiceCollectionExtensions
{
    /// <summary>
    /// Adds a token store, shared limits, an event inbox and a portal store. Clients of <c>AddBitrix24</c> and
    /// <c>AddBitrix24Clients</c> use the limits by themselves, those of applications the store.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the options; without a connection there, the <see cref="IConnectionMultiplexer"/> of the services is used.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IServiceCollection AddBitrix24Redis(this IServiceCollection services, Action<Bitrix24RedisOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new Bitrix24RedisOptions();
        configure?.Invoke(options);
        options.Checked();
        if (options.Configuration is { } configuration)
            services.TryAddSingleton<IConnectionMultiplexer>(_ => Connect(configuration));
        services.TryAddSingleton<ITokenStore>(provider => new RedisTokenStore(provider.GetRequiredService<IConnectionMultiplexer>(), options));
        services.TryAddSingleton<IEventInbox>(provider => new RedisEventInbox(provider.GetRequiredService<IConnectionMultiplexer>(), options));
        services.TryAddSingleton<IPortalStore>(provider => new RedisPortalStore(provider.GetRequiredService<IConnectionMultiplexer>(), options));
        services.TryAddSingleton<IPortalLimiter>(provider => new RedisPortalLimiter(
            provider.GetRequiredService<IConnectionMultiplexer>(), options, provider.GetService<ILoggerFactory>()?.CreateLogger("Bitrix24")));
        return services;
    }

    private static ConnectionMultiplexer Connect(string configuration)
    {
        var options = ConfigurationOptions.Parse(configuration);
        // A host that starts while Redis is away goes by its own share until it is back.
        options.AbortOnConnectFail = false;
        return ConnectionMultiplexer.Connect(options);
    }
}
