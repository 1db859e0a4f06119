using Bitrix24;

namespace VibeWidget;

[Bitrix24Client("landing.repowidget")]
public partial class Portal;
