using System.Runtime.CompilerServices;
using Bitrix24.Infrastructure;
using Polly;
using Polly.Retry;

namespace Bitrix24;

/// <summary>One call on its way: what is called, and what it took so far.</summary>
internal sealed class Call(MethodDescriptor method, string caller, IReadOnlyList<string>? methods = null)
{
    public static readonly ResiliencePropertyKey<Call> Key = new("call");

    /// <summary>The number of requests that it counts as.</summary>
    public int Permits { get; init; } = 1;

    /// <summary>What sends the call.</summary>
    public CallPipeline? Pipeline { get; set; }

    public MethodDescriptor Method => method;

    /// <summary>The method's name in logs and tags.</summary>
    public string Name { get; } = LogText.Name(method.Name);

    /// <summary>Whose operating time is used.</summary>
    public string Caller => caller;

    /// <summary>The methods whose operating time is used: of a batch, its commands too.</summary>
    public IReadOnlyList<string> Methods { get; } = methods ?? [method.Name];

    /// <summary>
    /// The same for all attempts, so that REST 3.0 executes a call that changes something once; it promises that of
    /// methods, and says nothing of batches.
    /// </summary>
    public string? IdempotencyKey { get; } =
        methods is null && method.Api.Envelope == EnvelopeKind.Bitrix24V3 && method.Idempotency != Idempotency.Read ? Guid.NewGuid().ToString("D") : null;

    /// <summary>A batch of REST 3.0 that changes something, and may stop at any of its calls.</summary>
    public bool StopsHalfWay { get; init; }

    /// <summary>The token of the last attempt, where it can be refreshed.</summary>
    public string? Token { get; set; }

    public bool Refreshed { get; set; }

    /// <summary>The last attempt got as far as to be sent; one that failed before, for want of a token, executed nothing.</summary>
    public bool IsSent => SentAt is not null;

    /// <summary>When the last attempt was sent.</summary>
    public long? SentAt { get; set; }

    /// <summary>An attempt was sent, and the portal did not say that it executed nothing.</summary>
    public bool MayBeExecuted { get; set; }

    /// <summary>When the limits let the last attempt through, by the clock of the limiter.</summary>
    public TimeSpan LetThroughAt { get; set; }

    /// <summary>Until when the permits that processes share may be returned; null: at any time.</summary>
    public TimeSpan? ReturnableUntil { get; set; }

    public int Faults { get; set; }

    public int Refusals { get; set; }

    /// <summary>When the portal first refused the call for its limits.</summary>
    public long? RefusedAt { get; set; }

    public TimeSpan Waited { get; set; }
}

/// <summary>Sends calls within the portal's limits, and again where that is right.</summary>
internal sealed class CallPipeline
{
    // The portal ends a request after 60 seconds. Two under one key that run at the same time may both be executed.
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(65);

    private static readonly ConditionalWeakTable<TimeProvider, ResiliencePipeline> Pipelines = [];

    private readonly Bitrix24Credentials _credentials;
    private readonly HttpTransport _transport;
    private readonly Bitrix24ClientOptions _options;
    private readonly CallTelemetry _telemetry;

    public CallPipeline(Bitrix24Credentials credentials, HttpTransport transport, Bitrix24ClientOptions options)
    {
        (_credentials, _transport, _options) = (credentials, transport, options);
        _telemetry = new(credentials, options);
    }

    public PortalThrottle Limits => PortalThrottle.Of(_credentials, _options);

    // One for all clients of a clock: it keeps nothing of a portal.
    private static ResiliencePipeline PipelineOf(TimeProvider time) => Pipelines.GetValue(time, static time =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = static args => new(CallOf(args.Context) is { Pipeline: { } self } call && self.ShouldRetry(call, args.Outcome.Exception)),
                DelayGenerator = static args => CallOf(args.Context) is { Pipeline: { } self } call ? self.DelayAsync(call, args.Outcome.Exception) : default,
            })
            .Build());

    private static Call? CallOf(ResilienceContext context) => context.Properties.TryGetValue(Call.Key, out var call) ? call : null;

    public Task<T> SendAsync<T>(Call call, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        _telemetry.ObserveAsync(call, () => RetryAsync(call, attempt, cancellationToken));

    private async Task<T> RetryAsync<T>(Call call, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        call.Pipeline = this;
        context.Properties.Set(Call.Key, call);
        try
        {
            return await PipelineOf(_options.TimeProvider).ExecuteAsync(
                static async (c, state) =>
                {
                    for (var isFirst = true; ; isFirst = false)
                    {
                        try
                        {
                            return await state.Self.SendOnceAsync(state.Call, state.Attempt, c.CancellationToken).ConfigureAwait(false);
                        }
                        catch (Bitrix24ApiException e) when (Faults.IsTokenRefused(e) && state.Call is { Refreshed: false, Token: not null })
                        {
                            // The portal looks at the token first: nothing was executed.
                            state.Call.SentAt = null;
                            var renewal = await state.Self.RefreshAsync(state.Call, e, c.CancellationToken).ConfigureAwait(false);
                            if (renewal == TokenRenewal.None)
                                throw;
                            // A kept token may have ended too: one more is asked for.
                            state.Call.Refreshed = !isFirst || renewal == TokenRenewal.Exchanged;
                        }
                    }
                },
                context,
                (Self: this, Call: call, Attempt: attempt)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<T> SendOnceAsync<T>(Call call, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        await WaitAsync(call, cancellationToken).ConfigureAwait(false);
        call.SentAt = null;
        try
        {
            return await attempt(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!call.IsSent || e is Bitrix24ConnectionException { MayHaveBeenExecuted: false } || HttpTransport.IsClientDisposed(e))
        {
            // For want of a token, of an address, of a connection or of an HTTP client: the portal heard nothing of it.
            await Limits.ReturnAsync(call).ConfigureAwait(false);
            throw;
        }
        catch (Exception e) when (FaultOf(call, e) is not (CallFault.RateLimit or CallFault.OperatingLimit) && !(e is Bitrix24ApiException api && Faults.IsTokenRefused(api)))
        {
            call.MayBeExecuted = true;
            throw;
        }
    }

    private Task<TokenRenewal> RefreshAsync(Call call, Bitrix24ApiException refusal, CancellationToken cancellationToken) =>
        _credentials.Tokens!.RefreshAsync(call.Token!, Faults.IsTokenEnded(refusal), _transport, cancellationToken);

    private async Task WaitAsync(Call call, CancellationToken cancellationToken)
    {
        var start = _options.TimeProvider.GetTimestamp();
        await Limits.WaitAsync(call, cancellationToken).ConfigureAwait(false);
        call.Waited += _options.TimeProvider.GetElapsedTime(start);
    }

    private bool ShouldRetry(Call call, Exception? exception)
    {
        var fault = FaultOf(call, exception);
        if (!Faults.MayRetry(fault, call))
            return false;
        if (fault is CallFault.RateLimit or CallFault.OperatingLimit)
        {
            call.RefusedAt ??= _options.TimeProvider.GetTimestamp();
            return _options.TimeProvider.GetElapsedTime(call.RefusedAt.Value) + RetryAfter(exception) < _options.MaxLimitWait;
        }

        return call.Faults < _options.MaxRetries && RetryAfter(exception) < _options.MaxLimitWait;
    }

    private async ValueTask<TimeSpan?> DelayAsync(Call call, Exception? exception)
    {
        var limits = Limits;
        var fault = FaultOf(call, exception);
        _telemetry.Retried(call, fault);
        switch (fault)
        {
            case CallFault.RateLimit:
                // The limiter makes all calls wait, however many of us were refused.
                call.Refusals++;
                await limits.RefusedAsync(call, AskedFor(exception)).ConfigureAwait(false);
                return limits.Limiter is null ? Longer(Jittered(_options.RetryDelay), RetryAfter(exception)) : TimeSpan.Zero;
            case CallFault.OperatingLimit:
                call.Refusals++;
                foreach (var method in call.Methods)
                    limits.Block(method, call.Caller, null);
                return TimeSpan.Zero;
            default:
                var delay = Longer(Jittered(_options.RetryDelay * (1 << Math.Min(call.Faults++, 5))), RetryAfter(exception));
                return call.IdempotencyKey is not null && call.SentAt is { } sent && Faults.MayStillRun(exception)
                    ? Longer(delay, LongestRun - _options.TimeProvider.GetElapsedTime(sent))
                    : delay;
        }
    }

    // What failed before the call was sent, failed without executing it.
    private static CallFault FaultOf(Call call, Exception? exception) =>
        Faults.Of(exception, call.StopsHalfWay) is var fault && fault == CallFault.Unknown && !call.IsSent ? CallFault.NotSent : fault;

    private static TimeSpan? AskedFor(Exception? exception) => exception switch
    {
        Bitrix24ApiException api => api.RetryAfter,
        Bitrix24ProtocolException protocol => protocol.RetryAfter,
        _ => null,
    };

    private static TimeSpan RetryAfter(Exception? exception) => Bitrix24ClientOptions.Bounded(AskedFor(exception) ?? TimeSpan.Zero);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Jittered(TimeSpan delay) => delay * (0.75 + (Random.Shared.NextDouble() / 2));
}
