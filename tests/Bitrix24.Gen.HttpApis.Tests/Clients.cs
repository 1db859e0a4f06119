namespace Bitrix24.Gen.HttpApis.Tests;

[VibeCodeClient(
    "deals", "contacts", "items", "calendar-events", "files", "users", "currencies", "batch", "userfields", "me",
    "smart-processes", "storages")]
public partial class Vibe;

[AmoCrmClient("widgets")]
public partial class Amo;

[Bitrix24Client("biconnector", "batch", "v3/main")]
public partial class Classic;
