using System.Text;
using Bitrix24;
using Bitrix24.Gen.Emulator;
using Everyday;

await using var emulator = await PortalEmulator.StartAsync();
using var portal = new Portal(Bitrix24Credentials.AccessToken(emulator.PortalUrl, emulator.AccessToken));
using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
var log = new Log(Console.Out);

var sync = new CrmSync(portal, log);
await sync.PrepareAsync(stop.Token);
var deal = await sync.AddOrderAsync("Ada", "+15550100", 99999.99m, stop.Token);
await sync.ChangedSinceAsync(DateTimeOffset.UtcNow.AddHours(-1), stop.Token);
await new Work(portal, log).PlanAsync(new(1, "Ada"), deal, DateTimeOffset.UtcNow.AddDays(3), stop.Token);
await new Channels(portal).OpenAsync("https://example.com/handler", Encoding.UTF8.GetBytes("Offer"), stop.Token);
await log.WriteAsync($"{emulator.RequestCount} requests");
