using System.Diagnostics;
using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Limits;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>Serves an API of HTTP style: finds the method by verb and path, and runs it as any other.</summary>
internal abstract class HttpApi
{
    private readonly CallRunner _calls;
    private readonly HttpRouteTable _routes;
    private readonly HttpRequestReader _reader;
    private readonly RequestLimits? _limits;

    protected HttpApi(Portal portal, string api)
    {
        Portal = portal;
        Api = api;
        _calls = new CallRunner(portal);
        _routes = HttpRouteTable.Create(portal.Specs, api);
        _reader = new HttpRequestReader(portal.Specs);
        _limits = portal.Options.Limits is null ? null : new RequestLimits(Profile.RateLimits, portal.Clock);
    }

    protected Portal Portal { get; }

    protected string Api { get; }

    protected ProfileSpec Profile => Portal.Specs.Profile(Api);

    /// <summary>The path belongs to this API, whether or not a method answers there.</summary>
    public abstract bool Serves(string path);

    /// <summary>The method that the request reaches; empty: none.</summary>
    public string MethodOf(HttpRequest request) => Match(request)?.Method.Name ?? "";

    public async Task<HttpAnswer> RunAsync(HttpContext context, Fault? fault)
    {
        var started = Stopwatch.GetTimestamp();
        var request = context.Request;
        var match = Match(request);
        var (parameters, readable) = await ReadAsync(request, match, context.RequestAborted);
        LimitState? state = null;
        var answer = Authorize(request)
            ?? Limit(request, match?.Method, parameters, out state)
            ?? (match is null ? NotFound : null)
            ?? (readable ? null : BadRequest)
            ?? await AnswerAsync(request, match!.Method, parameters, fault?.Refusal, context.RequestAborted);
        if (answer is Failure failure)
            answer = failure.In(Profile);
        Portal.Record(match?.Method.Name ?? $"{request.Method} {request.Path}", answer, byWebhook: false, inBatch: false, Stopwatch.GetElapsedTime(started));
        var http = Envelope(request, match?.Method, parameters, answer);
        return state is null ? http : http with { Headers = [.. http.Headers, .. Headers(state)] };
    }

    /// <summary>A method of this API that is not there.</summary>
    protected abstract Failure NotFound { get; }

    /// <summary>A body that is not a JSON object.</summary>
    protected abstract Failure BadRequest { get; }

    /// <summary>The refusal of a caller whose credentials are not right.</summary>
    protected abstract Failure? Authorize(HttpRequest request);

    /// <summary>The refusal of a request that is over a limit.</summary>
    protected abstract Failure TooMany(TimeSpan wait);

    /// <summary>Whose requests are counted together.</summary>
    protected abstract string CallerOf(HttpRequest request);

    /// <summary>How many requests a call is worth.</summary>
    protected virtual int Cost(MethodSpec? method, JsonObject parameters) => 1;

    /// <summary>What the answer tells of the limits.</summary>
    protected virtual IEnumerable<(string Name, string Value)> Headers(LimitState state) => [];

    /// <summary>Counts the request; the refusal where there are too many.</summary>
    protected virtual Failure? Limit(HttpRequest request, MethodSpec? method, JsonObject parameters, out LimitState? state)
    {
        state = _limits?.Enter(CallerOf(request), request.Path.Value ?? "", Cost(method, parameters));
        return state is { Entered: false } ? TooMany(state.Reset - Portal.Clock.GetUtcNow()) : null;
    }

    protected abstract HttpAnswer Envelope(HttpRequest request, MethodSpec? method, JsonObject parameters, Answer answer);

    /// <summary>Runs a method, with whatever it does beyond its operation.</summary>
    protected virtual Task<Answer> AnswerAsync(
        HttpRequest request, MethodSpec method, JsonObject parameters, string? refusal, CancellationToken cancellationToken) =>
        CallAsync(request, method.Name, parameters, refusal, cancellationToken);

    /// <summary>Whom the request acts for.</summary>
    protected virtual Caller UserOf(HttpRequest request) => Portal.Accounts.KeyOwner();

    protected Task<Answer> CallAsync(HttpRequest request, string method, JsonObject parameters, string? refusal, CancellationToken cancellationToken)
    {
        var call = new RestCall(Api, method, parameters, AsText: false) { Refusal = refusal };
        return _calls.RunAsync(call, () => (UserOf(request), null), new CallTime(Portal.Clock), cancellationToken);
    }

    private HttpMatch? Match(HttpRequest request) => _routes.Find(request.Method, request.Path.Value ?? "");

    private async Task<(JsonObject Parameters, bool Readable)> ReadAsync(HttpRequest request, HttpMatch? match, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        Specs.JsonNode? body = null;
        if (buffer.Length > 0)
        {
            if (JsonBodyReader.Read(buffer.ToArray()) is not { } json)
                return ([], false);
            body = Specs.JsonReader.Read(json.ToJsonString()).Root;
            if (body is not Specs.JsonObject)
                return ([], false);
        }

        var parameters = match is null ? null : _reader.Read(match, request.QueryString.Value ?? "", body);
        return (JsonNode.Parse(parameters?.ToJsonText() ?? "{}")!.AsObject(), true);
    }
}
