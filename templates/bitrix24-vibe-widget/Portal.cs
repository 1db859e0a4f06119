using Bitrix24;

[Bitrix24Client("landing.repowidget")]
public partial class Portal;
