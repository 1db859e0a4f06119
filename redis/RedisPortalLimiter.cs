using System.Globalization;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Bitrix24;

/// <summary>
/// Limits of portals that the processes of an application share in Redis. One script decides about a call: it reserves the
/// moment at which the call goes, by the clock of Redis, so that calls of all processes go in the order in which they asked.
/// Where Redis is away, each process goes by a share of the limits that is safe, and says so.
/// </summary>
public sealed partial class RedisPortalLimiter : IPortalLimiter
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BeatLasts = TimeSpan.FromSeconds(60);

    private readonly IConnectionMultiplexer _redis;
    private readonly Bitrix24RedisOptions _options;
    private readonly ILogger? _logger;
    private readonly LocalShares _shares;
    private readonly string _process = Guid.NewGuid().ToString("N");
    private int _isAway;
    private long _askAgainAt = long.MinValue;
    private long _beatAt = long.MinValue;
    private int _processes;
    private volatile bool _hasBeaten;

    /// <summary>Makes a limiter.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="options">How limits are kept.</param>
    /// <param name="logger">Logs when Redis becomes unavailable and available again.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public RedisPortalLimiter(IConnectionMultiplexer redis, Bitrix24RedisOptions? options = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(redis);
        (_redis, _options, _logger) = (redis, (options ?? new()).Checked(), logger);
        (_shares, _processes) = (new(_options.TimeProvider, _options.AwayTime), _options.Processes);
    }

    /// <summary>Processes that share the limits, as far as is known.</summary>
    public int Processes => Volatile.Read(ref _processes);

    /// <summary>Redis is unavailable; calls use this process's own share.</summary>
    public bool IsAway => Volatile.Read(ref _isAway) != 0;

    private TimeProvider Time => _options.TimeProvider;

    /// <inheritdoc/>
    public async ValueTask<PortalDecision> ReserveAsync(PortalCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        var share = _shares.Of(call);
        if (!MayAsk())
            return Own(share, call);
        var keys = new RedisKey[1 + call.Rates.Count + call.Methods.Count];
        var values = new RedisValue[3 + (4 * call.Rates.Count)];
        keys[0] = Key(call, "hold");
        (values[0], values[1], values[2]) = (call.Permits, call.Rates.Count, share.IsUnsure ? 1 : 0);
        for (var i = 0; i < call.Rates.Count; i++)
        {
            keys[1 + i] = RateKey(call, i);
            Write(values.AsSpan(3 + (4 * i)), call.Rates[i]);
            values[3 + (4 * i) + 3] = share.Taken(call.Rates[i], i);
        }

        for (var i = 0; i < call.Methods.Count; i++)
            keys[1 + call.Rates.Count + i] = BlockKey(call, call.Methods[i]);
        if (await EvaluateAsync(RedisScripts.Reserve, keys, values, cancellationToken, unused: call).ConfigureAwait(false) is not { } decided)
        {
            share.Lose(call, Processes);
            return Own(share, call);
        }

        for (var i = 2; i < decided.Length; i++)
            share.Learn(call.Rates[i - 2], i - 2, decided[i]);
        return new(decided[0] == 1, TimeSpan.FromMicroseconds(decided[1])) { ReturnableFor = TimeSpan.FromMicroseconds(decided.Skip(2).DefaultIfEmpty().Min()) };
    }

    // Redis knows nothing of what it did not decide: there is nothing to return.
    private PortalDecision Own(LocalShares.Share share, PortalCall call) => share.Reserve(call, Processes) with { ReturnableFor = TimeSpan.Zero };

    /// <inheritdoc/>
    public async ValueTask ReturnAsync(PortalCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (!MayAsk())
            return;
        var values = new RedisValue[1 + (3 * call.Rates.Count)];
        values[0] = call.Permits;
        for (var i = 0; i < call.Rates.Count; i++)
            Write(values.AsSpan(1 + (3 * i)), call.Rates[i]);
        await EvaluateAsync(RedisScripts.Return, [.. call.Rates.Select((_, i) => RateKey(call, i))], values, CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask RefusedAsync(PortalCall call, TimeSpan? retryAfter)
    {
        ArgumentNullException.ThrowIfNull(call);
        _shares.Of(call).Lose(call, Processes);
        if (!MayAsk())
            return;
        var values = new RedisValue[1 + (3 * call.Rates.Count)];
        values[0] = (long)Math.Max(0, (retryAfter ?? TimeSpan.Zero).TotalMilliseconds);
        for (var i = 0; i < call.Rates.Count; i++)
            Write(values.AsSpan(1 + (3 * i)), call.Rates[i]);
        await EvaluateAsync(RedisScripts.Refused, [Key(call, "hold"), .. call.Rates.Select((_, i) => RateKey(call, i))], values, CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask BlockAsync(PortalCall call, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (MayAsk())
            await EvaluateAsync(RedisScripts.Block, [BlockKey(call, call.Methods[0])], [(long)Math.Max(1, time.TotalMilliseconds)], CancellationToken.None).ConfigureAwait(false);
    }

    private static void Write(Span<RedisValue> values, PortalRate rate) =>
        (values[0], values[1], values[2]) = (rate.IsWindow ? "w" : "b", rate.Requests, (long)rate.Period.TotalMicroseconds);

    // The braces keep a portal's keys on one node of a cluster.
    private RedisKey Key(PortalCall call, string name) => $"{_options.Prefix}:limit:{{{call.Portal}}}:{call.Owner}:{name}";

    private RedisKey RateKey(PortalCall call, int index) =>
        Key(call, call.Rates[index].Name is { Length: > 0 } name ? $"of:{name}" : index.ToString(CultureInfo.InvariantCulture));

    private RedisKey BlockKey(PortalCall call, string method) => $"{_options.Prefix}:block:{{{call.Portal}}}:{call.Caller}:{method}";

    /// <summary>Whether Redis is to be asked: not while it is away, but now and then to see whether it is back.</summary>
    private bool MayAsk()
    {
        if (!IsAway)
            return true;
        var (again, now) = (Interlocked.Read(ref _askAgainAt), Time.GetTimestamp());
        return now >= again && Interlocked.CompareExchange(ref _askAgainAt, After(now, _options.AwayTime), again) == again;
    }

    private long After(long now, TimeSpan time) => now + (long)(time.TotalSeconds * Time.TimestampFrequency);

    private async Task<long[]?> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken, PortalCall? unused = null)
    {
        Task<RedisResult>? asked = null;
        try
        {
            var database = _redis.GetDatabase();
            // A command that waits for a connection would reserve a moment that nobody uses.
            if (!database.IsConnected(keys[0]))
                throw new TimeoutException("There is no connection.");
            asked = database.ScriptEvaluateAsync(script, keys, values);
            var answer = await asked.WaitAsync(_options.Timeout, Time, cancellationToken).ConfigureAwait(false);
            var decided = unused is null ? [] : ScriptAnswers.Numbers(answer, atLeast: 2);
            if (Interlocked.Exchange(ref _isAway, 0) != 0 && _logger is not null)
                LogBack(_logger);
            Beat(database);
            return decided;
        }
        catch (OperationCanceledException) when (asked is not null && unused is not null)
        {
            _ = ReturnUnusedAsync(asked, unused);
            throw;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            Interlocked.Exchange(ref _askAgainAt, After(Time.GetTimestamp(), _options.AwayTime));
            RedisTelemetry.Fallbacks.Add(1);
            if (Interlocked.Exchange(ref _isAway, 1) == 0 && _logger is not null)
                LogAway(_logger, Processes, e.GetType().Name);
            return null;
        }
    }

    /// <summary>A call was cancelled while Redis decided about it: the permits go to others.</summary>
    private async Task ReturnUnusedAsync(Task<RedisResult> asked, PortalCall call)
    {
        try
        {
            if (ScriptAnswers.Numbers(await asked.ConfigureAwait(false), atLeast: 2) is [1, ..])
                await ReturnAsync(call).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Nothing was reserved, or the bucket releases it in time.
        }
    }

    private void Beat(IDatabase database)
    {
        var (last, now) = (Interlocked.Read(ref _beatAt), Time.GetTimestamp());
        if (now < last || Interlocked.CompareExchange(ref _beatAt, After(now, BeatEvery), last) != last)
            return;
        _ = BeatAsync();

        async Task BeatAsync()
        {
            try
            {
                var count = (int)ScriptAnswers.Number(await database.ScriptEvaluateAsync(
                    RedisScripts.Beat, [$"{_options.Prefix}:processes"], [_process, (long)BeatLasts.TotalSeconds]).ConfigureAwait(false));
                // The first that starts does not see those yet that start with it.
                Volatile.Write(ref _processes, Math.Max(_hasBeaten ? 1 : _options.Processes, count));
                _hasBeaten = true;
            }
            catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
            {
                // The next call notices.
            }
        }
    }

    [LoggerMessage(40, LogLevel.Warning, "Redis does not decide about calls ({Error}): this process goes by its own share of the portals' limits, one of {Processes}")]
    private static partial void LogAway(ILogger logger, int processes, string error);

    [LoggerMessage(41, LogLevel.Information, "Redis decides about calls again")]
    private static partial void LogBack(ILogger logger);
}
