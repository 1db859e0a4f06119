using System.Text;
using Bitrix24;

namespace Everyday;

/// <summary>All of it, in the order in which a portal fills.</summary>
public sealed class Application(Portal portal, Log log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var sync = new CrmSync(portal, log);
        await sync.PrepareAsync(cancellationToken);
        var deal = await sync.AddOrderAsync("Ada", "+15550100", 99999.99m, cancellationToken);
        await sync.ChangedSinceAsync(DateTimeOffset.UtcNow.AddHours(-1), cancellationToken);
        await new Work(portal, log).PlanAsync(new(1, "Ada"), deal, DateTimeOffset.UtcNow.AddDays(3), cancellationToken);
        await new Channels(portal).OpenAsync("https://example.com/handler", Encoding.UTF8.GetBytes("Offer"), cancellationToken);

        var office = new Office(portal, log);
        await office.RepairAsync(DateTimeOffset.UtcNow.AddDays(3), cancellationToken);
        await office.RegisterAsync(await portal.Crm.Company.AddAsync(new() { Title = "Example" }, cancellationToken: cancellationToken), cancellationToken);
        await office.FollowAsync(deal, cancellationToken);
        await office.TeamAsync(new(1, "Ada"), cancellationToken);

        var papers = new Papers(portal, log);
        await papers.PrintAsync(Encoding.UTF8.GetBytes("Invoice"), cancellationToken);
        await papers.StoreAsync(DateTimeOffset.UtcNow.AddHours(-1), cancellationToken);
        await papers.ListAsync(cancellationToken);
        await papers.DescribeAsync(cancellationToken);

        var backends = new Backends(portal, log);
        await backends.PayAsync("https://example.com/pay", cancellationToken);
        await backends.DeliverAsync("https://example.com/delivery", cancellationToken);
        await backends.AnswerAsync("https://example.com/robot", cancellationToken);

        var shop = new Shop(portal, log);
        var customer = await portal.Crm.Contact.AddAsync(new() { Name = "Ada" }, cancellationToken: cancellationToken);
        await shop.BookAsync(DateTimeOffset.UtcNow.AddDays(2), customer, cancellationToken);
        await shop.PlanAsync(DateTimeOffset.UtcNow.AddDays(2), cancellationToken);
        var catalogs = await portal.Catalog.Catalog.ListAsync(q => q.Select(c => c.IblockId, c => c.ProductIblockId), cancellationToken).ToListAsync(cancellationToken);
        var goods = catalogs[0].IblockId ?? 0;
        await shop.StockAsync(goods, catalogs.FirstOrDefault(c => c.ProductIblockId == goods)?.IblockId ?? goods, Encoding.UTF8.GetBytes("Image"), cancellationToken);
        var lamp = await portal.Catalog.Product.AddAsync(new() { IblockId = goods, Name = "Lamp" }, cancellationToken);
        await shop.SellAsync(1, lamp.Id, cancellationToken);
    }
}
