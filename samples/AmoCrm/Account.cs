using Bitrix24;

namespace AmoCrmSample;

/// <summary>The client: an attribute names the areas, the rest is generated.</summary>
[AmoCrmClient("widgets")]
internal partial class Account;
