using Bitrix24;

namespace Everyday;

/// <summary>Smart processes, requisites, timelines and triggers of the CRM; groups, working time, sites.</summary>
public sealed class Office(Portal portal, Log log)
{
    public async Task RepairAsync(DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var process = await portal.Crm.Type.AddAsync(new() { Title = "Repairs", EntityTypeId = 1032, IsStagesEnabled = true, IsClientEnabled = true }, cancellationToken);
        var item = await portal.Crm.Item.AddAsync(
            process.EntityTypeId, new() { Title = "Laptop", AssignedById = 1, Opportunity = 99.5m, CurrencyId = "EUR", Opened = true, BeginDate = deadline }, cancellationToken: cancellationToken);
        await foreach (var found in portal.Crm.Item.ListAsync(
            process.EntityTypeId,
            q => q.Where(i => i.CreatedTime > deadline.AddDays(-9) & i.AssignedById.In(1L, 2L) & !i.Title.Like("%test%"))
                .OrderByDescending(i => i.Id)
                .Select(i => i.Id, i => i.Title, i => i.UpdatedTime),
            cancellationToken: cancellationToken))
            await log.WriteAsync($"{found.Id} {found.Title} {found.UpdatedTime:d}");
        await portal.Crm.Item.ProductRow.SetAsync(item.Id, "T408", [new() { ProductName = "Screen", Price = 10.5m, Quantity = 1.5m, TaxRate = 19m, TaxIncluded = true }], cancellationToken);
        var todo = await portal.Crm.Activity.Todo.AddAsync(
            new() { OwnerTypeId = process.EntityTypeId, OwnerId = item.Id, Deadline = deadline, Title = "Call", Description = "Ask for the model", ResponsibleId = 1, PingOffsets = [0, 15] },
            cancellationToken);
        await portal.Crm.Activity.Todo.UpdateDeadlineAsync(todo.Id, process.EntityTypeId, item.Id, deadline.AddDays(1), cancellationToken);
        await portal.Crm.Timeline.LogMessage.AddAsync(
            new() { EntityTypeId = process.EntityTypeId, EntityId = item.Id, Title = "Import", Text = "From ERP", IconCode = "info" }, cancellationToken);
        await portal.Crm.Item.DeleteAsync(process.EntityTypeId, item.Id, cancellationToken);
    }

    public async Task RegisterAsync(long company, CancellationToken cancellationToken)
    {
        var preset = await portal.Crm.Requisite.Preset.ListAsync(q => q.Where(p => p.Active).OrderBy(p => p.Id), cancellationToken).FirstAsync(cancellationToken);
        var requisite = await portal.Crm.Requisite.AddAsync(
            new() { EntityTypeId = 4, EntityId = company, PresetId = preset.Id, Name = "Main", RqInn = "7707083893", RqCompanyName = "Example", Active = true }, cancellationToken);
        var bank = await portal.Crm.Requisite.BankDetail.AddAsync(
            new() { EntityId = requisite, Name = "Bank", RqAccNum = "40702", RqBankName = "Example Bank", CountryId = 1 }, cancellationToken);
        await portal.Crm.Address.AddAsync(
            new() { TypeId = 1, EntityTypeId = 8, EntityId = requisite, Address1 = "Main street 1", City = "Berlin", PostalCode = "10115", Country = "Germany" }, cancellationToken);
        await foreach (var found in portal.Crm.Requisite.ListAsync(
            q => q.Where(r => r.EntityTypeId == 4 & r.EntityId == company & r.RqInn == "7707083893").Select(r => r.Id, r => r.Name, r => r.RqInn), cancellationToken))
            await log.WriteAsync($"{found.Id} {found.Name} {found.RqInn}");
        await foreach (var address in portal.Crm.Address.ListAsync(q => q.Where(a => a.EntityTypeId == 8 & a.EntityId == requisite), cancellationToken))
            await log.WriteAsync($"{address.City} {address.Address1}");
        await portal.Crm.Requisite.UpdateAsync(requisite, new() { RqInn = null, Active = false }, cancellationToken);
        await portal.Crm.Requisite.BankDetail.DeleteAsync(bank, cancellationToken);
        await portal.Crm.Requisite.DeleteAsync(requisite, cancellationToken);
    }

    public async Task FollowAsync(long deal, CancellationToken cancellationToken)
    {
        var comment = await portal.Crm.Timeline.Comment.AddAsync(new() { EntityId = deal, EntityType = "deal", Comment = "Paid", AuthorId = 1 }, cancellationToken);
        var one = await portal.Crm.Timeline.Comment.GetAsync(comment, cancellationToken);
        await log.WriteAsync($"{one.Id} {one.Comment} {one.Created:d} {one.AuthorId}");
        await foreach (var found in portal.Crm.Timeline.Comment.ListAsync(
            q => q.Where(c => c.EntityId == deal & c.EntityType == "deal").OrderByDescending(c => c.Id).Select(c => c.Id, c => c.Comment, c => c.Created), cancellationToken))
            await log.WriteAsync($"{found.Id} {found.Comment} {found.Created:d}");
        await portal.Crm.Automation.Trigger.AddAsync("paid", "Paid in the shop", cancellationToken);
        foreach (var trigger in await portal.Crm.Automation.Trigger.ListAsync(cancellationToken))
            await log.WriteAsync($"{trigger.Code} {trigger.Name}");
        await portal.Crm.Automation.Trigger.ExecuteAsync("paid", 2, deal, cancellationToken);
        await portal.Crm.Automation.Trigger.DeleteAsync("paid", cancellationToken);
        await portal.Crm.Timeline.Comment.DeleteAsync(comment, cancellationToken: cancellationToken);
    }

    public async Task TeamAsync(User user, CancellationToken cancellationToken)
    {
        var group = await portal.SonetGroup.CreateAsync(
            new() { Name = "Launch", Description = "2026", Visible = true, Opened = false, InitiatePerms = "K", Project = true, ProjectDateStart = DateTimeOffset.UtcNow }, cancellationToken);
        await foreach (var found in portal.SonetGroup.GetAsync(q => q.Where(g => g.Name.Like("La%")).OrderBy(g => g.Name), cancellationToken: cancellationToken))
            await log.WriteAsync($"{found.Id} {found.Name} {found.DateCreate:d} {found.Id == group}");
        await portal.Timeman.OpenAsync(user.Id, DateTimeOffset.UtcNow, "Late", 52.5m, 13.4m, cancellationToken);
        var status = await portal.Timeman.StatusAsync(user.Id, cancellationToken);
        await log.WriteAsync($"{status.Status} {status.TimeStart} {status.Duration}");
        var site = await portal.Landing.Site.AddAsync(new() { Title = "Shop", Code = "shop", Type = "PAGE", DomainId = 5 }, cancellationToken: cancellationToken);
        var page = await portal.Landing.Landing.AddAsync(new() { Title = "Home", Code = "home", SiteId = site }, cancellationToken: cancellationToken);
        await portal.Landing.Landing.AddBlockAsync(page, new() { Code = "15.social", Active = true }, cancellationToken: cancellationToken);
        await portal.MailService.AddAsync("Example", active: true, server: "imap.example.com", port: 993, encryption: true, cancellationToken: cancellationToken);
    }
}
