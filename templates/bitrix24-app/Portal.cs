using Bitrix24;

[Bitrix24Client("crm.deal", "crm.events", "crm.placements")]
internal partial class Portal;
