using Bitrix24;

namespace Everyday;

/// <summary>What a shop needs of a portal: bookings, shifts, stock, orders.</summary>
public sealed class Shop(Portal portal, Log log)
{
    public async Task BookAsync(DateTimeOffset from, long contact, CancellationToken cancellationToken)
    {
        var van = await portal.Booking.V1.Resource.AddAsync(new() { Name = "Van", TypeId = 1, IsMain = true, TemplateTypeInfo = "inanimate" }, cancellationToken);
        await portal.Booking.V1.Resource.Slots.SetAsync(
            van.Id, [new() { From = 540, To = 1080, TimeZone = "Europe/Berlin", WeekDays = ["Mon", "Tue"], SlotSize = 60 }], cancellationToken);
        var booking = await portal.Booking.V1.Booking.AddAsync(
            new()
            {
                ResourceIds = [van.Id],
                Name = "Test drive",
                DatePeriod = new()
                {
                    From = new() { Timestamp = from.ToUnixTimeSeconds(), TimeZone = "Europe/Berlin" },
                    To = new() { Timestamp = from.AddHours(1).ToUnixTimeSeconds(), TimeZone = "Europe/Berlin" },
                },
            },
            cancellationToken);
        await portal.Booking.V1.Booking.Client.SetAsync(booking.Id, [new() { Id = contact, Type = new() { Code = "CONTACT", Module = "crm" } }], cancellationToken);
        await foreach (var resource in portal.Booking.V1.Resource.ListAsync(q => q.Where(r => r.TypeId == 1 & r.Name.Like("Van%")).OrderBy(r => r.Name), cancellationToken: cancellationToken))
            await log.WriteAsync(resource.Name);
        var note = await portal.Booking.V1.Waitlist.AddAsync(new() { Note = "Call when free" }, cancellationToken);
        long other = await portal.Booking.V1.Waitlist.CreateFromBookingAsync(booking.Id, cancellationToken);
        await log.WriteAsync($"{note.Id} {other}");
    }

    public async Task PlanAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        long room = await portal.Calendar.Resource.AddAsync("Room 2", cancellationToken);
        var shift = await portal.Calendar.Event.AddAsync(
            new()
            {
                Type = "user",
                OwnerId = 1,
                Name = "Shift",
                From = from,
                To = from.AddHours(8),
                SkipTime = false,
                TimeZoneFrom = "Europe/Berlin",
                TimeZoneTo = "Europe/Berlin",
                Accessibility = "busy",
                Importance = "normal",
                Rrule = new() { Freq = "WEEKLY", Interval = 1, Byday = ["MO", "TH"], Count = 5 },
                Remind = [new() { Type = "min", Count = 15 }],
            },
            cancellationToken);
        foreach (var near in await portal.Calendar.Event.Get.NearestAsync(type: "user", ownerId: 1, days: 7, maxEventsCount: 5, cancellationToken: cancellationToken))
            await log.WriteAsync(near.Name ?? "");
        await portal.Calendar.Event.DeleteAsync(shift, cancellationToken);
        await portal.Calendar.Resource.DeleteAsync(room, cancellationToken);
    }

    public async Task StockAsync(long goods, long variants, byte[] image, CancellationToken cancellationToken)
    {
        var chair = await portal.Catalog.Product.Sku.AddAsync(new() { IblockId = goods, Name = "Chair", Active = true, PreviewText = "Oak", DetailTextType = "html" }, cancellationToken);
        var oak = await portal.Catalog.Product.Offer.AddAsync(
            new() { IblockId = variants, Name = "Chair, oak", ParentId = chair.Id, PurchasingPrice = 10.5m, PurchasingCurrency = "EUR", Weight = 1.5m, VatIncluded = true },
            cancellationToken);
        await portal.Catalog.ProductImage.AddAsync(new() { ProductId = oak.Id, Type = "DETAIL_PICTURE" }, Bitrix24File.FromBytes("oak.png", image), cancellationToken);
        await portal.Catalog.Price.ModifyAsync(new() { Product = new() { Id = oak.Id, Prices = [new() { CatalogGroupId = 1, Price = 49.9m, Currency = "EUR" }] } }, cancellationToken);
        var store = await portal.Catalog.Store.AddAsync(new() { Title = "Main", Address = "Berlin", Active = true }, cancellationToken);
        await foreach (var stock in portal.Catalog.StoreProduct.ListAsync(
            q => q.Where(s => s.StoreId == store.Id & s.Amount > 0).OrderByDescending(s => s.Amount).Select(s => s.ProductId, s => s.Amount), cancellationToken))
            await log.WriteAsync($"{stock.ProductId}: {stock.Amount}");
        await foreach (var product in portal.Catalog.Product.ListAsync(
            q => q.Where(p => p.IblockId == goods & p.Name.Like("%chair%")).Select(p => p.Id, p => p.IblockId, p => p.Name, p => new("property258")), cancellationToken))
            await log.WriteAsync($"{product.Id} {product.Name}");
    }

    public async Task SellAsync(long customer, long product, CancellationToken cancellationToken)
    {
        var buyer = await portal.Sale.PersonType.AddAsync(new() { Name = "Guest", Code = "GUEST" }, cancellationToken);
        var order = await portal.Sale.Order.AddAsync(
            new() { Lid = "s1", PersonTypeId = buyer.Id, Currency = "EUR", Price = 99.9m, StatusId = "N", UserId = customer, Comments = "Fragile" }, cancellationToken);
        var item = await portal.Sale.BasketItem.AddAsync(
            new() { OrderId = order.Id, ProductId = product, Quantity = 2.5m, Currency = "EUR", Price = 40m, CustomPrice = true, Name = "Chair" }, cancellationToken);
        var payment = await portal.Sale.Payment.AddAsync(new() { OrderId = order.Id, PaySystemId = 10, Sum = 99.9m, Paid = false }, cancellationToken);
        var shipment = await portal.Sale.Shipment.AddAsync(
            new() { OrderId = order.Id, DeliveryId = 2, StatusId = "DN", AllowDelivery = true, Deducted = false, TrackingNumber = "A1" }, cancellationToken);
        await portal.Sale.ShipmentItem.AddAsync(new() { OrderDeliveryId = shipment.Id, BasketId = item.Id, Quantity = 1 }, cancellationToken);
        await portal.Sale.PropertyValue.ModifyAsync(new() { Order = new() { Id = order.Id, PropertyValues = [new() { OrderPropsId = 20, Value = "Ada" }] } }, cancellationToken);
        await portal.Sale.Payment.UpdateAsync(payment.Id, new() { Paid = true, PaySystemId = 10, DatePaid = DateTimeOffset.UtcNow }, cancellationToken);
        await foreach (var paid in portal.Sale.Payment.ListAsync(q => q.Where(p => p.OrderId == order.Id & p.Paid == true).Select(p => p.Id, p => p.Sum, p => p.DatePaid), cancellationToken))
            await log.WriteAsync($"{paid.Sum} {paid.DatePaid:d}");

        var batch = portal.CreateBatch();
        var again = batch.Add(new Bitrix24.Sale.OrderGetRequest { Id = order.Id });
        var stores = batch.Add(new Bitrix24.Catalog.StoreListRequest());
        await batch.SendAsync(cancellationToken);
        await log.WriteAsync($"{again.Result.Price} {stores.Result.Count}");
    }
}
