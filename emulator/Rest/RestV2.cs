using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>REST v2: <c>/rest/{method}</c> and <c>/rest/{user}/{secret}/{method}</c>.</summary>
internal sealed class RestV2(Portal portal)
{
    private readonly Authorizer _authorizer = new(portal);
    private readonly CallRunner _calls = new(portal);

    public async Task<HttpAnswer> RunAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var time = new CallTime(portal.Clock);
        var answer = portal.Bucket?.TryEnter() == false
            ? SystemErrors.TooManyRequests.In(portal.Specs.Profile())
            : await AnswerAsync(request, time, cancellationToken);
        portal.Record(request, request.Method, answer);
        return Envelope(answer, time);
    }

    private Task<Answer> AnswerAsync(RestRequest request, CallTime time, CancellationToken cancellationToken)
    {
        if (request.Method.Equals(Batch.Method, StringComparison.OrdinalIgnoreCase))
            return BatchAsync(request, cancellationToken);
        var call = new RestCall(SpecSet.DefaultApi, request.Method, request.Parameters, request.AsText) { Refusal = request.Refusal };
        return _calls.RunAsync(call, () => _authorizer.Authorize(request), time, cancellationToken);
    }

    private async Task<Answer> BatchAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var profile = portal.Specs.Profile();
        var (caller, refusal) = _authorizer.Authorize(request);
        if (caller is null)
            return refusal!.In(profile);
        var batch = new Batch(RunCommandAsync, portal.Clock, profile.BatchLimit);
        return await batch.RunAsync(request.Parameters, cancellationToken);

        async Task<Answer> RunCommandAsync(string method, JsonObject parameters, CallTime time, CancellationToken token)
        {
            var call = new RestCall(SpecSet.DefaultApi, method, parameters, AsText: true, InBatch: true);
            var answer = portal.Options.Limits is { CountsCommands: true } && portal.Bucket?.TryEnter() == false
                ? SystemErrors.TooManyRequests.In(profile)
                : await _calls.RunAsync(call, () => ((Caller?)caller, null), time, token);
            portal.Record(request, method, answer, inBatch: true);
            return answer;
        }
    }

    private static void Write(Utf8JsonWriter writer, Success success, CallTime time)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("result");
        if (success.Rendered is { } rendered)
            rendered.WriteTo(writer);
        else if (success.Result is { } result)
            result.WriteTo(writer);
        else
            writer.WriteNullValue();
        if (success.Next is { } next)
            writer.WriteNumber("next", next);
        if (success.Total is { } total)
            writer.WriteNumber("total", total);
        writer.WritePropertyName("time");
        time.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static HttpAnswer Envelope(Answer answer, CallTime time)
    {
        switch (answer)
        {
            case Failure { InResult: true } inside:
                return HttpAnswer.Of(inside.Status, new JsonObject { ["result"] = new JsonObject { ["error"] = inside.ToJson() }, ["time"] = time.ToJson() });
            case Failure failure:
                return HttpAnswer.Of(failure.Status, failure.ToJson());
            default:
                var success = (Success)answer;
                return HttpAnswer.Of(200, writer => Write(writer, success, time)).Marked(success);
        }
    }
}
