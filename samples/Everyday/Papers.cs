using Bitrix24;

namespace Everyday;

/// <summary>Documents, storages of an application, lists, custom fields.</summary>
public sealed class Papers(Portal portal, Log log)
{
    public async Task PrintAsync(byte[] docx, CancellationToken cancellationToken)
    {
        var numerator = await portal.DocumentGenerator.Numerator.AddAsync(
            new() { Name = "Invoices", Template = "{NUMBER}", Settings = new() { SequentNumberGenerator = new() { Start = 1, Step = 1 } } }, cancellationToken);
        var template = await portal.DocumentGenerator.Template.AddAsync(
            new() { Name = "Invoice", File = Bitrix24File.FromBytes("invoice.docx", docx), NumeratorId = numerator.Id, Region = "de", Users = ["UA"], Active = true, WithStamps = true },
            cancellationToken);
        await foreach (var found in portal.DocumentGenerator.Template.ListAsync(
            q => q.Where(t => t.Active & t.Name.Like("%Inv%")).Select(t => t.Id, t => t.Name, t => t.Users), cancellationToken))
            await log.WriteAsync($"{found.Id} {found.Name} {found.Users.Count}");
        foreach (var (name, field) in await portal.DocumentGenerator.Template.GetFieldsAsync(template.Id, cancellationToken: cancellationToken))
            await log.WriteAsync($"{name} {field.Value}");
        var document = await portal.DocumentGenerator.Document.AddAsync(
            template.Id, "DEAL_5", values: new() { Extra = { ["ClientName"] = "Ada" } }, stampsEnabled: 1, cancellationToken: cancellationToken);
        await portal.DocumentGenerator.Document.EnablePublicUrlAsync(document.Id, 1, cancellationToken);
        await foreach (var made in portal.DocumentGenerator.Document.ListAsync(q => q.Where(d => d.TemplateId == template.Id).OrderByDescending(d => d.Id), cancellationToken))
            await log.WriteAsync($"{made.Id} {made.Title} {made.Number} {made.CreateTime:d}");
        await portal.DocumentGenerator.Document.DeleteAsync(document.Id, cancellationToken);
    }

    public async Task StoreAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        await portal.Entity.AddAsync("dish", "Dishes", access: new() { ["U1"] = "W", ["AU"] = "R" }, cancellationToken: cancellationToken);
        await portal.Entity.Item.Property.AddAsync("dish", "price", "Price", "N", cancellationToken: cancellationToken);
        var section = await portal.Entity.Section.AddAsync(new() { Entity = "dish", Name = "Soups" }, cancellationToken);
        var soup = await portal.Entity.Item.AddAsync(
            "dish", "Soup", section: section, propertyValues: new() { ["price"] = 5 }, dateActiveFrom: from, cancellationToken: cancellationToken);
        await foreach (var item in portal.Entity.Item.GetAsync(
            "dish", q => q.Where(i => i.Name == "Soup" & i.Section == section & i.Active & i.DateCreate > from.AddDays(-1)).OrderBy(i => i.DateActiveFrom), cancellationToken))
            await log.WriteAsync($"{item.Id} {item.Name} {item.PropertyValues["price"]} {item.DateCreate:d}");
        await portal.Entity.Item.UpdateAsync(new() { Entity = "dish", Id = soup, Name = "Borsch", PropertyValues = new() { ["price"] = 6 } }, cancellationToken);
        await foreach (var found in portal.Entity.Section.GetAsync("dish", q => q.Where(s => s.Name.Like("S%")), cancellationToken))
            await log.WriteAsync($"{found.Id} {found.Name} {found.DepthLevel}");
        var rights = await portal.Entity.RightsAsync("dish", cancellationToken: cancellationToken);
        await log.WriteAsync(rights["U1"]);
        await portal.Entity.Item.DeleteAsync("dish", soup, cancellationToken);
        await portal.Entity.DeleteAsync("dish", cancellationToken);
    }

    public async Task ListAsync(CancellationToken cancellationToken)
    {
        var list = await portal.Lists.AddAsync("lists", "rows", new() { Name = "Rows", Description = "All", Sort = 10, BizProc = true }, cancellationToken: cancellationToken);
        var amount = await portal.Lists.Field.AddAsync(
            "lists", new() { Name = "Amount", Type = "N", IsRequired = true, Multiple = false, Sort = 20, Code = "AMOUNT" }, iblockId: list, cancellationToken: cancellationToken);
        var section = await portal.Lists.Section.AddAsync("lists", "first", new() { Name = "First" }, iblockId: list, cancellationToken: cancellationToken);
        var row = await portal.Lists.Element.AddAsync(
            "lists", "e-1", new() { Name = "Row", Extra = { [amount] = 5 } }, iblockId: list, iblockSectionId: section, cancellationToken: cancellationToken);
        await foreach (var element in portal.Lists.Element.GetAsync(
            "lists",
            q => q.Where(e => e.Name.Like("R%") & e.DateCreate > DateTimeOffset.UtcNow.AddDays(-1) & !e.Name.Like("%test%")).OrderByDescending(e => e.Id),
            iblockId: list,
            cancellationToken: cancellationToken))
            await log.WriteAsync($"{element.Id} {element.Name} {element.DateCreate:d} {element.CreatedBy} {element.Extra[amount]}");
        await portal.Lists.Element.UpdateAsync("lists", new() { Name = "Row 2", Extra = { [amount] = 6 } }, iblockId: list, elementId: row, cancellationToken: cancellationToken);
        foreach (var (id, field) in await portal.Lists.Field.GetAsync("lists", iblockId: list, cancellationToken: cancellationToken))
            await log.WriteAsync($"{id} {field.Name} {field.Type}");
        await portal.Lists.DeleteAsync("lists", iblockId: list, cancellationToken: cancellationToken);
    }

    public async Task DescribeAsync(CancellationToken cancellationToken)
    {
        var size = await portal.UserFieldConfig.AddAsync(
            "crm",
            new()
            {
                EntityId = "CRM_5",
                FieldName = "UF_CRM_5_SIZE",
                UserTypeId = "enumeration",
                Multiple = false,
                Mandatory = false,
                EditInList = true,
                EditFormLabel = "Size",
                Enum = [new() { Value = "S", Def = true, Sort = 10, XmlId = "s" }, new() { Value = "M", Sort = 20, XmlId = "m" }],
            },
            cancellationToken);
        await log.WriteAsync($"{size.FieldName} {size.Enum[0].Id} {size.Enum[0].Value}");
        await foreach (var field in portal.UserFieldConfig.ListAsync(
            "crm", q => q.Where(f => f.EntityId == "CRM_5" & f.UserTypeId == "enumeration" & !f.Multiple).OrderBy(f => f.Id), cancellationToken: cancellationToken))
            await log.WriteAsync($"{field.Id} {field.FieldName} {field.Mandatory}");
        await portal.UserFieldConfig.UpdateAsync("crm", size.Id, new() { EditFormLabel = "Dress size" }, cancellationToken);
        await portal.UserFieldConfig.DeleteAsync("crm", size.Id, cancellationToken);
    }
}
