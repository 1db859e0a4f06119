namespace Bitrix24;

/// <summary>Uses a token store that may fail for a moment: what an authorization server answered comes once.</summary>
internal static class TokenStoreUse
{
    /// <summary>How long to wait before a second and a third try; after that the failure reaches the caller.</summary>
    public static IReadOnlyList<TimeSpan> Delays { get; } = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400)];

    /// <summary>Uses a store.</summary>
    public static async Task<T> RetryAsync<T>(Func<ValueTask<T>> use, TimeProvider time)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await use().ConfigureAwait(false);
            }
            // What waited for a lock in vain, or met a file that cannot be read, would do so again.
            catch (Exception e) when (tries < Delays.Count && e is not (TimeoutException or InvalidDataException or TokenConflictException or OperationCanceledException))
            {
                await Task.Delay(Delays[tries], time).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Uses a store that answers nothing.</summary>
    public static Task RetryAsync(Func<ValueTask> use, TimeProvider time) => RetryAsync(
        async () =>
        {
            await use().ConfigureAwait(false);
            return true;
        },
        time);

    /// <summary>Locks the tokens of a portal.</summary>
    public static async Task<IAsyncDisposable> LockAsync(ITokenStore store, string portal, HttpTransport transport) =>
        new Held(await RetryAsync(() => store.LockAsync(portal, CancellationToken.None), transport.Time).ConfigureAwait(false), portal, transport);

    /// <summary>The tokens of an application for a portal, or null.</summary>
    /// <exception cref="InvalidOperationException">The store has those of another application.</exception>
    public static async Task<Bitrix24Token?> LoadAsync(ITokenStore store, string portal, OAuthApplication application, TimeProvider time)
    {
        var stored = await RetryAsync(() => store.LoadAsync(portal, CancellationToken.None), time).ConfigureAwait(false);
        return stored?.ClientId is not { } other || other == application.ClientId ? stored : throw new InvalidOperationException(
            $"The token store has the tokens of the application {LogText.Name(other)} for {portal}, and {LogText.Name(application.ClientId)} would use or replace them. "
            + "Give each application a token store of its own: a folder, or an Application in Redis. If the other one is not used any more, delete its tokens (ForgetAsync).");
    }

    /// <summary>Refuses to replace tokens of another application; what cannot be read may be replaced.</summary>
    /// <exception cref="InvalidOperationException">The store has those of another application.</exception>
    public static async Task CheckAsync(ITokenStore store, string portal, OAuthApplication application, TimeProvider time)
    {
        try
        {
            await LoadAsync(store, portal, application, time).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            // Whose they were, nobody can say.
        }
    }

    /// <summary>Saves the tokens of a portal.</summary>
    public static Task SaveAsync(ITokenStore store, string portal, Bitrix24Token token, TimeProvider time) =>
        RetryAsync(() => store.SaveAsync(portal, token, CancellationToken.None), time);

    private sealed class Held(IAsyncDisposable inner, string portal, HttpTransport transport) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await inner.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // What was done under the lock is done: the caller has its tokens. Others wait until the lock ends by itself.
                CallTelemetry.NotUnlocked(portal, transport.Logger, e);
            }
        }
    }
}
