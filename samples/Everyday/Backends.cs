using Bitrix24;

namespace Everyday;

/// <summary>What an application adds to the shop and to the robots: pay systems, deliveries, senders, robots.</summary>
public sealed class Backends(Portal portal, Log log)
{
    public async Task PayAsync(string handler, CancellationToken cancellationToken)
    {
        await portal.Sale.PaySystem.Handler.AddAsync(
            "Example Pay",
            "example_pay",
            new()
            {
                Currency = ["EUR"],
                ClientType = "b2c",
                FormData = new() { ActionUri = handler, Fields = new() { ["phone"] = new() { Code = "PHONE", Visible = true } } },
                Codes = new() { ["PAYMENT_ID"] = new() { Name = "Payment", Sort = 100 } },
            },
            cancellationToken: cancellationToken);
        var buyer = await portal.Sale.PersonType.AddAsync(new() { Name = "Buyer", Code = "BUYER" }, cancellationToken);
        var cards = await portal.Sale.PaySystem.AddAsync(
            new() { Name = "Cards", BxRestHandler = "example_pay", PersonTypeId = buyer.Id, NewWindow = true, Active = true, EntityRegistryType = "ORDER" }, cancellationToken);
        await portal.Sale.PaySystem.UpdateAsync(cards, new() { Name = "Cards and wallets" }, cancellationToken);
        await foreach (var system in portal.Sale.PaySystem.ListAsync(q => q.Where(p => p.Active).Select(p => p.Id, p => p.Name), cancellationToken: cancellationToken))
            await log.WriteAsync($"{system.Id} {system.Name}");
        await portal.Sale.PaySystem.DeleteAsync(cards, cancellationToken);
    }

    public async Task DeliverAsync(string handler, CancellationToken cancellationToken)
    {
        var courier = await portal.Sale.Delivery.Handler.AddAsync(
            "Courier",
            "courier",
            new()
            {
                CalculateUrl = handler,
                CreateDeliveryRequestUrl = handler,
                CancelDeliveryRequestUrl = handler,
                HasCallbackTrackingSupport = true,
                Config = [new() { Type = "STRING", Code = "KEY", Name = "Key" }],
            },
            [new() { Name = "Bicycle", Code = "BICYCLE", Description = "In the city" }],
            cancellationToken: cancellationToken);
        foreach (var known in await portal.Sale.Delivery.Handler.ListAsync(cancellationToken))
            await log.WriteAsync($"{known.Id} {known.Name} {known.Settings?.CalculateUrl}");
        await portal.Sale.Delivery.AddAsync("courier", "Courier", "EUR", config: [new() { Code = "KEY", Value = "k1" }], cancellationToken: cancellationToken);
        await foreach (var delivery in portal.Sale.Delivery.GetListAsync(q => q.Where(d => d.Active), cancellationToken: cancellationToken))
            await log.WriteAsync($"{delivery.Id} {delivery.Name}");
        await portal.Sale.Delivery.Handler.DeleteAsync(courier, cancellationToken);
    }

    public async Task AnswerAsync(string handler, CancellationToken cancellationToken)
    {
        await portal.BizProc.Robot.AddAsync(
            new()
            {
                Code = "sms",
                Handler = handler,
                Name = "Send",
                AuthUserId = 1,
                UseSubscription = true,
                Properties = new() { ["text"] = new() { Name = "Text", Type = "string", Required = true } },
            },
            cancellationToken);
        await foreach (var task in portal.BizProc.Task.ListAsync(
            q => q.Where(t => t.UserId == 1 & t.Status == 0).Select(t => t.Id, t => t.Name), cancellationToken: cancellationToken))
            await portal.BizProc.Task.CompleteAsync(task.Id, 1, "Fine", cancellationToken: cancellationToken);
        await portal.MessageService.Sender.AddAsync("sms", "SMS", handler, "Example SMS", cancellationToken: cancellationToken);
        var line = await portal.ImOpenLines.Config.AddAsync(new() { LineName = "Support", Crm = true, QueueTime = 60, Active = true }, cancellationToken);
        await foreach (var call in portal.Voximplant.Statistic.GetAsync(
            q => q.Where(s => s.CallStartDate > DateTimeOffset.UtcNow.AddDays(-1) & s.PortalUserId == 1), cancellationToken: cancellationToken))
            await log.WriteAsync($"{call.PhoneNumber} {call.CallDuration} {call.Cost}");
        var bot = await portal.ImBot.V2.Bot.RegisterAsync(new() { Code = "helper", Properties = new() { Name = "Helper" } }, cancellationToken);
        await portal.ImBot.V2.Bot.UpdateAsync(bot.Bot.Id, new() { Properties = new() { Name = "Helper 2" } }, cancellationToken: cancellationToken);
        await log.WriteAsync($"{line} {bot.Bot.Code}");
    }
}
