using StackExchange.Redis;

namespace Bitrix24;

/// <summary>Remembers in Redis which events were handled, so that one which arrives twice, on whatever machine, is handled once.</summary>
public sealed class RedisEventInbox : IEventInbox
{
    private static readonly RedisValue DoneMark = "done";

    private readonly IConnectionMultiplexer _redis;
    private readonly Bitrix24RedisOptions _options;
    private readonly string _process = Guid.NewGuid().ToString("N");

    /// <summary>Makes an inbox.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="options">How events are kept.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public RedisEventInbox(IConnectionMultiplexer redis, Bitrix24RedisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(redis);
        (_redis, _options) = (redis, (options ?? new()).Checked());
    }

    private IDatabase Database => _redis.GetDatabase();

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis does not answer: whether the event was handled is not known.</exception>
    public async ValueTask<InboxClaim> ClaimAsync(string eventId, CancellationToken cancellationToken = default)
    {
        var answer = ScriptAnswers.Number(await Database
            .ScriptEvaluateAsync(RedisScripts.Claim, [Key(eventId)], [_process, (long)_options.ClaimTime.TotalMilliseconds])
            .WaitAsync(cancellationToken).ConfigureAwait(false));
        return answer switch
        {
            0 => InboxClaim.Claimed,
            1 => InboxClaim.InProgress,
            _ => InboxClaim.Done,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis does not answer: the event may be handled again.</exception>
    public async ValueTask CompleteAsync(string eventId, CancellationToken cancellationToken = default) =>
        await Database.StringSetAsync(Key(eventId), DoneMark, _options.Remember).WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis does not answer: the claim ends by itself.</exception>
    public async ValueTask ReleaseAsync(string eventId, CancellationToken cancellationToken = default) =>
        await Database.ScriptEvaluateAsync(RedisScripts.EndLease, [Key(eventId)], [_process]).WaitAsync(cancellationToken).ConfigureAwait(false);

    private RedisKey Key(string eventId)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventId);
        return $"{_options.OwnPrefix}:event:{eventId}";
    }
}
