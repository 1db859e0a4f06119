using Bitrix24;

[Bitrix24Client("crm.deal", "user")]
public partial class Portal;
