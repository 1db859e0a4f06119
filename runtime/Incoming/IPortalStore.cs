using System.Collections.Concurrent;

namespace Bitrix24;

/// <summary>A portal in which the application is installed. Never prints its token.</summary>
public sealed record InstalledPortal
{
    /// <summary>The portal's own id, which stays when its address changes.</summary>
    public required string MemberId { get; init; }

    /// <summary>Its address, without a path.</summary>
    public required Uri Url { get; init; }

    /// <summary>The secret that comes with what the portal sends; null: it is not known yet.</summary>
    public string? ApplicationToken { get; init; }

    /// <summary>The permissions that the portal gave.</summary>
    public string? Scope { get; init; }

    /// <summary>See <see cref="IncomingAuth.Status"/>.</summary>
    public string? Status { get; init; }

    /// <summary>When the application was installed.</summary>
    public DateTimeOffset InstalledAt { get; init; }

    /// <summary>The key under which an <see cref="ITokenStore"/> keeps its tokens: the host, as credentials use it.</summary>
    public string TokenKey => PortalKey.Of(Url);

    /// <summary>Names the portal.</summary>
    public override string ToString() => $"InstalledPortal({MemberId}, {TokenKey}, ***)";
}

/// <summary>Keeps the portals in which the application is installed.</summary>
public interface IPortalStore
{
    /// <summary>The portal of that id, or null.</summary>
    /// <param name="memberId">The portal's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<InstalledPortal?> FindAsync(string memberId, CancellationToken cancellationToken = default);

    /// <summary>Keeps a portal, or what is new of it.</summary>
    /// <param name="portal">The portal.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask SaveAsync(InstalledPortal portal, CancellationToken cancellationToken = default);

    /// <summary>Forgets a portal.</summary>
    /// <param name="memberId">The portal's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask RemoveAsync(string memberId, CancellationToken cancellationToken = default);

    /// <summary>All portals, for work that no request causes.</summary>
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
