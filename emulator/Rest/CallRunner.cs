using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Operations;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>Runs single calls, with the server's order of checks: method, caller, scope, limit, rules.</summary>
internal sealed class CallRunner(Portal portal)
{
    private readonly OperationRunner _operations = new(portal.Specs, portal.Records);
    private readonly CallRules _rules = new(portal);

    /// <summary>Runs a call and logs it.</summary>
    public async Task<Answer> RunAsync(
        RestCall request, Func<(Caller? Caller, Failure? Refusal)> authorize, CallTime time, CancellationToken cancellationToken)
    {
        var method = portal.Specs.FindMethod(request.Method, request.Api);
        var answer = method is null
            ? SystemErrors.MethodNotFound
            : await RunKnownAsync(method, request, authorize, time, cancellationToken);
        return answer is Failure { InResult: false } failure ? failure.In(portal.Specs.Profile(request.Api)) : answer;
    }

    private async Task<Answer> RunKnownAsync(
        MethodSpec method, RestCall request, Func<(Caller? Caller, Failure? Refusal)> authorize, CallTime time, CancellationToken cancellationToken)
    {
        var (caller, refusal) = authorize();
        if (caller is null)
            return refusal!;
        if (method.Scope is { } scope && portal.Options.Scopes?.Contains(scope) == false)
            return SystemErrors.InsufficientScope(caller.ByWebhook);
        var limited = caller.ByWebhook ? "webhook" : "application";
        if (portal.Operating?.IsBlocked(limited, method.Name) == true)
            return SystemErrors.OperatingLimit;
        if (request.InBatch && !method.Batchable)
            return SystemErrors.NotInBatch;

        var parameters = request.AsText ? TextParameters.Read(portal.Specs, method, request.Parameters) : request.Parameters;
        var call = new MethodCall(portal.Specs, portal.Records, method, caller, parameters, portal.Clock.GetUtcNow(), portal.Options.ClientId);
        var answer = _rules.RefuseCaller(call) ?? await RunAsync(call, cancellationToken);
        time.Operating = portal.Operating?.Add(limited, method.Name);
        return answer;
    }

    private async Task<Answer> RunAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var connection = await _rules.CheckConnectionAsync(call, cancellationToken);
        lock (portal.Records.Gate)
        {
            var violations = _rules.Judge(call, connection);
            var answer = (Answer?)_rules.Refuse(call, violations) ?? _operations.Run(call);
            return answer with { Violations = [.. violations.Select(v => v.RuleId)] };
        }
    }
}

/// <summary>A call as it came, alone or as a command of a batch.</summary>
/// <param name="Api">Whose method it is.</param>
/// <param name="Method">The method's name, as written.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="AsText">They came as query or form.</param>
/// <param name="InBatch">It is a command of a batch.</param>
internal sealed record RestCall(string Api, string Method, JsonObject Parameters, bool AsText, bool InBatch = false);
