using System.Diagnostics;
using System.Globalization;

namespace Bitrix24.Gen.Testing;

/// <summary>
/// A store whose process ends in a step of a refresh, as by a power cut, with nothing disposed and nothing unlocked; or is
/// paused there (SIGSTOP) until somebody lets it go on.
/// </summary>
public sealed class MortalStore(ITokenStore inner, string step, bool isPaused = false) : ITokenStore
{
    private int _loads;

    public async ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default)
    {
        var token = await inner.LoadAsync(portal, cancellationToken);
        // The first looks for a token; the second, under the lock, for that of another process.
        if (++_loads == 2)
            Reach("load");
        return token;
    }

    public async ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default)
    {
        Reach("save");
        await inner.SaveAsync(portal, token, cancellationToken);
        Reach("saved");
    }

    public async ValueTask<IAsyncDisposable> LockAsync(string portal, CancellationToken cancellationToken = default)
    {
        var held = await inner.LockAsync(portal, cancellationToken);
        // As with loading: the first lock is that of the tokens in the store.
        if (_loads == 1)
            Reach("lock");
        return held;
    }

    /// <summary>Sends a signal to a process.</summary>
    public static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void Reach(string reached)
    {
        if (reached != step)
            return;
        using var self = Process.GetCurrentProcess();
        if (isPaused)
            Signal(self, "STOP");
        else
            self.Kill();
    }
}
