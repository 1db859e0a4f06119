using Bitrix24;

[Bitrix24Client("biconnector")]
public partial class Portal;
