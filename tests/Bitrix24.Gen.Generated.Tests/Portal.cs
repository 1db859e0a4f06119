using Bitrix24;

[Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock")]
public partial class Portal;
