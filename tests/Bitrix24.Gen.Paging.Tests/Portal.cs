namespace Bitrix24.Gen.Paging.Tests;

[Bitrix24Client("crm.deal", "crm.item", "tasks.task", "biconnector", "v3/main.eventlog", "v3/tasks.task")]
public partial class Portal;
