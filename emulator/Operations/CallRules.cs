using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Judges a call by the spec's rules and by what the portal keeps; the first breach in the server's order is answered.</summary>
internal sealed class CallRules(Portal portal)
{
    private const string Auth = "auth";
    private const string Verify = "verify";

    private readonly StateRules _state = new(portal.Records);

    /// <summary>The refusal, or null where the call may run.</summary>
    public Failure? Refuse(MethodCall call, Breach? connection)
    {
        var method = call.Method;
        if (!(call.Caller.ByWebhook ? method.AllowWebhook : method.AllowApplication))
        {
            var breach = RuleTexts.Breach(call, [], Auth, "");
            return breach.Code is null
                ? Failure(call, [breach with { Id = RuleIds.Auth, Code = SystemErrors.AccessDenied.Code, Message = SystemErrors.AccessDenied.Message }])
                : Failure(call, [breach with { Id = RuleIds.Auth }]);
        }

        var breaches = _state.Check(call).Concat(connection is null ? [] : [connection]).ToList();
        return breaches.Count == 0 ? null : Failure(call, breaches);
    }

    /// <summary>Asks whether the URL that the spec says to call answers; the breach if it does not.</summary>
    public async Task<Breach?> CheckConnectionAsync(MethodCall call, CancellationToken cancellationToken)
    {
        if (call is not { Method.Verify: { } path, Table: { } table }
            || portal.Options.ConnectionCheck is not { } check)
            return null;
        var steps = path.Split('.');
        JsonObject record;
        string? url;
        lock (portal.Records.Gate)
        {
            record = call.Target()?.DeepClone() as JsonObject ?? [];
            foreach (var (name, value) in call.InputValue)
                record[name] = value?.DeepClone();
            url = Follow(table.Type, record, steps);
        }

        if (url is null || await check(new ConnectionAttempt(call.Method.Name, url, record), cancellationToken))
            return null;
        return RuleTexts.Breach(call, [], Verify, "");
    }

    private string? Follow(RecordType type, JsonObject record, string[] steps)
    {
        for (var i = 0; i < steps.Length - 1; i++)
        {
            if (portal.Records.Table(type.Field(steps[i])?.References, type.Api) is not { } next || next.Find(record[steps[i]]) is not { } target)
                return null;
            (type, record) = (next.Type, target);
        }

        return JsonValues.Text(record[steps[^1]]);
    }

    private static Failure Failure(MethodCall call, IReadOnlyList<Breach> breaches)
    {
        var first = breaches[0];
        var code = first.Code ?? SystemErrors.Argument.Code;
        var documented = call.Method.Errors.FirstOrDefault(e => e.Code == code);
        var failure = call.Method.Failure;
        return new Failure(code, first.Message, documented?.Status ?? failure.Status, failure.InResult)
        {
            Violations = [.. breaches.Select(b => b.Id)],
        };
    }
}
