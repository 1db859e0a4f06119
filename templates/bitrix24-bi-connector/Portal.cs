using Bitrix24;

[Bitrix24Client("biconnector")]
internal partial class Portal;
