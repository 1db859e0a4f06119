using Bitrix24;
using Bitrix24.Gen.Emulator;
using Everyday;

await using var emulator = await PortalEmulator.StartAsync();
using var portal = new Portal(Bitrix24Credentials.AccessToken(emulator.PortalUrl, emulator.AccessToken));
using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
var log = new Log(Console.Out);

await new Application(portal, log).RunAsync(stop.Token);
await log.WriteAsync($"{emulator.RequestCount} requests");
