namespace Bitrix24;

/// <summary>A portal with every area of Bitrix24 REST; those of REST 3.0 lie under <see cref="V3"/>.</summary>
[Bitrix24Client("*", "v3/*")]
public sealed partial class Bitrix24Portal;

/// <summary>Every entity of the VibeCode API.</summary>
[VibeCodeClient("*")]
public sealed partial class VibeCodePortal;

/// <summary>An amoCRM account.</summary>
[AmoCrmClient("*")]
public sealed partial class AmoCrmAccount;
