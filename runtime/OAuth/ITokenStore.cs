using System.Collections.Concurrent;

namespace Bitrix24;

/// <summary>Keeps tokens. A refresh token can be used once: what is saved must not be lost.</summary>
public interface ITokenStore
{
    /// <summary>The tokens for a portal, or null.</summary>
    /// <param name="portal">The portal's host.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default);

    /// <summary>Replaces the tokens for a portal. The new ones are used only after this has ended.</summary>
    /// <param name="portal">The portal's host.</param>
    /// <param name="token">The tokens.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default);
}

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
}
