using System.Globalization;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Limits;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>VibeCode: <c>/v1/…</c> by an API key, or by an application's key and a session.</summary>
internal sealed class VibeCodeApi : HttpApi
{
    private const string Root = "/v1/";
    private const string BatchName = "batch.send";
    private const string EntityBatch = ".batch";

    /// <summary>Records of a batch that take one unit of the limits.</summary>
    private const int RecordsAUnit = 50;

    private readonly VibeCodeChecks _checks;
    private readonly VibeCodeKeys _keys;
    private readonly VibeCodeIncludes _includes;
    private readonly VibeCodeUserFields _userFields;
    private readonly VibeCodeNames _names;

    public VibeCodeApi(Portal portal)
        : base(portal, "vibecode") => (_checks, _keys, _includes, _userFields, _names) =
            (new(portal), new(portal), new(portal, Api), new(portal, Api), new(portal, Api));

    protected override Failure NotFound { get; } = new("ENTITY_NOT_FOUND", "There is nothing at this path.", 404);

    protected override Failure BadRequest { get; } = new("INVALID_PARAMS", "The body is not JSON.", 400);

    public override bool Serves(string path) => path.StartsWith(Root, StringComparison.Ordinal);

    public static HttpAnswer Refused(Failure failure) =>
        HttpAnswer.Of(failure.Status, new JsonObject { ["success"] = false, ["error"] = VibeCodeBatch.Error(failure) });

    protected override Failure TooMany(TimeSpan wait) => new("RATE_LIMITED", "Too many requests.", 429) { RetryAfter = wait };

    protected override string CallerOf(HttpRequest request) => VibeCodeKeys.Of(request);

    protected override Failure? Authorize(HttpRequest request) => _keys.Check(request);

    protected override int Cost(MethodSpec? method, JsonObject parameters)
    {
        if (method?.Name.EndsWith(EntityBatch, StringComparison.Ordinal) != true)
            return 1;
        var records = ((parameters["items"] ?? parameters["ids"]) as JsonArray)?.Count ?? 1;
        return Math.Max(1, (records + RecordsAUnit - 1) / RecordsAUnit);
    }

    protected override IEnumerable<(string Name, string Value)> Headers(LimitState state)
    {
        yield return ("X-RateLimit-Limit", Text(state.Limit));
        yield return ("X-RateLimit-Remaining", Text(state.Remaining));
        yield return ("X-RateLimit-Reset", Text(state.Reset.ToUnixTimeSeconds()));
        if (!state.Entered)
            yield return ("Retry-After", Text(VibeCodeBatch.Seconds(state.Reset - Portal.Clock.GetUtcNow())));
    }

    protected override async Task<Answer> AnswerAsync(
        HttpRequest request, MethodSpec method, JsonObject parameters, string? refusal, CancellationToken cancellationToken)
    {
        var key = VibeCodeKeys.Of(request);
        if (_keys.Check(key, method) is { } blocked)
            return blocked;
        if (_checks.Check(method, parameters) is { } refused)
            return refused;
        var answer = await CallAsync(request, method.Name, parameters, refusal, cancellationToken);
        if (answer is not Success success)
            return answer is Failure { Code: "insufficient_scope" } ? new Failure("SCOPE_DENIED", $"The key lacks the scope {method.Scope}.", 403) : answer;
        _includes.Add(method, parameters, success.Result);
        _names.Spell(method, parameters, success.Result);
        if (VibeCodeUserFields.Handles(method))
            return _userFields.Run(parameters, success);
        var batch = new VibeCodeBatch((command, given, token) => RunCommandAsync(request, command, given, token), Find);
        if (method.Name == BatchName)
            return success with { Result = await batch.RunCallsAsync((JsonArray)parameters["calls"]!, cancellationToken) };
        return method.Name.EndsWith(EntityBatch, StringComparison.Ordinal)
            ? success with { Result = await batch.RunItemsAsync(method.Name[..^EntityBatch.Length], parameters, cancellationToken) }
            : success;
    }

    protected override HttpAnswer Envelope(HttpRequest request, MethodSpec? method, JsonObject parameters, Answer answer)
    {
        if (answer is Failure failure)
            return Refused(failure);
        var success = (Success)answer;
        var body = new JsonObject { ["success"] = true, ["data"] = success.Result };
        if (method?.Paging == Paging.Limit)
        {
            var meta = new JsonObject { ["hasMore"] = success.Next is not null };
            // At the top as documented; searches have it in meta too, where clients of older answers look for it.
            var searched = method.Operation == Operation.Search;
            if (success.Total is { } total)
            {
                body["total"] = total;
                if (searched)
                    meta["total"] = total;
            }

            if (searched)
                meta["truncated"] = false;
            body["meta"] = meta;
        }

        return HttpAnswer.Of(method?.Operation == Operation.Add ? 201 : 200, body);
    }

    private async Task<Answer> RunCommandAsync(HttpRequest request, MethodSpec method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var answer = _keys.Check(VibeCodeKeys.Of(request), method) ?? _checks.Check(method, parameters) ?? await CallAsync(request, method.Name, parameters, null, cancellationToken);
        if (answer is Failure failure)
            answer = failure.In(Profile);
        if (answer is Success { Result: var result })
            _names.Spell(method, parameters, result);
        Portal.Record(method.Name, answer, byWebhook: false, inBatch: true, answer.Took);
        return answer;
    }

    private MethodSpec? Find(string name) => Portal.Specs.FindMethod(name, Api);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
