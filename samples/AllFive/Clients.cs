using Bitrix24;

namespace AllFive;

/// <summary>Bitrix24: connectors of BI Builder, Vibe widgets, favourite blocks.</summary>
[Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock")]
public partial class Portal;

/// <summary>VibeCode: deals, and batches over several entities.</summary>
[VibeCodeClient("deals", "batch")]
public partial class Crm;

/// <summary>amoCRM: widgets of an account.</summary>
[AmoCrmClient("widgets")]
public partial class Account;
