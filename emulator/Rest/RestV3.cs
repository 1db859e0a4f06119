using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Operations;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>REST 3.0: <c>/rest/api/{method}</c> and <c>/rest/api/{user}/{secret}/{method}</c>, JSON only.</summary>
internal sealed class RestV3(Portal portal)
{
    private const string Api = SpecSelector.V3Api;

    private const string RecordFields = "fields.";

    private readonly Authorizer _authorizer = new(portal);
    private readonly CallRunner _calls = new(portal);
    private readonly IdempotencyKeys _keys = new(portal.Clock);

    public async Task<HttpAnswer> RunAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var time = new CallTime(portal.Clock);
        if (portal.Bucket?.TryEnter() == false)
            return Refuse(request, V3Errors.RateLimit);
        if (request.Unreadable)
            return Refuse(request, V3Errors.InvalidJson);
        if (request.IdempotencyKey is not { } key || IsRead(request.Method) || _authorizer.Authorize(request).Caller is not { } caller)
            return await AnswerAsync(request, time, cancellationToken);

        var who = $"{caller.ByWebhook} {caller.UserId} {request.Method.ToLowerInvariant()}";
        var body = request.Body?.ToJsonString() ?? "";
        switch (_keys.Find(who, key, body))
        {
            case { Error: { } error }:
                return Refuse(request, error);
            case { Stored: { } stored }:
                portal.Record(request, request.Method, new Success(null), replayed: true);
                return stored with { Headers = [("Idempotency-Key", key), ("Idempotent-Replayed", "true")] };
        }

        var answer = await AnswerAsync(request, time, cancellationToken) with { Headers = [("Idempotency-Key", key)] };
        if (answer.Status == 200)
            _keys.Store(who, key, body, answer);
        return answer;
    }

    private bool IsRead(string method) => portal.Specs.FindMethod(method, Api)?.Idempotency == Specs.Idempotency.Read;

    private async Task<HttpAnswer> AnswerAsync(RestRequest request, CallTime time, CancellationToken cancellationToken)
    {
        Answer answer;
        if (request.Method.Equals(Batch.Method, StringComparison.OrdinalIgnoreCase))
        {
            answer = await BatchAsync(request, time, cancellationToken);
        }
        else
        {
            var call = new RestCall(Api, request.Method, request.Parameters, AsText: false) { Refusal = request.Refusal };
            answer = await _calls.RunAsync(call, () => _authorizer.Authorize(request), time, cancellationToken);
        }

        portal.Record(request, request.Method, InV3Terms(answer));
        return answer is Failure failure
            ? Envelope(request, failure)
            : HttpAnswer.Of(200, new JsonObject { ["result"] = ((Success)answer).Result, ["time"] = time.ToJson() }).Marked((Success)answer);
    }

    private async Task<Answer> BatchAsync(RestRequest request, CallTime time, CancellationToken cancellationToken)
    {
        var (caller, refusal) = _authorizer.Authorize(request);
        if (caller is null)
            return refusal!;
        return await new BatchV3(RunAsync).RunAsync(request.Body, cancellationToken);

        async Task<Answer> RunAsync(string method, JsonObject parameters, CancellationToken token)
        {
            var answer = await _calls.RunAsync(new RestCall(Api, method, parameters, AsText: false, InBatch: true), () => ((Caller?)caller, null), time, token);
            portal.Record(request, method, InV3Terms(answer), inBatch: true);
            return answer;
        }
    }

    private HttpAnswer Refuse(RestRequest request, Failure failure)
    {
        portal.Record(request, request.Method, failure);
        return Envelope(request, failure);
    }

    private static Answer InV3Terms(Answer answer) => answer is Failure failure ? V3Errors.Of(failure) : answer;

    /// <summary>Of a condition the field that it is about, of the record's fields their names alone.</summary>
    private static string FieldOf(RestRequest request, string path) =>
        UnknownProperties.NameAt(request.Parameters, path) ?? (path.StartsWith(RecordFields, StringComparison.Ordinal) ? path[RecordFields.Length..] : path);

    private HttpAnswer Envelope(RestRequest request, Failure failure)
    {
        var said = V3Errors.Of(failure);
        var error = new JsonObject { ["code"] = said.Code, ["message"] = said.Message };
        if (V3Errors.Validation(said.Code) is { } message)
        {
            // What is wrong stands with each field.
            error["message"] = portal.State.Errors(Api, request.Method).FirstOrDefault(m => m.Rule == ErrorMeaning.Whole && m.Code == said.Code)?.Text ?? message;
            error["validation"] = new JsonArray([.. failure.Violations.Where(v => v.Code == said.Code).DistinctBy(static v => (v.Message, v.Path))
                .Select(v => (JsonNode)new JsonObject { ["message"] = v.Message, ["field"] = FieldOf(request, v.Path) })]);
        }

        return HttpAnswer.Of(said.Status, new JsonObject { ["error"] = error });
    }
}
