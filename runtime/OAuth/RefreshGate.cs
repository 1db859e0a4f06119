namespace Bitrix24;

/// <summary>
/// What a process knows of the tokens of an application for a portal: who refreshes them now, tokens that the store has
/// not taken yet, and the refresh token that the server refused. All credentials for the two share it.
/// </summary>
internal sealed class RefreshGate(TimeProvider time) : Idler
{
    // Not a word on the token itself: payment, the application's own registration. Asked again after a while.
    private static readonly TimeSpan Passing = TimeSpan.FromMinutes(1);

    private static readonly IdleCache<(string Portal, string ClientId, TimeProvider Time), RefreshGate> Gates = new();

    private (string Used, Bitrix24Token Tokens)? _unsaved;
    private (string Token, Bitrix24ApiException Error, DateTimeOffset? Until)? _refused;

    public SemaphoreSlim Turn { get; } = new(1, 1);

    public override TimeProvider Time => time;

    public override TimeSpan IdleTimeout => TimeSpan.FromMinutes(15);

    // Tokens that no store has are worth more than the memory.
    public override bool IsBusy => Turn.CurrentCount == 0 || _unsaved is not null;

    /// <summary>Evicts idle portals.</summary>
    public static void Sweep() => Gates.Sweep();

    public static RefreshGate Of(string portal, string clientId, TimeProvider time) =>
        Gates.GetOrAdd((portal, clientId, time), static (key, _) => new(key.Time), 0);

    /// <summary>Keeps tokens until the store has them.</summary>
    /// <param name="used">The refresh token that they came for.</param>
    /// <param name="tokens">The tokens; null: the store has them.</param>
    public void KeepUnsaved(string used, Bitrix24Token? tokens) => _unsaved = tokens is null ? null : (used, tokens);

    /// <summary>The tokens that came for a refresh token, and that no store has yet.</summary>
    public Bitrix24Token? UnsavedFor(string refreshToken) => _unsaved is var (used, tokens) && used == refreshToken ? tokens : null;

    /// <summary>The server refused a refresh token: it is not asked again until the store has another.</summary>
    public void Refuse(string refreshToken, Bitrix24ApiException error)
    {
        if ((int)error.Status is >= 500 || Faults.Of(error) is not CallFault.Final)
            return;
        _refused = (refreshToken, error, Faults.IsRefreshTokenVoid(error.Code) ? null : time.GetUtcNow() + Passing);
    }

    /// <summary>The refusal of a refresh token, as if the server had been asked again; null: it was not refused.</summary>
    public Bitrix24ApiException? RefusalOf(string refreshToken) =>
        _refused is var (token, error, until) && token == refreshToken && (until is null || time.GetUtcNow() < until)
            ? new Bitrix24ApiException(error.Method, error.Code, error.Description, error.Status, error.RequestId) { Details = error.Details }
            : null;
}
