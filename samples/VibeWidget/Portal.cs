using Bitrix24;

namespace VibeWidget;

[Bitrix24Client("landing.repowidget")]
internal partial class Portal;
