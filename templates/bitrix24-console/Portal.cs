using Bitrix24;

[Bitrix24Client("crm.deal", "user")]
internal partial class Portal;
