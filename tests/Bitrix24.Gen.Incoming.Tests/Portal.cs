namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>What portals send, of every area, and some methods.</summary>
[Bitrix24Client(
    "crm.deal", "event", "placement", "biconnector",
    "app.events", "booking.events", "calendar.events", "catalog.events", "crm.events", "event.events", "im.events", "imbot.events", "imconnector.events", "imopenlines.events", "log.events",
    "sale.events", "sign.events", "sonet_group.events", "tasks.events", "user.events", "voximplant.events",
    "calendar.placements", "contact_center.placements", "crm.placements", "im.placements", "imopenlines.placements", "landing.placements", "placement.placements",
    "sonet_group.placements", "tasks.placements", "telephony.placements", "user.placements", "voximplant.placements",
    "ai.engine", "bizproc.activity", "bizproc.event", "bizproc.robot", "landing.repowidget", "messageservice.sender", "sale.cashbox.handler", "sale.delivery.handler",
    "sale.paysystem.handler", "userfieldtype", "app", "acme")]
public partial class Portal;
