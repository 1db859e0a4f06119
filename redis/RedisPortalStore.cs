using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace Bitrix24;

/// <summary>Keeps in Redis the portals in which an application is installed.</summary>
/// <remarks>The secrets of portals are kept as they are: give Redis a password, TLS and a user of its own.</remarks>
public sealed class RedisPortalStore : IPortalStore
{
    private readonly IConnectionMultiplexer _redis;
    private readonly Bitrix24RedisOptions _options;

    /// <summary>Makes a store.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="options">How portals are kept.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public RedisPortalStore(IConnectionMultiplexer redis, Bitrix24RedisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(redis);
        (_redis, _options) = (redis, (options ?? new()).Checked());
    }

    private IDatabase Database => _redis.GetDatabase();

    private RedisKey Key => $"{_options.OwnPrefix}:portals";

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    public async ValueTask<InstalledPortal?> FindAsync(string memberId, CancellationToken cancellationToken = default) =>
        (string?)await Database.HashGetAsync(Key, memberId).WaitAsync(cancellationToken).ConfigureAwait(false) is { } text ? InstalledPortal.FromJson(text) : null;

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    public async ValueTask SaveAsync(InstalledPortal portal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(portal);
        await Database.HashSetAsync(Key, portal.MemberId, portal.ToJson()).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    public async ValueTask RemoveAsync(string memberId, CancellationToken cancellationToken = default) =>
        await Database.HashDeleteAsync(Key, memberId).WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    public async IAsyncEnumerable<InstalledPortal> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entry in Database.HashScanAsync(Key).WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return InstalledPortal.FromJson(entry.Value.ToString());
    }
}
