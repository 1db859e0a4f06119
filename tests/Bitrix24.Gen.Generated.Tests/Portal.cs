using Bitrix24;

[Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock", "catalog.product")]
public partial class Portal;
