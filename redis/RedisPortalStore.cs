using System.Runtime.CompilerServices;
using System.Text.Json;
using StackExchange.Redis;

namespace Bitrix24;

/// <summary>Keeps in Redis the portals in which an application is installed.</summary>
/// <remarks>The secrets of portals are kept as they are: give Redis a password, TLS and a user of its own.</remarks>
public sealed class RedisPortalStore : IPortalStore
{
    private readonly IConnectionMultiplexer _redis;
    private readonly Bitrix24RedisSettings _settings;

    /// <summary>Makes a store.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="settings">How portals are kept.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public RedisPortalStore(IConnectionMultiplexer redis, Bitrix24RedisSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(redis);
        (_redis, _settings) = (redis, (settings ?? new()).Checked());
    }

    private IDatabase Database => _redis.GetDatabase();

    private RedisKey Key => $"{_settings.Prefix}:portals";

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    public async ValueTask<InstalledPortal?> FindAsync(string memberId, CancellationToken cancellationToken = default) =>
        (string?)await Database.HashGetAsync(Key, memberId).WaitAsync(cancellationToken).ConfigureAwait(false) is { } text ? Read(text) : null;

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    public async ValueTask SaveAsync(InstalledPortal portal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(portal);
        await Database.HashSetAsync(Key, portal.MemberId, Write(portal)).WaitAsync(cancellationToken).ConfigureAwait(false);
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
            yield return Read(entry.Value.ToString());
    }

    private static string Write(InstalledPortal portal)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartObject();
            writer.WriteString("memberId", portal.MemberId);
            writer.WriteString("url", portal.Url.AbsoluteUri);
            writer.WriteString("applicationToken", portal.ApplicationToken);
            writer.WriteString("scope", portal.Scope);
            writer.WriteString("status", portal.Status);
            writer.WriteString("installedAt", portal.InstalledAt);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(memory.ToArray());
    }

    private static InstalledPortal Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new()
            {
                MemberId = root.GetProperty("memberId").GetString()!,
                Url = new Uri(root.GetProperty("url").GetString()!),
                ApplicationToken = root.GetProperty("applicationToken").GetString(),
                Scope = root.GetProperty("scope").GetString(),
                Status = root.GetProperty("status").GetString(),
                InstalledAt = root.GetProperty("installedAt").GetDateTimeOffset(),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            // The cause is not kept: it may quote a token.
            throw new InvalidDataException("A portal in Redis cannot be read: delete it and install the application anew.");
        }
    }
}
