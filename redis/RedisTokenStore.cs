using System.Collections.Concurrent;
using System.Globalization;
using StackExchange.Redis;

namespace Bitrix24;

/// <summary>
/// Keeps tokens in Redis, for any number of machines. While one process refreshes the tokens of a portal it holds a lease,
/// which it keeps up, and which ends by itself where the process dies. What it saves replaces only what it loaded under the
/// lease: a process that was paused beyond its lease cannot overwrite newer tokens.
/// </summary>
/// <remarks>Tokens are kept as they are: whoever may read the keys may act for the application. Give Redis a password, TLS and a user of its own.</remarks>
public sealed class RedisTokenStore : ITokenStore
{
    private readonly IConnectionMultiplexer _redis;
    private readonly Bitrix24RedisOptions _options;
    private readonly ConcurrentDictionary<string, Lease> _leases = new(StringComparer.Ordinal);

    /// <summary>Makes a store.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="options">How tokens are kept.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public RedisTokenStore(IConnectionMultiplexer redis, Bitrix24RedisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(redis);
        (_redis, _options) = (redis, (options ?? new()).Checked());
    }

    private IDatabase Database => _redis.GetDatabase();

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    /// <exception cref="InvalidDataException">The key was changed by others and holds no tokens.</exception>
    public async ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default)
    {
        var text = (string?)await Database.StringGetAsync(TokenKey(portal)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return text is null ? null : Bitrix24Token.FromJson(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    /// <inheritdoc/>
    /// <exception cref="TokenConflictException">Another process saved tokens after this one's lease had begun, and after it had ended.</exception>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    public async ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        var lease = _leases.GetValueOrDefault(portal);
        var expected = lease is null ? "" : lease.Version.ToString(CultureInfo.InvariantCulture);
        var saved = ScriptAnswers.Number(await Database
            .ScriptEvaluateAsync(RedisScripts.SaveToken, [TokenKey(portal)], [token.ToJson(), expected])
            .WaitAsync(cancellationToken).ConfigureAwait(false));
        if (saved < 0)
            throw new TokenConflictException(portal);
        if (lease is not null)
            lease.Version = saved;
    }

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    public async ValueTask ForgetAsync(string portal, CancellationToken cancellationToken = default) =>
        await Database.KeyDeleteAsync(TokenKey(portal)).WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">The lease did not come free.</exception>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    public async ValueTask<IAsyncDisposable> LockAsync(string portal, CancellationToken cancellationToken = default)
    {
        var id = Guid.NewGuid().ToString("N");
        var start = _options.TimeProvider.GetTimestamp();
        for (var delay = 10; ; delay = Math.Min(delay * 2, 200))
        {
            var version = await TakeAsync(portal, id, cancellationToken).ConfigureAwait(false);
            if (version >= 0)
                return _leases[portal] = new(this, portal, id, version);
            if (_options.TimeProvider.GetElapsedTime(start) >= _options.LockTimeout)
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"The lease on the tokens of {portal} was not released within {_options.LockTimeout.TotalSeconds:0.#} s."));
            await Task.Delay(TimeSpan.FromMilliseconds(delay * (0.5 + Random.Shared.NextDouble())), _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<long> TakeAsync(string portal, string id, CancellationToken cancellationToken)
    {
        try
        {
            // One step: a process that dies between two would leave a lease without an end, or without a version.
            return ScriptAnswers.Number(await Database
                .ScriptEvaluateAsync(RedisScripts.TakeLease, [LeaseKey(portal), TokenKey(portal)], [id, (long)_options.LeaseTime.TotalMilliseconds])
                .WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is RedisException or TimeoutException or OperationCanceledException)
        {
            // Redis may have given the lease all the same: until it ended, nobody could refresh the tokens, this process neither.
            Database.ScriptEvaluate(RedisScripts.EndLease, [LeaseKey(portal)], [id], CommandFlags.FireAndForget);
            throw;
        }
    }

    private RedisKey TokenKey(string portal) => $"{_options.OwnPrefix}:token:{{{portal}}}";

    private RedisKey LeaseKey(string portal) => $"{_options.OwnPrefix}:lease:{{{portal}}}";

    private sealed class Lease : IAsyncDisposable
    {
        private readonly RedisTokenStore _store;
        private readonly string _portal;
        private readonly string _id;
        private readonly ITimer _timer;

        public Lease(RedisTokenStore store, string portal, string id, long version)
        {
            (_store, _portal, _id, Version) = (store, portal, id, version);
            var third = store._options.LeaseTime / 3;
            _timer = store._options.TimeProvider.CreateTimer(static lease => _ = ((Lease)lease!).KeepUpAsync(), this, third, third);
        }

        /// <summary>The version of the tokens that are replaced.</summary>
        public long Version { get; set; }

        public async ValueTask DisposeAsync()
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
            _store._leases.TryRemove(new(_portal, this));
            try
            {
                await _store.Database.ScriptEvaluateAsync(RedisScripts.EndLease, [_store.LeaseKey(_portal)], [_id]).ConfigureAwait(false);
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                // It ends by itself.
            }
        }

        private async Task KeepUpAsync()
        {
            try
            {
                await _store.Database
                    .ScriptEvaluateAsync(RedisScripts.KeepLease, [_store.LeaseKey(_portal)], [_id, (long)_store._options.LeaseTime.TotalMilliseconds])
                    .ConfigureAwait(false);
            }
            catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
            {
                // The next time, or never: what is saved then is compared with what was loaded.
            }
        }
    }
}
