using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>A test with a portal of its own and a VibeCode client for it.</summary>
public abstract class VibeCodeTest : IAsyncLifetime
{
    private PortalEmulator? _portal;
    private Vibe? _vibe;

    private protected PortalEmulator Server => _portal!;

    private protected Vibe Vibe => _vibe!;

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync();
        _vibe = new Vibe(Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl), TestOptions.Impatient);
    }

    public async Task DisposeAsync()
    {
        _vibe?.Dispose();
        if (_portal is not null)
            await _portal.DisposeAsync();
    }
}
