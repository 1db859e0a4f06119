using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Bitrix24.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>The reader of offline events among many portals, and at the end of its host.</summary>
public sealed class OfflineReaderTests
{
    [Fact]
    public async Task A_portal_that_signals_all_the_time_keeps_no_other_waiting()
    {
        var rounds = 0;
        await using var host = await ServerHost.StartAsync(
            static _ => { },
            services => Offline(services, TimeSpan.FromMilliseconds(200)).AddSingleton<IPortalStore>(new Changing(() =>
            {
                Interlocked.Increment(ref rounds);
                return [];
            })));
        await host.InstallAsync();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; Volatile.Read(ref rounds) == 0 && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30); i++)
        {
            using var answer = await host.PostAsync("/b24", host.Event("ONOFFLINEEVENT", "data=", ts: i));
            Assert.True(answer.IsSuccessStatusCode);
        }

        Assert.NotEqual(0, rounds);
    }

    [Fact]
    public async Task Portals_that_are_gone_leave_nothing_in_the_reader()
    {
        var (rounds, url) = (0, "");
        await using var host = await ServerHost.StartAsync(
            static _ => { },
            services => Offline(services, TimeSpan.FromMilliseconds(20), recover: TimeSpan.FromMilliseconds(1)).AddSingleton<IPortalStore>(new Changing(() =>
            {
                var round = Interlocked.Increment(ref rounds);
                return [.. Enumerable.Range(0, 5).Select(i => new InstalledPortal { MemberId = $"{round}.{i}", Url = new(url), ApplicationToken = "t" })];
            })),
            static (method, _) => method == "event.offline.get" ? """{"process_id":null,"events":[]}""" : "[]");
        url = host.PortalUrl;
        for (var i = 0; i < 2400 && Volatile.Read(ref rounds) < 20; i++)
            await Task.Delay(25);
        Assert.InRange(Searched(host), 0, 15);
    }

    [Fact]
    public async Task A_host_that_is_disposed_of_without_being_stopped_logs_no_failure()
    {
        ConcurrentQueue<string> log;
        var time = new Waiting();
        await using (var host = await ServerHost.StartAsync(static _ => { }, services => Offline(services, TimeSpan.FromHours(1)).AddSingleton<TimeProvider>(time)))
        {
            log = host.Log;
            await time.Began.Task;
        }

        Assert.DoesNotContain(log, static l => l.Contains("BackgroundService", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_portal_that_fails_for_long_is_a_line_a_try_and_tried_less_and_less_often()
    {
        await using var host = await ServerHost.StartAsync(
            static _ => { },
            static services => Offline(services, TimeSpan.FromMilliseconds(100)).Configure<Bitrix24ApplicationOptions>(static o => o.Client = o.Client with { MaxRetries = 0 }),
            static (method, _) => method.StartsWith("event.offline", StringComparison.Ordinal) ? throw new InvalidOperationException("away") : "true");
        await host.InstallAsync();
        string[] warnings = [];
        for (var i = 0; i < 400 && warnings.Length < 4; i++)
        {
            await Task.Delay(50);
            warnings = [.. host.Log.Where(static l => l.StartsWith("Warning: The offline events of", StringComparison.Ordinal))];
        }

        Assert.Equal(["0.1", "0.2", "0.4", "0.8"], warnings.Take(4).Select(static l => l.Split("next try in 00:00:0")[1][..3]));
        Assert.All(warnings, static l => Assert.DoesNotContain("\n", l.Trim(), StringComparison.Ordinal));
        Assert.Contains(host.Log, static l => l.StartsWith("Debug: Why offline events", StringComparison.Ordinal) && l.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_fails_for_long_is_a_line_a_try_and_tried_less_and_less_often()
    {
        var rounds = 0;
        await using var host = await ServerHost.StartAsync(
            static _ => { },
            services => Offline(services, TimeSpan.FromMilliseconds(100)).AddSingleton<IPortalStore>(new Changing(() =>
            {
                Interlocked.Increment(ref rounds);
                throw new InvalidOperationException("The store\nis away.");
            })));
        for (var i = 0; i < 400 && Volatile.Read(ref rounds) < 4; i++)
            await Task.Delay(50);
        string[] warnings = [.. host.Log.Where(static l => l.StartsWith("Warning: The portals whose offline", StringComparison.Ordinal))];
        Assert.Equal(["0.1", "0.2", "0.4"], warnings.Take(3).Select(static l => l.Split("next try in 00:00:0")[1][..3]));
        Assert.All(warnings, static l => Assert.DoesNotContain("\n", l.Trim(), StringComparison.Ordinal));
    }

    private static IServiceCollection Offline(IServiceCollection services, TimeSpan interval, TimeSpan? recover = null) =>
        services.Configure<Bitrix24ApplicationOptions>(o => o.OfflineEvents = new() { Interval = interval, RecoverAfter = recover ?? TimeSpan.FromHours(1) });

    private static int Searched(ServerHost host)
    {
        var reader = host.Services.GetServices<IHostedService>().Single(static s => s.GetType().Name.StartsWith("OfflineEventReader", StringComparison.Ordinal));
        return ((ICollection)reader.GetType().GetField("_searched", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(reader)!).Count;
    }

    /// <summary>Keeps what is installed, and says for each round which portals there are.</summary>
    private sealed class Changing(Func<IReadOnlyList<InstalledPortal>> round) : IPortalStore
    {
        private readonly MemoryPortalStore _kept = new();

        public ValueTask<InstalledPortal?> FindAsync(string memberId, CancellationToken cancellationToken = default) => _kept.FindAsync(memberId, cancellationToken);

        public ValueTask SaveAsync(InstalledPortal portal, CancellationToken cancellationToken = default) => _kept.SaveAsync(portal, cancellationToken);

        public ValueTask RemoveAsync(string memberId, CancellationToken cancellationToken = default) => _kept.RemoveAsync(memberId, cancellationToken);

        public async IAsyncEnumerable<InstalledPortal> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            foreach (var portal in round())
                yield return portal;
        }
    }

    /// <summary>Knows that the reader has begun to wait.</summary>
    private sealed class Waiting : TimeProvider
    {
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Began.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
