using Bitrix24;

[Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock", "catalog.product", "crm.activity.configurable", "crm.activity.layout", "crm.type")]
public partial class Portal;
