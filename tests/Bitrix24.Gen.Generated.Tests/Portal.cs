using Bitrix24;

[Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock", "catalog.product", "crm.activity.configurable", "crm.activity.layout")]
public partial class Portal;
