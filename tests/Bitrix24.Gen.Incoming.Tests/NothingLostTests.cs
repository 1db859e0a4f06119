using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bitrix24.AspNetCore;
using Bitrix24.Gen.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bitrix24.Gen.Incoming.Tests;

using Crm;

/// <summary>No event is lost: not to a portal that hangs up, to a process that died, to a store that cannot be read.</summary>
public sealed class NothingLostTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_event_is_handled_although_the_portal_hung_up()
    {
        var (begun, goOn, ended) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource<bool>());
        await using var host = await ServerHost.StartAsync(b24 => b24.On<CrmDealAddEvent>(async (_, _, ct) =>
        {
            begun.SetResult();
            await goOn.Task.WaitAsync(Long);
            ended.SetResult(ct.IsCancellationRequested);
        }));
        await host.InstallAsync();
        using (var portal = await SendAndKeepAsync(host, host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1")))
            await begun.Task.WaitAsync(Long);
        await Task.Delay(100);
        goOn.SetResult();
        Assert.False(await ended.Task.WaitAsync(Long));
    }

    [Fact]
    public async Task A_page_ends_with_the_browser_that_asked_for_it()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await ServerHost.StartAsync(b24 => b24.OnPage(async (_, _, ct) =>
        {
            begun.SetResult();
            await Task.Delay(Long, ct).ContinueWith(_ => ended.SetResult(), TaskScheduler.Default);
            return Results.Text("late");
        }));
        await host.InstallAsync();
        using (var browser = await SendAndKeepAsync(host, $"AUTH_ID=a&member_id={ServerHost.Member}&APPLICATION_TOKEN={ServerHost.Token}&PLACEMENT=DEFAULT"))
            await begun.Task.WaitAsync(Long);
        await ended.Task.WaitAsync(Long / 2);
    }

    [Fact]
    public async Task A_timeout_of_the_host_ends_an_event()
    {
        var cancelled = new TaskCompletionSource();
        await using var host = await ServerHost.StartAsync(
            b24 => b24.On<CrmDealAddEvent>(async (_, _, ct) =>
            {
                try
                {
                    await Task.Delay(Long, ct);
                }
                catch (OperationCanceledException)
                {
                    cancelled.TrySetResult();
                    throw;
                }
            }),
            static services => services.AddRequestTimeouts(static o => o.DefaultPolicy = new() { Timeout = TimeSpan.FromMilliseconds(300) }));
        await host.InstallAsync();
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await host.PostAsync("/b24", host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1"))).StatusCode);
        await cancelled.Task.WaitAsync(Long);
    }

    [Fact]
    public async Task Events_that_a_dead_process_had_reserved_are_found()
    {
        var seen = new ConcurrentQueue<long>();
        await using var portal = await PortalEmulator.StartAsync();
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        await user.CallAsync("event.bind", new { @event = "ONCRMDEALADD", event_type = "offline" });
        for (var i = 0; i < 5; i++)
            await user.CallAsync("crm.deal.add", new { fields = new { TITLE = $"Deal {i}" } });
        var reserved = await user.CallAsync("event.offline.get", new { clear = 0, limit = 3 });
        Assert.Equal(3, reserved.GetProperty("events").GetArrayLength());

        await using var app = await EmulatedApplication.StartAsync(
            portal,
            b24 => b24.On<CrmDealAddEvent>((e, _, _) =>
            {
                seen.Enqueue(e.Data.Fields.Id);
                return Task.CompletedTask;
            }),
            static services => services.Configure<Bitrix24ApplicationOptions>(static o => o.OfflineEvents = new() { Interval = TimeSpan.FromMilliseconds(50) }));
        await portal.InstallAsync(app.Urls.First() + "/b24");
        await UntilAsync(() => seen.Count >= 5 && portal.OfflineEventCount == 0);
        Assert.Equal([1, 2, 3, 4, 5], seen.Order());
    }

    [Fact]
    public async Task What_another_process_handles_right_now_is_that_ones_to_clear()
    {
        var (cleared, lists) = (new ConcurrentQueue<string>(), 0);
        var inbox = new MemoryEventInbox();
        await inbox.ClaimAsync($"{ServerHost.Member}:offline:m1");
        await using var host = await ServerHost.StartAsync(
            static b24 => b24.On<CrmDealAddEvent>(static (_, _, _) => Task.CompletedTask),
            services => services.AddSingleton<IEventInbox>(inbox).Configure<Bitrix24ApplicationOptions>(static o => o.OfflineEvents = new() { Interval = TimeSpan.FromMilliseconds(50) }),
            (method, body) =>
            {
                if (method is "event.offline.clear" or "event.offline.error")
                    cleared.Enqueue($"{method} {body.GetProperty("message_id")}");
                return method == "event.offline.list" ? "[]"
                    : method == "event.offline.get" && Interlocked.Increment(ref lists) == 1 ? """
                        {"process_id":"p1","events":[{"ID":"1","EVENT_NAME":"ONCRMDEALADD","EVENT_DATA":{"FIELDS":{"ID":1}},"MESSAGE_ID":"m1"},
                         {"ID":"2","EVENT_NAME":"ONCRMDEALADD","EVENT_DATA":{"FIELDS":{"ID":2}},"MESSAGE_ID":"m2"}]}
                        """
                    : """{"process_id":null,"events":[]}""";
            });
        await host.InstallAsync();
        await UntilAsync(() => lists > 2);
        Assert.Equal("event.offline.clear [\"m2\"]", Assert.Single(cleared));
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_stops_neither_the_host_nor_the_other_portals()
    {
        var folder = Directory.CreateTempSubdirectory("b24-portals").FullName;
        try
        {
            var store = new FilePortalStore(folder);
            foreach (var id in new[] { "a", "b", "c" })
                await store.SaveAsync(new() { MemberId = id, Url = new($"https://{id}.bitrix24.com/") });
            foreach (var file in Directory.GetFiles(folder).Order().Take(1))
                await File.WriteAllTextAsync(file, "{");
            var found = 0;
            await Assert.ThrowsAsync<InvalidDataException>(async () =>
            {
                await foreach (var _ in store.AllAsync())
                    found++;
            });
            Assert.Equal(2, found);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var (rounds, stopped) = (0, false);
        await using var host = await ServerHost.StartAsync(
            static b24 => b24.OnOther(static (_, _, _) => Task.CompletedTask),
            services => services.AddSingleton<IPortalStore>(new Broken(() => rounds++)).Configure<Bitrix24ApplicationOptions>(static o => o.OfflineEvents = new() { Interval = TimeSpan.FromMilliseconds(20) }));
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => stopped = true);
        await UntilAsync(() => rounds > 3);
        Assert.False(stopped);
        Assert.Contains(host.Log, static l => l.StartsWith("Warning: The portals whose offline events are due", StringComparison.Ordinal));
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        for (var i = 0; i < 2400 && !isTrue(); i++)
            await Task.Delay(25);
        Assert.True(isTrue());
    }

    private static async Task<TcpClient> SendAndKeepAsync(ServerHost host, string form)
    {
        var client = new TcpClient();
        await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /b24 HTTP/1.1\r\nHost: {host.Client.BaseAddress.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}"));
        return client;
    }

    private sealed class Broken(Action asked) : IPortalStore
    {
        public ValueTask<InstalledPortal?> FindAsync(string memberId, CancellationToken cancellationToken = default) => default;

        public ValueTask SaveAsync(InstalledPortal portal, CancellationToken cancellationToken = default) => default;

        public ValueTask RemoveAsync(string memberId, CancellationToken cancellationToken = default) => default;

        public IAsyncEnumerable<InstalledPortal> AllAsync(CancellationToken cancellationToken = default)
        {
            asked();
            throw new InvalidOperationException("The database is away.");
        }
    }
}
