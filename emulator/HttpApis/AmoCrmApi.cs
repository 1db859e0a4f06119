using System.Globalization;
using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Limits;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>amoCRM: <c>/api/v4/…</c> by an access token; hypertext answers, refusals as problem details.</summary>
internal sealed class AmoCrmApi : HttpApi
{
    private const string Root = "/api/v4/";
    private const string Hypertext = "application/hal+json";
    private const string ProblemDetails = "application/problem+json";

    private const string Blocked = "BLOCKED";

    private static readonly TimeSpan RefusalWindow = TimeSpan.FromMinutes(1);

    private readonly WidgetInstallations _installations;
    private readonly Queue<DateTimeOffset> _refusals = [];
    private bool _blocked;

    public AmoCrmApi(Portal portal)
        : base(portal, "amocrm") => _installations = new WidgetInstallations(portal, Api);

    protected override Failure NotFound { get; } = new("NOT_FOUND", "Not found", 404);

    protected override Failure BadRequest { get; } = new("BAD_REQUEST", "The body is not JSON.", 400);

    public override bool Serves(string path) => path.StartsWith(Root, StringComparison.Ordinal);

    protected override Failure? Authorize(HttpRequest request) =>
        BearerToken.Of(request) is { } token && Portal.Accounts.Check(token).Valid ? null : new Failure("UNAUTHORIZED", "Unauthorized", 401);

    protected override Failure TooMany(TimeSpan wait) => new("TOO_MANY_REQUESTS", "Too Many Requests", 429);

    protected override string CallerOf(HttpRequest request) => "";

    protected override Caller UserOf(HttpRequest request) => Portal.Accounts.Application(BearerToken.Of(request)!);

    /// <summary>Who does not heed the refusals is shut out, until the portal ends.</summary>
    protected override Failure? Limit(HttpRequest request, MethodSpec? method, JsonObject parameters, out LimitState? state)
    {
        state = null;
        lock (_refusals)
        {
            var now = Portal.Clock.GetUtcNow();
            if (_blocked)
                return new Failure(Blocked, "The address is blocked.", 403);
            while (_refusals.TryPeek(out var first) && first + RefusalWindow <= now)
                _refusals.Dequeue();
            if (base.Limit(request, method, parameters, out state) is not { } refusal)
                return null;
            _refusals.Enqueue(now);
            _blocked = _refusals.Count >= Portal.Options.Limits!.RefusalsUntilBlock;
            return refusal;
        }
    }

    protected override async Task<Answer> AnswerAsync(HttpRequest request, MethodSpec method, JsonObject parameters, string? refusal, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(request, method.Name, parameters, refusal, cancellationToken);
        if (answer is not Success success)
            return answer;
        if (_installations.Handles(method))
        {
            var installed = _installations.Run(method, parameters, success);
            return installed with { Violations = [.. success.Violations, .. installed.Violations] };
        }

        _installations.HideSettings(method, success.Result);
        return success;
    }

    protected override HttpAnswer Envelope(HttpRequest request, MethodSpec? method, JsonObject parameters, Answer answer) => answer switch
    {
        // The front of the API refuses, not the API: no problem details.
        Failure { Status: 429 } => new HttpAnswer(429, "Too many requests", "text/plain"),
        Failure { Code: Blocked } => new HttpAnswer(403, "<html><body>Forbidden</body></html>", "text/html"),
        Failure failure => HttpAnswer.Of(failure.Status, Problem(failure)) with { ContentType = ProblemDetails },
        Success success when method?.Result is null => new HttpAnswer(method?.Http?.Verb == "DELETE" ? 204 : 202, ""),
        Success success when method.Paging == Paging.Link => Page(request, method, parameters, success),
        Success success => HttpAnswer.Of(200, Linked(request, success.Result!.AsObject())) with { ContentType = Hypertext },
        _ => throw new InvalidOperationException("An answer is a success or a failure."),
    };

    /// <summary>A page with links to itself and the next; an empty one has no body.</summary>
    private HttpAnswer Page(HttpRequest request, MethodSpec method, JsonObject parameters, Success success)
    {
        var body = success.Result!.AsObject();
        var items = method.Result!.At!.Split('.').Aggregate((JsonNode)body, static (node, step) => node[step]!).AsArray();
        if (items.Count == 0)
            return new HttpAnswer(204, "");
        foreach (var item in items.OfType<JsonObject>())
            Linked(request, item);
        var page = int.TryParse(JsonValues.Text(parameters["page"]), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 1;
        var links = new JsonObject { ["self"] = Link(request, parameters, page) };
        if (success.Next is not null)
            links["next"] = Link(request, parameters, page + 1);
        body["_page"] = page;
        body["_links"] = links;
        return HttpAnswer.Of(200, body) with { ContentType = Hypertext };
    }

    private JsonObject Link(HttpRequest request, JsonObject parameters, int page)
    {
        var limit = JsonValues.Text(parameters["limit"]) is { } size ? $"limit={size}&" : "";
        return Link($"{Portal.Url.GetLeftPart(UriPartial.Authority)}{request.Path}?{limit}page={page.ToString(CultureInfo.InvariantCulture)}");
    }

    private JsonObject Linked(HttpRequest request, JsonObject item)
    {
        var root = $"{Portal.Url.GetLeftPart(UriPartial.Authority)}{Root}{request.Path.Value![Root.Length..].Split('/')[0]}";
        item["_links"] = new JsonObject { ["self"] = Link($"{root}/{JsonValues.Text(item["code"])}") };
        return item;
    }

    private static JsonObject Link(string address) => new() { ["href"] = address };

    private JsonObject Problem(Failure failure)
    {
        var title = Profile.SystemErrors.FirstOrDefault(e => e.Code == failure.Code)?.Message ?? failure.Code;
        var problem = new JsonObject
        {
            ["title"] = title,
            ["type"] = $"https://httpstatus.es/{failure.Status.ToString(CultureInfo.InvariantCulture)}",
            ["status"] = failure.Status,
            ["detail"] = failure.Message,
        };
        var findings = failure.Violations.Where(static v => v.Code is not null)
            .Select(static v => (JsonNode)new JsonObject { ["code"] = v.Rule, ["path"] = v.Path, ["detail"] = v.Message })
            .ToArray();
        if (findings.Length > 0)
            problem["validation-errors"] = new JsonArray(new JsonObject { ["request_id"] = "0", ["errors"] = new JsonArray(findings) });
        return problem;
    }
}
