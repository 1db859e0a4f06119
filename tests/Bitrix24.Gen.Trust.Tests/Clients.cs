namespace Bitrix24.Gen.Trust.Tests;

[Bitrix24Client("biconnector", "v3/main.eventlog")]
public partial class Portal;

[VibeCodeClient("deals")]
public partial class Vibe;

[AmoCrmClient("widgets")]
public partial class Amo;
