using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>Two machines serve thousands of portals over one Redis.</summary>
public sealed class ManyPortalsTests(Server server, Xunit.Abstractions.ITestOutputHelper output) : IClassFixture<Server>
{
    private const int Portals = 5_000;

    private readonly Bitrix24RedisOptions _options = new() { Prefix = Server.NewPrefix() };

    [Fact]
    public async Task Each_event_of_5000_portals_runs_once_on_one_of_two_machines_and_leaves_little()
    {
        var handled = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var wrong = 0;
        Task Handle(IncomingEvent e, Application portal)
        {
            var id = e.Data.GetProperty("ID").GetString()!;
            handled.AddOrUpdate(id, 1, static (_, n) => n + 1);
            // The client is that of the event's portal.
            if (!portal.ToString().Contains($"p{int.Parse(id, CultureInfo.InvariantCulture) % Portals}.bitrix24.com", StringComparison.Ordinal))
                Interlocked.Increment(ref wrong);
            return Task.CompletedTask;
        }

        await using var one = await StartAsync(Handle);
        await using var two = await StartAsync(Handle);
        var portals = new RedisPortalStore(await server.ConnectAsync(), _options);
        var tokens = new RedisTokenStore(await server.ConnectAsync(), _options);
        await Parallel.ForEachAsync(Enumerable.Range(0, Portals), async (i, ct) =>
        {
            await portals.SaveAsync(new() { MemberId = Member(i), Url = new($"https://p{i}.bitrix24.com/"), ApplicationToken = Token(i) }, ct);
            await using (await tokens.LockAsync($"p{i}.bitrix24.com", ct))
                await tokens.SaveAsync($"p{i}.bitrix24.com", new() { AccessToken = Token(i), RefreshToken = Token(i), ExpiresAt = DateTimeOffset.MaxValue, MemberId = Member(i) }, ct);
        });
        using var client = new HttpClient();
        Uri[] machines = [new(one.Urls.First()), new(two.Urls.First())];
        // What is made once, for all portals.
        await PostAsync(client, machines[0], 0, "first");
        await PostAsync(client, machines[1], 0, "first");
        handled.Clear();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // Two of each portal, in no order; every tenth arrives twice, the second time at the other machine.
        var events = Enumerable.Range(0, 2 * Portals).SelectMany(static i => i % 10 == 0 ? [(i, i % 2), (i, 1 - (i % 2))] : new[] { (Id: i, Machine: i % 2) }).ToArray();
        new Random(1).Shuffle(events);
        Assert.Equal(11_000, events.Length);
        await Parallel.ForEachAsync(events, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (e, _) =>
            Assert.True(await PostAsync(client, machines[e.Item2], e.Item1) is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable));

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Portals;
        output.WriteLine($"{each} bytes a portal on both machines and with its two events");
        Assert.InRange(each, long.MinValue, 40 * 1024);
        Assert.Equal((2 * Portals, 0), (handled.Count, wrong));
        Assert.All(handled.Values, static n => Assert.Equal(1, n));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(client, machines[0], 1, "forged", Token(2)));

        // All of them are listed, each once, and leave nothing behind but what is remembered of events.
        var listed = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var portal in portals.AllAsync())
            Assert.True(listed.Add(portal.MemberId));
        Assert.Equal(Portals, listed.Count);
        for (var i = 0; i < Portals; i++)
        {
            if (i % 500 == 0)
                Assert.Equal(HttpStatusCode.OK, await PostAsync(client, machines[i / 500 % 2], i, "gone", code: "ONAPPUNINSTALL"));
        }

        Assert.Null(await portals.FindAsync(Member(500)));
        Assert.Null(await tokens.LoadAsync("p500.bitrix24.com"));
        Assert.Equal(Token(501), (await tokens.LoadAsync("p501.bitrix24.com"))!.AccessToken);
    }

    private async Task<WebApplication> StartAsync(Func<IncomingEvent, Application, Task> handle)
    {
        var redis = await server.ConnectAsync();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddBitrix24Application<Application>(static o => (o.ClientId, o.ClientSecret) = ("app", "secret-of-app"))
            .AddPortalStore(new RedisPortalStore(redis, _options), new RedisTokenStore(redis, _options))
            .AddEventInbox(new RedisEventInbox(redis, _options));
        var app = builder.Build();
        app.UseRouting();
        app.MapBitrix24Application<Application>("/b24", b24 => b24.On("ONTHING", (e, portal, _) => handle(e, portal)));
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, Uri machine, int id, string? name = null, string? token = null, string code = "ONTHING")
    {
        var portal = id % Portals;
        var form = $"event={code}&event_handler_id=1&data[ID]={id}&data[NAME]={name}&ts=1735374081&auth[member_id]={Member(portal)}&auth[domain]=p{portal}.bitrix24.com"
            + $"&auth[client_endpoint]=https://p{portal}.bitrix24.com/rest/&auth[application_token]={token ?? Token(portal)}";
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await client.PostAsync(new Uri(machine, "/b24"), content);
        return answer.StatusCode;
    }

    private static string Member(int i) => $"member-{i}";

    private static string Token(int i) => $"token-of-{i}-0123456789abcdef";

    private sealed class Application(Bitrix24Credentials credentials, Bitrix24ClientOptions options) : Bitrix24Client(credentials, options);
}
