using Bitrix24;

// A webhook's address is a secret: it comes from the environment. `b24-emulator` prints one of an emulated portal.
using var portal = new Portal(Bitrix24Credentials.Webhook(
    Environment.GetEnvironmentVariable("B24_WEBHOOK") ?? throw new InvalidOperationException("Set B24_WEBHOOK to the address of a webhook.")));

await portal.Crm.Deal.AddAsync(new() { Title = "Ten chairs", Opportunity = 1500 });

await foreach (var deal in portal.Crm.Deal.ListAsync(q => q
    .Where(d => d.Opportunity >= 1000)
    .OrderByDescending(d => d.Id)
    .Select(d => d.Id, d => d.Title)))
    Console.WriteLine($"{deal.Id}: {deal.Title}");
