using Bitrix24;

namespace Everyday;

[Bitrix24Client(
    "crm.deal", "crm.deal.userfield", "crm.contact", "crm.company", "crm.lead", "crm.item", "crm.status", "crm.activity", "crm.timeline.comment", "tasks.task", "task.checklistitem",
    "task.elapseditem", "imbot", "im.notify", "im.message", "im.chat", "disk.folder", "disk.storage", "disk.file", "telephony.externalCall", "catalog.product", "catalog.price",
    "catalog.catalog", "catalog.productImage", "catalog.store", "catalog.storeproduct", "calendar", "lists", "user", "department", "log", "booking", "sale", "crm.type", "crm.requisite",
    "crm.address", "crm.automation", "crm.timeline.logmessage", "documentgenerator", "entity", "userfieldconfig", "sonet_group", "timeman", "landing", "mailservice", "bizproc", "messageservice",
    "imopenlines", "voximplant")]
public partial class Portal;
