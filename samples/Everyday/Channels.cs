using Bitrix24;
using Bitrix24.Telephony;

namespace Everyday;

/// <summary>A chat bot, notifications, files, telephony, the catalogue, and what an application registers.</summary>
public sealed class Channels(Portal portal)
{
    public async Task OpenAsync(string handler, byte[] offer, CancellationToken cancellationToken)
    {
        var bot = await portal.ImBot.RegisterAsync(
            new() { Code = "orders", Type = "B", EventHandler = handler, Properties = new() { Name = "Orders", WorkPosition = "Bot", Color = "GREEN" } }, cancellationToken);
        await portal.ImBot.Message.AddAsync(
            new()
            {
                BotId = bot,
                DialogId = "1",
                Message = "How can I help?",
            },
            cancellationToken);
        await portal.Im.Notify.Personal.AddAsync(1, "A new order", cancellationToken: cancellationToken);

        var storage = await portal.Disk.Storage.GetListAsync(q => q.Where(s => s.EntityType == "user"), cancellationToken: cancellationToken).FirstAsync(cancellationToken);
        await portal.Disk.Storage.UploadFileAsync(storage.Id, new() { Name = "offer.txt" }, Bitrix24File.FromBytes("offer.txt", offer), cancellationToken: cancellationToken);

        var call = await portal.Telephony.ExternalCall.RegisterAsync(
            new() { UserId = 1, PhoneNumber = "+15550100", Type = ExternalCallRegisterType.Incoming, CrmCreate = 1, Show = 0 }, cancellationToken);
        await portal.Telephony.ExternalCall.FinishAsync(new() { CallId = call.CallId, UserId = 1, Duration = 60, StatusCode = "200" }, cancellationToken);

        var catalog = await portal.Catalog.Catalog.ListAsync(q => q.Select(c => c.Id, c => c.IblockId), cancellationToken).FirstAsync(cancellationToken);
        var chair = await portal.Catalog.Product.AddAsync(new() { IblockId = catalog.IblockId ?? 0, Name = "Chair", PurchasingPrice = 10.5m }, cancellationToken);
        await portal.Catalog.Price.AddAsync(new() { ProductId = chair.Id, CatalogGroupId = 1, Price = 49.9m, Currency = "EUR" }, cancellationToken);
        await portal.CallAsync("event.bind", new { @event = "ONCRMDEALADD", handler }, cancellationToken);
        await portal.CallAsync("placement.bind", new { PLACEMENT = "CRM_DEAL_DETAIL_TAB", HANDLER = handler, TITLE = "Orders" }, cancellationToken);
    }

    public async Task SaveAsync(long fileId, Stream target, CancellationToken cancellationToken)
    {
        var file = await portal.Disk.File.GetAsync(fileId, cancellationToken);
        await using var content = await portal.DownloadAsync(file.DownloadUrl ?? "", cancellationToken);
        await content.CopyToAsync(target, cancellationToken);
    }
}
