using System.Diagnostics.CodeAnalysis;
using Bitrix24;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the addresses of an application that portals install.</summary>
public static class Bitrix24ApplicationEndpointExtensions
{
    /// <summary>
    /// Maps an application: <c>PREFIX</c> takes events, pages and placements, <c>PREFIX/install</c> the installation by page.
    /// Every request is verified before a handler runs; what cannot be is answered 403.
    /// </summary>
    /// <typeparam name="TClient">The client of a portal.</typeparam>
    /// <param name="endpoints">The routes.</param>
    /// <param name="prefix">The path of the application: <c>/b24</c>.</param>
    /// <param name="configure">Registers handlers.</param>
    public static IEndpointConventionBuilder MapBitrix24Application<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>(
        this IEndpointRouteBuilder endpoints, string prefix, Action<Bitrix24ApplicationEndpoints<TClient>> configure)
        where TClient : Bitrix24Client
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(configure);
        var services = endpoints.ServiceProvider;
        if (services.GetService<RequestPipeline<TClient>>() is not { } pipeline)
            throw new InvalidOperationException($"There is no application of {typeof(TClient).Name}: add it to the services with AddBitrix24Application<{typeof(TClient).Name}>.");
        prefix = "/" + prefix.Trim('/');
        var group = endpoints.MapGroup(prefix);
        var application = new Bitrix24ApplicationEndpoints<TClient>(
            group, prefix, services.GetRequiredService<Handlers<TClient>>(), pipeline, services.GetRequiredService<IOptions<Bitrix24ApplicationOptions>>().Value);
        configure(application);
        group.Map("", (RequestDelegate)(context => pipeline.RunAsync(context, prefix, isInstallPage: false)));
        group.Map("/install", (RequestDelegate)(context => pipeline.RunAsync(context, prefix, isInstallPage: true)));
        return group;
    }
}

/// <summary>Registers the handlers of an application.</summary>
/// <typeparam name="TClient">The client of a portal.</typeparam>
public sealed partial class Bitrix24ApplicationEndpoints<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>
    where TClient : Bitrix24Client
{
    private readonly RouteGroupBuilder _group;
    private readonly string _prefix;
    private readonly Handlers<TClient> _handlers;
    private readonly RequestPipeline<TClient> _pipeline;
    private readonly Bitrix24ApplicationOptions _options;

    internal Bitrix24ApplicationEndpoints(
        RouteGroupBuilder group, string prefix, Handlers<TClient> handlers, RequestPipeline<TClient> pipeline, Bitrix24ApplicationOptions options) =>
        (_group, _prefix, _handlers, _pipeline, _options) = (group, prefix, handlers, pipeline, options);

    /// <summary>The address to bind events and placements to, as the portal of the request under way reaches it.</summary>
    /// <exception cref="InvalidOperationException">No request is under way, and <see cref="Bitrix24ApplicationOptions.PublicUrl"/> is not set.</exception>
    public string EventsUrl => PublicAddress.Of(_options, _prefix).AbsoluteUri;

    /// <summary>Handles installations. Portal and tokens are kept already; the client is the portal's.</summary>
    /// <param name="handler">The handler.</param>
    public Bitrix24ApplicationEndpoints<TClient> OnInstall(Func<Installation, TClient, CancellationToken, Task> handler) => Add(_handlers.Install, handler);

    /// <summary>Handles new versions.</summary>
    /// <param name="handler">The handler.</param>
    public Bitrix24ApplicationEndpoints<TClient> OnUpdate(Func<ApplicationUpdate, TClient, CancellationToken, Task> handler) => Add(_handlers.Update, handler);

    /// <summary>Handles removals. There is no client: the application's tokens are void.</summary>
    /// <param name="handler">The handler.</param>
    public Bitrix24ApplicationEndpoints<TClient> OnUninstall(Func<Uninstallation, CancellationToken, Task> handler) => Add(_handlers.Uninstall, handler);

    /// <summary>Handles an event.</summary>
    /// <typeparam name="TEvent">Its generated record.</typeparam>
    /// <param name="handler">The handler; what it throws makes the portal see a failure, and is logged.</param>
    public Bitrix24ApplicationEndpoints<TClient> On<TEvent>(Func<TEvent, TClient, CancellationToken, Task> handler)
        where TEvent : Bitrix24Event, IIncomingType, new()
    {
        ArgumentNullException.ThrowIfNull(handler);
        return On(TEvent.Code, (e, portal, cancellationToken) => handler(e.As<TEvent>(), portal, cancellationToken));
    }

    /// <summary>Handles an event that no spec describes.</summary>
    /// <param name="code">Its code, in any case.</param>
    /// <param name="handler">The handler.</param>
    public Bitrix24ApplicationEndpoints<TClient> On(string code, Func<IncomingEvent, TClient, CancellationToken, Task> handler)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        if (!_handlers.Events.TryGetValue(code, out var list))
            _handlers.Events.Add(code, list = []);
        return Add(list, handler);
    }

    /// <summary>Handles every event that has no handler of its own.</summary>
    /// <param name="handler">The handler.</param>
    public Bitrix24ApplicationEndpoints<TClient> OnOther(Func<IncomingEvent, TClient, CancellationToken, Task> handler) => Add(_handlers.OtherEvents, handler);

    /// <summary>Shows a page at a placement. The client acts for the user who opened it.</summary>
    /// <typeparam name="TPlacement">Its generated record.</typeparam>
    /// <param name="handler">The handler.</param>
    public Bitrix24ApplicationEndpoints<TClient> OnPlacement<TPlacement>(Func<TPlacement, TClient, CancellationToken, Task<IResult>> handler)
        where TPlacement : Bitrix24Placement, IIncomingType, new()
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.Placements.Add((TPlacement.Code, (p, portal, cancellationToken) => handler(p.As<TPlacement>(), portal, cancellationToken)));
        return this;
    }

    /// <inheritdoc cref="OnPlacement{TPlacement}(Func{TPlacement, TClient, CancellationToken, Task{IResult}})"/>
    public Bitrix24ApplicationEndpoints<TClient> OnPlacement<TPlacement>(Func<TPlacement, TClient, CancellationToken, IResult> handler)
        where TPlacement : Bitrix24Placement, IIncomingType, new()
    {
        ArgumentNullException.ThrowIfNull(handler);
        return OnPlacement<TPlacement>((p, portal, cancellationToken) => Task.FromResult(handler(p, portal, cancellationToken)));
    }

    /// <summary>Shows the application's own page, and every placement that has no handler of its own.</summary>
    /// <param name="handler">The handler.</param>
    public Bitrix24ApplicationEndpoints<TClient> OnPage(Func<IncomingPlacement, TClient, CancellationToken, Task<IResult>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.OtherPlacement = handler;
        return this;
    }

    private Bitrix24ApplicationEndpoints<TClient> Add<T>(List<T> to, T handler)
        where T : Delegate
    {
        ArgumentNullException.ThrowIfNull(handler);
        to.Add(handler);
        return this;
    }
}
