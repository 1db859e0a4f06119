using System.Collections.Concurrent;

namespace Bitrix24;

/// <summary>
/// Keeps tokens. A refresh token can be used once: what is saved must not be lost, and two must not use the same one.
/// <para>
/// A client refreshes tokens so: lock, load, ask the authorization server unless the loaded token is newer than the one
/// that ended, save, unlock, use. Within a process the client sees to it that only one does; a store that several
/// processes share has to make <see cref="LockAsync"/> exclusive among them, or now and then one of them finds the
/// refresh token used and fails.
/// </para>
/// </summary>
public interface ITokenStore
{
    /// <summary>The tokens for a portal, or null. Must see what another process saved before it unlocked.</summary>
    /// <param name="portal">The portal: its host in ASCII form (<c>xn--…</c>) and lower case, with the port where it is not the scheme's own.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default);

    /// <summary>Replaces the tokens for a portal, as a whole. The new ones are used only after this has ended.</summary>
    /// <param name="portal">The portal: its host in ASCII form (<c>xn--…</c>) and lower case, with the port where it is not the scheme's own.</param>
    /// <param name="token">The tokens.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="TokenConflictException">Newer ones were saved after the lock of the caller had ended; a store need not notice.</exception>
    ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default);

    /// <summary>Forgets the tokens for a portal that removed the application: they are void. Unless a store says otherwise they stay.</summary>
    /// <param name="portal">The portal: its host in ASCII form (<c>xn--…</c>) and lower case, with the port where it is not the scheme's own.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    ValueTask ForgetAsync(string portal, CancellationToken cancellationToken = default) => default;

    /// <summary>
    /// Keeps others from refreshing the tokens for a portal until the answer is disposed. The lock of a holder that died
    /// must end by itself, and that of one that lives must outlast
    /// <see cref="Bitrix24ClientOptions.RequestTimeout"/>; who waits for it must stop waiting some time. Unless a store says
    /// otherwise there is no lock, which is right where a single process uses it.
    /// </summary>
    /// <param name="portal">The portal: its host in ASCII form (<c>xn--…</c>) and lower case, with the port where it is not the scheme's own.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="TimeoutException">The lock did not come free.</exception>
    ValueTask<IAsyncDisposable> LockAsync(string portal, CancellationToken cancellationToken = default) => new(NoLock.Instance);
}

/// <summary>
/// Tokens were not saved, because another process has saved newer ones since the lock of this one ended. What is in the
/// store counts.
/// </summary>
/// <param name="portal">The portal.</param>
public sealed class TokenConflictException(string portal)
    : Exception($"Newer tokens for {portal} are in the store already; the lock of this process had ended.");

/// <summary>Keeps tokens while the process lives.</summary>
public sealed class MemoryTokenStore : ITokenStore
{
    private readonly ConcurrentDictionary<string, Bitrix24Token> _tokens = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default) =>
        new(_tokens.GetValueOrDefault(portal));

    /// <inheritdoc/>
    public ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default)
    {
        _tokens[portal] = token;
        return default;
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string portal, CancellationToken cancellationToken = default)
    {
        _tokens.TryRemove(portal, out _);
        return default;
    }
}

internal sealed class NoLock : IAsyncDisposable
{
    public static NoLock Instance { get; } = new();

    public ValueTask DisposeAsync() => default;
}
