using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bitrix24.Gen.Runtime.Tests;

public class IntegrationTests
{
    [Fact]
    public async Task Client_comes_from_services_and_several_portals_by_key()
    {
        await using var one = await LoopbackServer.StartAsync("""{"result":1}""");
        await using var two = await LoopbackServer.StartAsync("""{"result":2}""");
        await using var services = new ServiceCollection()
            .AddBitrix24<HandWritten.Portal>(s => s.Webhook = $"{one.Address}rest/1/{LoopbackServer.Secret}/")
            .AddBitrix24<HandWritten.Portal>("second", s => s.CredentialsFactory = _ => two.Webhook)
            .BuildServiceProvider();

        var first = services.GetRequiredService<HandWritten.Portal>();
        Assert.Same(first, services.GetRequiredService<HandWritten.Portal>());
        Assert.Equal(1, (await first.CallAsync("app.info")).GetInt32());
        Assert.Equal(2, (await services.GetRequiredKeyedService<HandWritten.Portal>("second").CallAsync("app.info")).GetInt32());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://example.bitrix24.com/rest/1/s3cr3tw3bh00k/")]
    public void Wrong_settings_are_said_without_the_secret(string? webhook)
    {
        using var services = new ServiceCollection().AddBitrix24<HandWritten.Portal>(s => s.Webhook = webhook).BuildServiceProvider();

        var e = Assert.Throws<OptionsValidationException>(services.GetRequiredService<HandWritten.Portal>);

        Assert.DoesNotContain(LoopbackServer.Secret, e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Option_out_of_range_is_named_at_the_start()
    {
        using var services = new ServiceCollection()
            .AddBitrix24<HandWritten.Portal>(static s => (s.Webhook, s.Client) = ("https://x.bitrix24.com/rest/1/s3cr3t/", new() { MaxRetries = -1 }))
            .AddBitrix24<HandWritten.Portal>("two", static s => (s.Webhook, s.Credentials) = ("https://x.bitrix24.com/rest/1/s3cr3t/", Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t")))
            .BuildServiceProvider();

        // What a host does before it starts.
        var e = Assert.Throws<AggregateException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains("Client: MaxRetries is below zero.", e.ToString(), StringComparison.Ordinal);
        Assert.Contains("Set one of Webhook, Credentials and CredentialsFactory.", e.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(static () => new HandWritten.Portal(
            Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"), new() { RateLimit = new(0, 1) }));
    }

    [Fact]
    public async Task Requests_go_through_the_named_http_client_and_loggers_through_the_factory()
    {
        await using var server = await LoopbackServer.StartAsync("""{"result":1}""");
        var logged = new ConcurrentQueue<string>();
        var seen = new Counter();
        await using var services = new ServiceCollection()
            .AddLogging(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(logged)))
            .AddBitrix24<HandWritten.Portal>(s => s.CredentialsFactory = provider => provider.GetRequiredService<Bitrix24Credentials>())
            .AddSingleton(server.Webhook)
            .AddHttpClient("Bitrix24").AddHttpMessageHandler(() => seen).Services
            .BuildServiceProvider();

        await services.GetRequiredService<HandWritten.Portal>().CallAsync("app.info");

        Assert.Equal(1, seen.Count);
        Assert.StartsWith("log Debug app.info of", Assert.Single(logged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Integration_page_names_every_instrument_with_its_unit_and_tags()
    {
        var tags = new ConcurrentDictionary<string, ConcurrentDictionary<string, byte>>();
        var units = new ConcurrentDictionary<string, string>();
        using var metrics = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name != "Bitrix24")
                    return;
                units[instrument.Name] = instrument.Unit!;
                listener.EnableMeasurementEvents(instrument);
            },
        };
        metrics.SetMeasurementEventCallback<double>((i, _, t, _) => Add(i, t));
        metrics.SetMeasurementEventCallback<long>((i, _, t, _) => Add(i, t));
        metrics.Start();
        var portal = new StubPortal { Answer = static (_, _) => (401, """{"error":"expired_token"}""") };
        using (var client = portal.Client())
            await Assert.ThrowsAsync<Bitrix24ApiException>(() => portal.Run(client.BiConnector.Dataset.GetAsync(1)));
        var calls = 0;
        portal = new() { Answer = (_, _) => (calls++ == 0 ? 500 : 200, """{"result":{"item":{"id":"one"}}}""") };
        using (var client = portal.Client())
            await portal.Run(client.BiConnector.Dataset.GetAsync(1));
        CallTelemetry.Refreshed("x", null, null);
        metrics.RecordObservableInstruments();

        var rows = tags.Select(i => $"| `{i.Key}` | {units[i.Key]} | {string.Join(", ", i.Value.Keys.Order(StringComparer.Ordinal).Select(static t => $"`{t}`"))} |").Order(StringComparer.Ordinal);
        var page = (await File.ReadAllLinesAsync(RepositoryRoot.PathTo("docs", "integration.md"))).Where(static l => l.StartsWith("| `bitrix24.", StringComparison.Ordinal));
        Assert.Equal(rows, page.Select(static l => string.Join(" |", l.Split(" |")[..3]) + " |").Order(StringComparer.Ordinal));

        void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> given)
        {
            foreach (var (name, _) in given)
                tags.GetOrAdd(instrument.Name, static _ => new()).TryAdd(name, 0);
        }
    }

    [Fact]
    public async Task Outcome_tells_a_cancelled_call_from_a_failed_one()
    {
        var logged = new ConcurrentQueue<string>();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var portal = new StubPortal { Answer = static (_, _) => (200, "{}") };
        using var client = portal.Client(o => o with { Logger = new Recorder(logged) });
        using var unsaved = new HandWritten.Portal(
            Bitrix24Credentials.OAuth("https://nobody.bitrix24.test", new("app", "secret"), new MemoryTokenStore()), new() { Logger = new Recorder(logged) });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.BiConnector.Dataset.GetAsync(1, cancellation.Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => unsaved.BiConnector.Dataset.GetAsync(1));

        Assert.Equal(["cancelled", "failed"], logged.Select(static t => t.Trim().Split(' ')[^1]));
    }

    [Fact]
    public async Task Logs_activities_and_metrics_tell_of_calls_and_hold_no_secret()
    {
        // b24jssdk#39, #40, #43: webhook addresses and tokens in logs.
        var logged = new ConcurrentQueue<string>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a => logged.Enqueue($"activity {a.Source.Name} {a.OperationName} {a.Status} {string.Join(' ', a.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(activities);
        using var metrics = new MeterListener { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        metrics.SetMeasurementEventCallback<double>((i, v, tags, _) => logged.Enqueue($"metric {i.Name} {v} {string.Join(' ', tags.ToArray())}"));
        metrics.SetMeasurementEventCallback<long>((i, v, tags, _) => logged.Enqueue($"metric {i.Name} {v} {string.Join(' ', tags.ToArray())}"));
        metrics.Start();
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync((context, _) => ++calls switch
        {
            1 => LoopbackServer.Answer(context, $$"""{"error":"X","error_description":"{{LoopbackServer.Secret}}"}""", 400),
            2 => LoopbackServer.Answer(context, "<html>", 502),
            _ => LoopbackServer.Answer(context, """{"result":{"item":{"id":1}}}"""),
        });
        await using var services = new ServiceCollection()
            .AddLogging(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(logged)))
            .AddBitrix24<HandWritten.Portal>(s =>
            {
                s.Webhook = $"{server.Address}rest/1/{LoopbackServer.Secret}/";
                s.Client = new() { ValidateBeforeSending = false, RetryDelay = TimeSpan.FromMilliseconds(1) };
            })
            .BuildServiceProvider();
        var client = services.GetRequiredService<HandWritten.Portal>();

        await Assert.ThrowsAsync<Bitrix24ApiException>(() => client.BiConnector.Dataset.GetAsync(1));
        await client.BiConnector.Dataset.GetAsync(1);
        metrics.RecordObservableInstruments();

        var all = string.Join('\n', logged);
        Assert.DoesNotContain(LoopbackServer.Secret, all, StringComparison.Ordinal);
        var portal = server.Address.Authority;
        Assert.Contains($"activity Bitrix24 biconnector.dataset.get Error [bitrix24.method, biconnector.dataset.get] [server.address, {portal}] [bitrix24.outcome, X]", all, StringComparison.Ordinal);
        Assert.Contains($"log Debug biconnector.dataset.get of {portal} answered", all, StringComparison.Ordinal);
        Assert.Contains($"log Information biconnector.dataset.get of {portal} is retried: Unknown", all, StringComparison.Ordinal);
        Assert.Contains($"log Warning biconnector.dataset.get of {portal} failed", all, StringComparison.Ordinal);
        Assert.Contains("metric bitrix24.call.retries 1", all, StringComparison.Ordinal);
        Assert.Contains("metric bitrix24.bucket.free", all, StringComparison.Ordinal);
        Assert.Contains("metric bitrix24.call.duration", all, StringComparison.Ordinal);
    }

    private sealed class Counter : DelegatingHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> logged) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logged.Enqueue($"log {logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
