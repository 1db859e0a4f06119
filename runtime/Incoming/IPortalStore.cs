using System.Collections.Concurrent;

namespace Bitrix24;

/// <summary>Keeps the portals in which the application is installed.</summary>
public interface IPortalStore
{
    /// <summary>The portal of that id, or null.</summary>
    /// <param name="memberId">The portal's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<InstalledPortal?> FindAsync(string memberId, CancellationToken cancellationToken = default);

    /// <summary>Saves a portal, new or changed.</summary>
    /// <param name="portal">The portal.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask SaveAsync(InstalledPortal portal, CancellationToken cancellationToken = default);

    /// <summary>Forgets a portal.</summary>
    /// <param name="memberId">The portal's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask RemoveAsync(string memberId, CancellationToken cancellationToken = default);

    /// <summary>Enumerates all portals.</summary>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    IAsyncEnumerable<InstalledPortal> AllAsync(CancellationToken cancellationToken = default);
}

/// <summary>Keeps portals while the process lives.</summary>
public sealed class MemoryPortalStore : IPortalStore
{
    private readonly ConcurrentDictionary<string, InstalledPortal> _portals = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<InstalledPortal?> FindAsync(string memberId, CancellationToken cancellationToken = default) =>
        new(_portals.GetValueOrDefault(memberId));

    /// <inheritdoc/>
    public ValueTask SaveAsync(InstalledPortal portal, CancellationToken cancellationToken = default)
    {
        _portals[portal.MemberId] = portal;
        return default;
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(string memberId, CancellationToken cancellationToken = default)
    {
        _portals.TryRemove(memberId, out _);
        return default;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<InstalledPortal> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var portal in _portals.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return portal;
        }
    }
}
