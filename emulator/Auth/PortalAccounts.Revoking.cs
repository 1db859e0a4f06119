namespace Bitrix24.Gen.Emulator.Auth;

internal sealed partial class PortalAccounts
{
    /// <summary>Tokens of an application that was removed are worth nothing; those that the portal was started with stay.</summary>
    public void RevokeIssued()
    {
        lock (_gate)
        {
            foreach (var token in _accessTokens.Where(static t => t.Value != DateTimeOffset.MaxValue).Select(static t => t.Key).ToList())
                _accessTokens.Remove(token);
            foreach (var token in _refreshTokens.Keys.Where(t => !_lastingRefreshes.Contains(t)).ToList())
                _refreshTokens.Remove(token);
            _codes.Clear();
        }

        // Not under the gate of the tokens: whoever holds that of the records may want it.
        Tokens?.Remove(static _ => true);
    }
}
