using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bitrix24;

/// <summary>Clients of any number of portals, such as those in which an application is installed.</summary>
/// <typeparam name="TClient">The client.</typeparam>
public interface IBitrix24Clients<TClient>
    where TClient : Bitrix24Client
{
    /// <summary>
    /// The client of a portal. It is made when it is first asked for, is the same for all who ask while it is in use, and
    /// is dropped when nobody has asked for a while; whoever still holds it then can go on using it. It follows its portal to another
    /// address; whoever asks by the old one after that gets another client. Do not dispose it.
    /// </summary>
    /// <param name="portal">The portal's host, <c>example.bitrix24.com</c>, or its https address.</param>
    /// <exception cref="ArgumentException">The text is not a portal's host or address.</exception>
    TClient Get(string portal);
}

/// <summary>How the clients of many portals are set up.</summary>
public sealed class Bitrix24PortalsOptions
{
    /// <summary>The application that is installed in the portals; its tokens come from the <see cref="ITokenStore"/> of the services.</summary>
    public OAuthApplication? Application { get; set; }

    /// <summary>Makes the credentials for a portal's address, where they are not those of <see cref="Application"/>.</summary>
    public Func<IServiceProvider, Uri, Bitrix24Credentials>? CredentialsFactory { get; set; }

    /// <summary>How the clients work; their HTTP client comes from IHttpClientFactory unless set here.</summary>
    public Bitrix24ClientOptions Client { get; set; } = new();

    /// <summary>How long an unused client is kept; 30 minutes unless set.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    internal string? Problem => this switch
    {
        { Application: null, CredentialsFactory: null } or { Application: not null, CredentialsFactory: not null } => $"Set one of {nameof(Application)} and {nameof(CredentialsFactory)}.",
        { IdleTimeout: var t } when t <= TimeSpan.Zero => $"{nameof(IdleTimeout)} is not above zero.",
        { Client: null } => $"{nameof(Client)} is null.",
        { Client.Problem: { } problem } => $"{nameof(Client)}: {problem}",
        _ => null,
    };
}

/// <summary>Makes clients on demand and evicts idle ones.</summary>
internal sealed class Bitrix24Clients<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient> : IBitrix24Clients<TClient>
    where TClient : Bitrix24Client
{
    private static readonly ObjectFactory<TClient> Factory =
        ActivatorUtilities.CreateFactory<TClient>([typeof(Bitrix24Credentials), typeof(Bitrix24ClientOptions)]);

    private readonly IdleCache<string, Entry> _clients = new(StringComparer.Ordinal);
    private readonly IServiceProvider _services;
    private readonly Bitrix24PortalsOptions _settings;
    private readonly Bitrix24ClientOptions _options;

    public Bitrix24Clients(IServiceProvider services)
    {
        _services = services;
        _settings = services.GetRequiredService<IOptionsMonitor<Bitrix24PortalsOptions>>().Get(typeof(TClient).FullName!);
        _options = Bitrix24ServiceCollectionExtensions.WithServices(_settings.Client, services);
    }

    public int Count => _clients.Count;

    public TClient Get(string portal)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(portal);
        var address = Bitrix24Credentials.ParsePortal(portal.Contains("://", StringComparison.Ordinal) ? portal : "https://" + portal, nameof(portal));
        while (true)
        {
            var entry = _clients.GetOrAdd(address.AbsoluteUri, static (_, state) => state.Self.Make(state.address), (Self: this, address));
            // A client that has followed its portal to another address belongs to it; another portal may have this address now.
            if (!entry.HasMoved)
                return entry.Client;
            _clients.TryRemove(address.AbsoluteUri, entry);
        }
    }

    /// <summary>Evicts idle clients.</summary>
    public void Sweep() => _clients.Sweep();

    private Entry Make(Uri portal)
    {
        var credentials = _settings.CredentialsFactory?.Invoke(_services, portal)
            ?? RefreshedTokens.CredentialsFor(portal, _settings.Application!, _services.GetRequiredService<ITokenStore>(), _services.GetService<IPortalStore>());
        return new(Factory(_services, [credentials, _options]), credentials, _options.TimeProvider, _settings.IdleTimeout);
    }

    private sealed class Entry(TClient client, Bitrix24Credentials credentials, TimeProvider time, TimeSpan idleTimeout) : Idler
    {
        private readonly Uri _portal = credentials.Portal;

        public TClient Client => client;

        public bool HasMoved => credentials.Portal != _portal;

        public override TimeProvider Time => time;

        public override TimeSpan IdleTimeout => idleTimeout;
    }
}

/// <summary>Validates options; its messages never contain their values.</summary>
internal sealed class Bitrix24PortalsOptionsValidator : IValidateOptions<Bitrix24PortalsOptions>
{
    public ValidateOptionsResult Validate(string? name, Bitrix24PortalsOptions options) =>
        options.Problem is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
