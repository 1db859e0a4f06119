using Bitrix24;

namespace Everyday;

/// <summary>Keeps contacts, companies and deals of another system in the portal.</summary>
public sealed class CrmSync(Portal portal, Log log)
{
    public Task PrepareAsync(CancellationToken cancellationToken) => portal.Crm.Deal.UserField.AddAsync(
        new() { FieldName = "ORDER_NUMBER", UserTypeId = "string", EditFormLabel = new() { ["en"] = "Order number", ["de"] = "Bestellnummer" } }, cancellationToken: cancellationToken);

    public async Task<long> AddOrderAsync(string name, string phone, decimal amount, CancellationToken cancellationToken)
    {
        var found = await portal.Crm.Contact.ListAsync(q => q.Where(c => c.Phone == phone).Select(c => c.Id), cancellationToken).FirstOrDefaultAsync(cancellationToken);
        var contact = found?.Id ?? await portal.Crm.Contact.AddAsync(
            new() { Name = name, Opened = true, Phone = [new() { Value = phone, ValueType = "WORK" }], Email = [new() { Value = "ada@example.com", ValueType = "WORK" }] },
            cancellationToken: cancellationToken);
        var company = await portal.Crm.Company.AddAsync(
            new() { Title = "Example Ltd", Phone = [new() { Value = "+15550101", ValueType = "WORK" }], Web = [new() { Value = "example.com", ValueType = "WORK" }] },
            cancellationToken: cancellationToken);
        var deal = await portal.Crm.Deal.AddAsync(
            new()
            {
                Title = $"Order of {name}",
                ContactIds = [contact],
                CompanyId = company,
                Opportunity = amount,
                CurrencyId = "EUR",
                Opened = true,
                Extra = { ["UF_CRM_ORDER_NUMBER"] = "A-17" },
            },
            cancellationToken: cancellationToken);
        await portal.Crm.Deal.ProductRows.SetAsync(deal, [new() { ProductName = "Chair", Price = 49.9m, Quantity = 1.5m }], cancellationToken);
        await portal.Crm.Deal.UpdateAsync(deal, new() { StageId = "WON", Comments = null }, cancellationToken: cancellationToken);
        await portal.Crm.Activity.AddAsync(
            new()
            {
                OwnerTypeId = 2,
                OwnerId = deal,
                TypeId = 2,
                Subject = "Call back",
                Completed = true,
                ResponsibleId = 1,
                Communications = [new() { Value = phone, EntityId = contact, EntityTypeId = 3 }],
            },
            cancellationToken);
        await portal.Crm.Timeline.Comment.AddAsync(new() { EntityId = deal, EntityType = "deal", Comment = "Paid by card" }, cancellationToken);
        return deal;
    }

    public async Task ChangedSinceAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        await foreach (var deal in portal.Crm.Deal.ListAsync(
            q => q.Where(d => d.DateModify > moment & d.StageSemanticId == "S" & Filter.Raw("=UF_CRM_ORDER_NUMBER", "A-17"))
                .OrderBy(d => d.Id)
                .Select(d => d.Id, d => d.Title, d => d.Opportunity, d => new("UF_CRM_ORDER_NUMBER")),
            cancellationToken))
            await log.WriteAsync($"{deal.Id} {deal.Title} {deal.Opportunity}");

        await foreach (var stage in portal.Crm.Status.ListAsync(q => q.Where(s => s.EntityId == "DEAL_STAGE").OrderBy(s => s.Sort), cancellationToken))
            await log.WriteAsync($"{stage.StatusId}: {stage.Name}");

        await portal.CallAsync(
            "crm.item.list",
            new { entityTypeId = 2, filter = new Dictionary<string, object> { [">=createdTime"] = "2026-01-01", ["ufCrm_Order"] = 5 }, select = new[] { "id", "title", "ufCrm_Order" }, start = 0 },
            cancellationToken);
        await portal.CallAsync(
            "crm.contact.list",
            new
            {
                filter = new Dictionary<string, object> { ["EMAIL"] = "ada@example.com", ["!PHONE"] = "" },
                select = new[] { "ID", "NAME", "PHONE", "UF_*" },
                order = new { ID = "DESC" },
                start = 0,
            },
            cancellationToken);
        await portal.CallAsync(
            "batch",
            new { halt = 0, cmd = new { deals = "crm.deal.list?filter[>ID]=0&select[]=ID&select[]=CONTACT_ID&order[ID]=ASC", contact = "crm.contact.get?id=$result[deals][0][CONTACT_ID]" } },
            cancellationToken);
    }
}
