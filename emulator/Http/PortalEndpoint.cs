using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Control;
using Bitrix24.Gen.Emulator.HttpApis;
using Bitrix24.Gen.Emulator.Rest;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.Http;

/// <summary>Takes every request: faults first, then the REST protocols and the OAuth pages.</summary>
internal sealed class PortalEndpoint(Portal portal, ControlEndpoint control)
{
    private readonly Authorizer _authorizer = new(portal);
    private readonly RecordFiles _files = new(portal);
    private readonly RestV2 _v2 = new(portal);
    private readonly RestV3 _v3 = new(portal);
    private readonly OAuthEndpoint _oauth = new(portal);
    private readonly VibeCodeConnect _connect = new(portal);
    private readonly AmoCrmTokens _amoCrmTokens = new(portal);
    private readonly HttpApi[] _apis = [new VibeCodeApi(portal), new AmoCrmApi(portal)];

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client has gone; nobody is left to answer.
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsConnect(context.Request.Method) || HttpMethods.IsTrace(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var path = context.Request.Path.Value ?? "";
        if (ControlEndpoint.Serves(path))
        {
            await control.HandleAsync(context);
            return;
        }

        if (HttpMethods.IsOptions(context.Request.Method))
        {
            await new HttpAnswer(200, "").SendAsync(context, null);
            return;
        }

        var page = OAuthEndpoint.Page(path);
        var rest = RestPath.Parse(path);
        var connect = VibeCodeConnect.Page(path);
        var api = connect is null ? Array.Find(_apis, a => a.Serves(path)) : null;
        var fault = portal.Faults.Next(
            api?.MethodOf(context.Request) ?? (connect is not null ? $"connect/{connect}" : page is not null ? $"oauth/{page}" : rest?.Method ?? ""));
        if (fault is { Delay.Ticks: > 0 })
            await Task.Delay(fault.Delay, portal.Clock, context.RequestAborted);
        if (fault is { Executed: false, Cuts: true })
        {
            context.Abort();
            return;
        }

        var answer = fault is { Executed: false, Answers: true } ? Faulty(fault)
            : api is not null ? await api.RunAsync(context, fault)
            : connect is not null ? _connect.Run(connect, context.Request, (await RequestReader.ReadParametersAsync(context, RestVersion.V2)).Parameters)
            : path == AmoCrmTokens.Path ? _amoCrmTokens.Run((await RequestReader.ReadParametersAsync(context, RestVersion.V2)).Parameters)
            : page is not null ? _oauth.Run(page, (await RequestReader.ReadParametersAsync(context, RestVersion.V2)).Parameters)
            : UploadPage.Serves(path) ? await CompleteAsync(context)
            : _files.Find(path) ?? await RunAsync(context, rest, fault);
        if (fault is { Executed: true, Cuts: true })
        {
            context.Abort();
            return;
        }

        if (fault is { Executed: true, Answers: true })
            answer = Faulty(fault);
        await answer.SendAsync(context, fault);
    }

    private async Task<HttpAnswer> RunAsync(HttpContext context, RestPath? path, Fault? fault)
    {
        if (portal.MovedTo is { } moved)
            return new HttpAnswer(302, "", "text/html") { Location = new Uri(moved, context.Request.Path + context.Request.QueryString.Value).ToString() };
        if (path is null)
            return new HttpAnswer(404, "Not found", "text/plain");
        var request = await RequestReader.ReadAsync(context, path);
        if (fault is { ExpiresToken: true } && request.Token is { } token)
            portal.Accounts.Expire(token);
        request = request with { Refusal = fault?.Refusal };
        if (portal.Recorder is { } recorder && request.Version == RestVersion.V2 && _authorizer.Authorize(request).Caller is not null)
            return await recorder.RunAsync(request, portal.Specs.FindMethod(request.Method), context.RequestAborted);
        return request.Version == RestVersion.V3
            ? await _v3.RunAsync(request, context.RequestAborted)
            : await _v2.RunAsync(request, context.RequestAborted) is var answer && path.AsXml ? XmlAnswer.Of(answer) : answer;
    }

    /// <summary>Runs the call that a file was missing from.</summary>
    private async Task<HttpAnswer> CompleteAsync(HttpContext context) => await UploadPage.ReadAsync(context, portal.Uploads) is { } request
        ? await _v2.RunAsync(request, context.RequestAborted)
        : HttpAnswer.Of(SystemErrors.InvalidToken.Status, SystemErrors.InvalidToken.ToJson());

    private static HttpAnswer Faulty(Fault fault) => new(fault.Status, fault.Body, fault.ContentType) { Location = fault.Location };
}
