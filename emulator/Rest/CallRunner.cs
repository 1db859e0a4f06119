using System.Collections.Concurrent;
using System.Diagnostics;
using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Operations;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>Runs single calls, with the server's order of checks: method, caller, scope, limit, rules.</summary>
internal sealed class CallRunner(Portal portal)
{
    private readonly OperationRunner _operations = new(portal.Records);
    private readonly ConcurrentDictionary<MethodSpec, MethodBinding> _bindings = new(ReferenceEqualityComparer.Instance);
    private readonly PortalMethods _portalMethods = new(portal);
    private readonly CallRules _rules = new(portal);

    /// <summary>Runs a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="authorize">Finds the caller; asked once it is known that there is such a method.</param>
    /// <param name="time">The answer's times.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    public async Task<Answer> RunAsync(
        RestCall request, Func<(Caller? Caller, Failure? Refusal)> authorize, CallTime time, CancellationToken cancellationToken)
    {
        var profile = portal.Specs.Profile(request.Api);
        if (portal.Specs.FindMethod(request.Method, request.Api) is not { Calls: null, Undocumented: false } method)
            return SystemErrors.MethodNotFound.In(profile);
        var (caller, refusal) = authorize();
        if (caller is null)
            return refusal!.In(profile);
        if (method.Scope is { } scope && !caller.Covers(scope))
            return SystemErrors.InsufficientScope(caller.ByWebhook).In(profile);
        var limited = caller.ByWebhook ? "webhook" : "application";
        if (portal.Operating?.IsBlocked(limited, method.Name) == true)
            return SystemErrors.OperatingLimit.In(profile);
        if (request.InBatch && !method.Batchable)
            return SystemErrors.NotInBatch.In(profile);

        var given = profile.Envelope.Style == EnvelopeKind.Bitrix24 ? PhpParameters.Read(portal.Specs, method, request.Parameters) : request.Parameters;
        var parameters = request.AsText ? TextParameters.Read(portal.Specs, method, given) : given;
        MethodCall call;
        lock (portal.Records.Gate)
        {
            var binding = _bindings.GetOrAdd(method, static (m, records) => new MethodBinding(records, m), portal.Records);
            call = new MethodCall(portal.Records, binding, caller, parameters, portal.Clock.GetUtcNow(), caller.ByWebhook ? "" : portal.Options.ClientId);
        }

        if (request.Refusal is { } code)
            return _rules.Documented(call, code);
        var started = Stopwatch.GetTimestamp();
        var answer = _rules.RefuseCaller(call) ?? await RunAsync(call, cancellationToken);
        answer = answer with { Took = Stopwatch.GetElapsedTime(started) };
        time.Operating = portal.Operating?.Add(limited, method.Name);
        return answer;
    }

    private async Task<Answer> RunAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var connection = await _rules.CheckConnectionAsync(call, cancellationToken);
        lock (portal.Records.Gate)
        {
            var violations = _rules.Validate(call, connection);
            var answer = _rules.Refuse(call, violations) ?? portal.Uploads.Asked(call) ?? portal.Deliveries.Run(call.Method, call.Parameters) ?? _portalMethods.Run(call) ?? _operations.Run(call);
            portal.Records.Journal.Commit();
            if (answer is Success { ShapeOnly: true } && portal.Options.StrictCoverage)
                answer = SystemErrors.NotCovered(call.Method.Name);
            // A list or a record that was only read tells nobody anything.
            if (answer is Success { Rendered: null, Result: var result })
                portal.Deliveries.Executed(call.Method, call.Parameters, result);
            if (call.Words is { } words && answer is Success shown)
                answer = shown with { Result = words.Shown(shown.Result) };
            return answer with { Violations = violations };
        }
    }
}

/// <summary>A call as it came, alone or as a command of a batch.</summary>
/// <param name="Api">Whose method it is.</param>
/// <param name="Method">The method's name, as written.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="AsText">They came as query or form.</param>
/// <param name="InBatch">It is a command of a batch.</param>
internal sealed record RestCall(string Api, string Method, JsonObject Parameters, bool AsText, bool InBatch = false)
{
    /// <summary>The documented error to answer instead of running.</summary>
    public string? Refusal { get; init; }
}
