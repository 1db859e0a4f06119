using System.Diagnostics.CodeAnalysis;
using Bitrix24;
using Bitrix24.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds an application that portals install.</summary>
public static class Bitrix24ApplicationServices
{
    /// <summary>Adds the application of this host. Map its addresses with <c>MapBitrix24Application</c>.</summary>
    /// <typeparam name="TClient">The client of a portal.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Configures the application.</param>
    /// <exception cref="InvalidOperationException">The host has an application with another client: stores and settings belong to one.</exception>
    public static Bitrix24ApplicationBuilder AddBitrix24Application<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>(
        this IServiceCollection services, Action<Bitrix24ApplicationOptions> configure)
        where TClient : Bitrix24Client
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        switch (services.Select(static s => s.ImplementationInstance).OfType<Registered>().FirstOrDefault()?.Client)
        {
            case null:
                services.AddSingleton(new Registered(typeof(TClient)));
                break;
            case var client when client == typeof(TClient):
                return new(services);
            case var client:
                throw new InvalidOperationException(
                    $"This host has the application of {client.Name} already, and {typeof(TClient).Name} would be a second one: "
                    + "stores, inbox and settings of a host are those of one application. Run it in a host of its own.");
        }

        services.AddOptions<Bitrix24ApplicationOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<Bitrix24ApplicationOptions>, Bitrix24ApplicationOptionsValidator>());
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPortalStore, MemoryPortalStore>();
        services.TryAddSingleton<ITokenStore, MemoryTokenStore>();
        services.TryAddSingleton<IEventInbox, MemoryEventInbox>();
        services.AddBitrix24Clients<TClient>(static settings => settings.CredentialsFactory = static (provider, portal) => RefreshedTokens.CredentialsFor(
            portal, provider.GetRequiredService<PortalClients<TClient>>().Application, provider.GetRequiredService<ITokenStore>(), provider.GetRequiredService<IPortalStore>()));
        services.AddOptions<Bitrix24PortalsOptions>(typeof(TClient).FullName!)
            .Configure<IOptions<Bitrix24ApplicationOptions>>(static (settings, options) => settings.Client = options.Value.Client);
        services.TryAddSingleton(static provider => new PortalClients<TClient>(provider));
        services.TryAddSingleton<Handlers<TClient>>();
        services.TryAddSingleton<RequestPipeline<TClient>>();
        services.TryAddSingleton<EventDispatcher<TClient>>();
        services.TryAddSingleton<OfflineEventReader<TClient>>();
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<OfflineEventReader<TClient>>());
        return new(services);
    }

    /// <summary>Whose application the host has.</summary>
    private sealed record Registered(Type Client);
}

/// <summary>Chooses where an application stores portals, tokens and handled events.</summary>
/// <param name="services">The services.</param>
public sealed class Bitrix24ApplicationBuilder(IServiceCollection services)
{
    /// <summary>The services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Keeps portals and their tokens in one store, as <see cref="FilePortalStore"/> is.</summary>
    /// <typeparam name="TStore">The store.</typeparam>
    /// <param name="store">The store.</param>
    public Bitrix24ApplicationBuilder AddPortalStore<TStore>(TStore store)
        where TStore : class, IPortalStore, ITokenStore => AddPortalStore(store, store);

    /// <summary>Keeps portals, and their tokens in a store of their own.</summary>
    /// <param name="portals">Keeps the portals.</param>
    /// <param name="tokens">Keeps the tokens.</param>
    public Bitrix24ApplicationBuilder AddPortalStore(IPortalStore portals, ITokenStore tokens)
    {
        ArgumentNullException.ThrowIfNull(portals);
        ArgumentNullException.ThrowIfNull(tokens);
        Services.Replace(ServiceDescriptor.Singleton(portals));
        Services.Replace(ServiceDescriptor.Singleton(tokens));
        return this;
    }

    /// <summary>Remembers handled events; in the memory of the process unless this is called.</summary>
    /// <param name="inbox">The inbox.</param>
    public Bitrix24ApplicationBuilder AddEventInbox(IEventInbox inbox)
    {
        ArgumentNullException.ThrowIfNull(inbox);
        Services.Replace(ServiceDescriptor.Singleton(inbox));
        return this;
    }

    /// <summary>Reads offline events of every installed portal, for the same handlers.</summary>
    /// <param name="configure">Says how; null: as <see cref="OfflineEventOptions"/> has it.</param>
    public Bitrix24ApplicationBuilder AddOfflineEvents(Action<OfflineEventOptions>? configure = null)
    {
        Services.Configure<Bitrix24ApplicationOptions>(options => configure?.Invoke(options.OfflineEvents ??= new()));
        Services.Configure<Bitrix24ApplicationOptions>(static options => options.OfflineEvents ??= new());
        return this;
    }
}
