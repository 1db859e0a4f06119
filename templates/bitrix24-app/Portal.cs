using Bitrix24;

[Bitrix24Client("crm.deal", "crm.events", "crm.placements")]
public partial class Portal;
