using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bitrix24.AspNetCore;

/// <summary>Takes a request through reading, verification and its handlers.</summary>
internal sealed class RequestPipeline<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>
    where TClient : Bitrix24Client
{
    private const int LongestCode = 200;

    private readonly Bitrix24ApplicationOptions _options;
    private readonly PortalClients<TClient> _clients;
    private readonly Handlers<TClient> _handlers;
    private readonly EventDispatcher<TClient> _events;
    private readonly OfflineEventReader<TClient> _offline;
    private readonly IPortalStore _portals;
    private readonly IncomingVerifier _verifier;
    private readonly IncomingTelemetry _telemetry;
    private readonly TimeProvider _time;

    public RequestPipeline(IServiceProvider services)
    {
        _options = services.GetRequiredService<IOptions<Bitrix24ApplicationOptions>>().Value;
        _clients = services.GetRequiredService<PortalClients<TClient>>();
        _handlers = services.GetRequiredService<Handlers<TClient>>();
        _events = services.GetRequiredService<EventDispatcher<TClient>>();
        _offline = services.GetRequiredService<OfflineEventReader<TClient>>();
        _portals = services.GetRequiredService<IPortalStore>();
        _time = services.GetRequiredService<TimeProvider>();
        _telemetry = new(services.GetRequiredService<ILoggerFactory>().CreateLogger("Bitrix24.Incoming"), _time, _options.ClientSecret);
        _verifier = new(_clients.Application, _portals, services.GetRequiredService<ITokenStore>(), _clients.ClientOptions);
    }

    public IncomingTelemetry Telemetry => _telemetry;

    public Bitrix24Application Application => _clients.Application;

    /// <summary>The portal that a callback comes from, by its application token; null: nothing proves it.</summary>
    public async ValueTask<InstalledPortal?> VerifyAsync(IncomingRequest request, CancellationToken cancellationToken) =>
        (await _verifier.VerifyAsync(request, firstContact: false, cancellationToken: cancellationToken).ConfigureAwait(false))?.Portal;

    /// <summary>The portal of an id, if the application is installed there.</summary>
    public ValueTask<InstalledPortal?> FindAsync(string memberId, CancellationToken cancellationToken) => _portals.FindAsync(memberId, cancellationToken);

    /// <summary>The application's client of a portal.</summary>
    public TClient ClientOf(InstalledPortal portal) => _clients.Of(portal);

    public async Task RunAsync(HttpContext context, string prefix, bool isInstallPage)
    {
        PublicAddress.Enter(context.Request);
        using var observed = _telemetry.Start("request");
        var cancellationToken = context.RequestAborted;
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await AnswerAsync(context, observed, StatusCodes.Status405MethodNotAllowed, "method", "Portals send POST.").ConfigureAwait(false);
            return;
        }

        var body = await BodyReader.ReadAsync(context.Request, _options.Limits.MaxLength, cancellationToken).ConfigureAwait(false);
        var problem = body.Problem;
        IncomingRequest? request = null;
        if (body.Bytes is { } form && IncomingRequest.TryParse(form, context.Request.QueryString.Value, _options.Limits, out request, out problem))
            problem = ProblemOf(request!);
        if (problem is not null)
        {
            await AnswerAsync(context, observed, body.Bytes is null ? body.Status : StatusCodes.Status400BadRequest, "unreadable", problem).ConfigureAwait(false);
            return;
        }

        using var lifetime = new HandlerLifetime(context);
        // A page has somebody who waits for it; an event has to be handled.
        var handling = request!.Event is null ? cancellationToken : lifetime.Token;
        try
        {
            var code = request.Event?.Code;
            observed.About(request.ToString(), KnownCode(request));
            observed.Hide(request);
            var lifecycle = request.Placement is not null || code is LifecycleCodes.Install or LifecycleCodes.Update;
            var verified = await _verifier.VerifyAsync(request, firstContact: lifecycle, takeTokens: isInstallPage, handling).ConfigureAwait(false);
            if (verified is null)
            {
                await AnswerAsync(context, observed, StatusCodes.Status403Forbidden, "refused", "Nothing proves that it comes from the portal that it names.").ConfigureAwait(false);
                return;
            }

            PublicAddress.EnterPortal(verified.Portal.MemberId);
            // What the authorization server said of the portal is kept already.
            var portal = verified.Proof == IncomingProof.RefreshToken
                ? verified.Portal
                : await _verifier.UpdateAsync(request, verified.Portal, takeTokens: lifecycle && (isInstallPage || code is not null), handling).ConfigureAwait(false);
            if (request.Event is not null)
                await RunEventAsync(context, observed, request, portal, prefix, handling).ConfigureAwait(false);
            else
                await RunPageAsync(context, observed, request, portal, prefix, isInstallPage, handling).ConfigureAwait(false);
        }
        catch (Bitrix24ProtocolException e) when (e.IsIncoming && !context.Response.HasStarted)
        {
            await AnswerAsync(context, observed, StatusCodes.Status400BadRequest, "unreadable", e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !handling.IsCancellationRequested)
        {
            observed.Failed(e);
            if (!context.Response.HasStarted)
                context.Response.StatusCode = e is Bitrix24ConnectionException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        }
    }

    private async Task RunEventAsync(
        HttpContext context, ObservedRequest observed, IncomingRequest request, InstalledPortal portal, string prefix, CancellationToken cancellationToken)
    {
        var incoming = request.Event!;
        var data = incoming.Data;
        switch (incoming.Code)
        {
            case LifecycleCodes.Install:
                var installation = new Installation(portal, InstallKind.Event, PublicAddress.Of(_options, prefix).AbsoluteUri, request)
                {
                    Version = RequestText.Of(data, "VERSION"),
                    Language = RequestText.Of(data, "LANGUAGE_ID"),
                };
                foreach (var handler in _handlers.Install)
                    await handler(installation, _clients.Of(portal), cancellationToken).ConfigureAwait(false);
                break;
            case LifecycleCodes.Update:
                var update = new ApplicationUpdate(portal, RequestText.Of(data, "VERSION"), RequestText.Of(data, "PREVIOUS_VERSION"), PublicAddress.Of(_options, prefix).AbsoluteUri, request);
                foreach (var handler in _handlers.Update)
                    await handler(update, _clients.Of(portal), cancellationToken).ConfigureAwait(false);
                break;
            case LifecycleCodes.Uninstall:
                var uninstallation = new Uninstallation(portal, RequestText.Of(data, "CLEAN") == "1", request);
                foreach (var handler in _handlers.Uninstall)
                    await handler(uninstallation, cancellationToken).ConfigureAwait(false);
                await _verifier.ForgetAsync(portal).ConfigureAwait(false);
                break;
            case OfflineEventReader.Code when _options.OfflineEvents is not null:
                _offline.Wake(portal);
                break;
        }

        var outcome = await _events.DispatchAsync(incoming, _clients.Of(portal), LifecycleCodes.Contains(incoming.Code), cancellationToken).ConfigureAwait(false);
        observed.Done(outcome.ToString().ToLowerInvariant());
        context.Response.StatusCode = outcome == DispatchOutcome.InProgress ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        if (outcome == DispatchOutcome.InProgress)
            context.Response.Headers.RetryAfter = "5";
    }

    private async Task RunPageAsync(
        HttpContext context, ObservedRequest observed, IncomingRequest request, InstalledPortal portal, string prefix, bool isInstallPage, CancellationToken cancellationToken)
    {
        var placement = request.Placement!;
        if (_options.FrameOnlyInPortal)
            context.Response.Headers.ContentSecurityPolicy = $"frame-ancestors {portal.Url.GetLeftPart(UriPartial.Authority)}";
        IResult result;
        if (isInstallPage)
        {
            var installation = new Installation(portal, InstallKind.Page, PublicAddress.Of(_options, prefix).AbsoluteUri, request) { Language = placement.Language };
            foreach (var handler in _handlers.Install)
                await handler(installation, _clients.Of(portal), cancellationToken).ConfigureAwait(false);
            result = InstallPage.Finish();
        }
        else if (_handlers.FindPlacement(placement.Code) is { } handle)
        {
            result = await handle(placement, _clients.OfUser(portal, request.Auth), cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException("The handler of the placement answered null; answer a page, or Results.Empty.");
        }
        else
        {
            await AnswerAsync(context, observed, StatusCodes.Status404NotFound, "unhandled", "The application shows nothing here.").ConfigureAwait(false);
            return;
        }

        await result.ExecuteAsync(context).ConfigureAwait(false);
        observed.Done("shown");
    }

    private static string? ProblemOf(IncomingRequest request) => (request.Event?.Code ?? request.Placement?.Code) switch
    {
        null => "It is neither an event nor a page: portals send both as a form (application/x-www-form-urlencoded).",
        // Handlers log codes: one with line breaks would forge lines.
        { Length: > LongestCode } => string.Create(CultureInfo.InvariantCulture, $"The code is longer than {LongestCode} characters."),
        var code when code.Any(static c => c is <= ' ' or > '~') => "The code holds other characters than letters, digits and signs.",
        _ => null,
    };

    // Codes come from outside: only those that are registered become tags.
    private string? KnownCode(IncomingRequest request) =>
        request.Event is { } e ? (LifecycleCodes.Contains(e.Code) || _handlers.Events.ContainsKey(e.Code) ? e.Code : null)
        : request.Placement is { } p && _handlers.Placements.Exists(h => PlacementCode.Matches(h.Code, p.Code)) ? p.Code
        : null;

    private static async Task AnswerAsync(HttpContext context, ObservedRequest observed, int status, string outcome, string text)
    {
        observed.Refused(outcome, text);
        // Nobody is left to be answered.
        if (context.RequestAborted.IsCancellationRequested)
            return;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }
}
