using Bitrix24;

namespace OAuthApplication;

[Bitrix24Client("crm.deal", "crm.events", "crm.placements")]
internal partial class Portal;
