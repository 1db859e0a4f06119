using Bitrix24;

[Bitrix24Client("landing.repowidget")]
internal partial class Portal;
