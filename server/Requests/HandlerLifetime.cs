using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bitrix24.AspNetCore;

/// <summary>
/// How long the handlers of an event run. A portal does not send it again, so that they go on when the portal hangs up: until they are
/// done, the host has stopped waiting for them, or a request timeout of the host ends them.
/// </summary>
internal sealed class HandlerLifetime : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenRegistration _onAborted;
    private readonly CancellationTokenRegistration _onStopping;

    public HandlerLifetime(HttpContext context)
    {
        var aborted = context.RequestAborted;
        var stopping = context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default;
        var timeout = context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken ?? default;
        // A host that stops waits for its requests, then aborts them; a request whose portal is gone has nobody who waits.
        _onAborted = aborted.UnsafeRegister(_ => EndIf(stopping.IsCancellationRequested || timeout.IsCancellationRequested), null);
        _onStopping = stopping.UnsafeRegister(_ => EndIf(aborted.IsCancellationRequested), null);
    }

    public CancellationToken Token => _end.Token;

    public void Dispose()
    {
        _onAborted.Dispose();
        _onStopping.Dispose();
        _end.Dispose();
    }

    private void EndIf(bool isOver)
    {
        if (isOver)
            _end.Cancel();
    }
}
