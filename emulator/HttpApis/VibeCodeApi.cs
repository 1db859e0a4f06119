using Bitrix24.Gen.Emulator.Http;
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

    private readonly VibeCodeBatch _batch;

    public VibeCodeApi(Portal portal)
        : base(portal, "vibecode")
    {
        _batch = new VibeCodeBatch(RunCommandAsync, name => portal.Specs.FindMethod(name, Api));
    }

    protected override Failure NotFound { get; } = new("ENTITY_NOT_FOUND", "There is nothing at this path.", 404);

    protected override Failure BadRequest { get; } = new("INVALID_PARAMS", "The body is not JSON.", 400);

    public override bool Serves(string path) => path.StartsWith(Root, StringComparison.Ordinal);

    protected override Failure? Authorize(HttpRequest request)
    {
        var key = request.Headers["X-Api-Key"].ToString();
        if (key.Length == 0)
            return new Failure("MISSING_API_KEY", "The header X-Api-Key is missing.", 401);
        if (key == Portal.Accounts.ApiKey)
            return null;
        if (key != Portal.Accounts.ApplicationKey)
            return new Failure("INVALID_API_KEY", "The API key is not known.", 401);
        return BearerToken.Of(request) is not { } session
            ? new Failure("INVALID_APP_KEY", "An application's key needs a session.", 401)
            : Portal.Accounts.Check(session) switch
            {
                (true, true) => null,
                (true, false) => new Failure("TOKEN_EXPIRED", "The session has expired.", 401),
                _ => new Failure("INVALID_SESSION", "The session is not known.", 401),
            };
    }

    protected override async Task<Answer> AnswerAsync(MethodSpec method, JsonObject parameters, string? refusal, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(method.Name, parameters, refusal, cancellationToken);
        if (answer is not Success success)
            return answer is Failure { Code: "insufficient_scope" } ? new Failure("SCOPE_DENIED", $"The key lacks the scope {method.Scope}.", 403) : answer;
        if (method.Name == BatchName)
            return success with { Result = await _batch.RunCallsAsync((JsonArray)parameters["calls"]!, cancellationToken) };
        return method.Name.EndsWith(EntityBatch, StringComparison.Ordinal)
            ? success with { Result = await _batch.RunItemsAsync(method.Name[..^EntityBatch.Length], parameters, cancellationToken) }
            : success;
    }

    protected override HttpAnswer Envelope(HttpRequest request, MethodSpec? method, JsonObject parameters, Answer answer)
    {
        if (answer is Failure failure)
            return HttpAnswer.Of(failure.Status, new JsonObject { ["success"] = false, ["error"] = VibeCodeBatch.Error(failure) });
        var success = (Success)answer;
        var body = new JsonObject { ["success"] = true, ["data"] = success.Result };
        if (method?.Paging == Paging.Limit)
        {
            if (success.Total is { } total)
                body["total"] = total;
            body["meta"] = new JsonObject { ["hasMore"] = success.Next is not null };
        }

        return HttpAnswer.Of(method?.Operation == Operation.Add ? 201 : 200, body);
    }

    private async Task<Answer> RunCommandAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(method, parameters, null, cancellationToken);
        if (answer is Failure failure)
            answer = failure.In(Profile);
        Portal.Record(method, answer, byWebhook: false, inBatch: true);
        return answer;
    }
}
