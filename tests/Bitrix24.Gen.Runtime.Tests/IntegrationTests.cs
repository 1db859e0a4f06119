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
    public async Task Logs_activities_and_metrics_tell_of_calls_and_hold_no_secret()
    {
        // b24jssdk#39, #40, #43: webhook addresses and tokens in logs.
        var told = new ConcurrentQueue<string>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a => told.Enqueue($"activity {a.Source.Name} {a.OperationName} {a.Status} {string.Join(' ', a.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(activities);
        using var metrics = new MeterListener { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        metrics.SetMeasurementEventCallback<double>((i, v, tags, _) => told.Enqueue($"metric {i.Name} {v} {string.Join(' ', tags.ToArray())}"));
        metrics.SetMeasurementEventCallback<long>((i, v, tags, _) => told.Enqueue($"metric {i.Name} {v} {string.Join(' ', tags.ToArray())}"));
        metrics.Start();
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync((context, _) => ++calls switch
        {
            1 => LoopbackServer.Answer(context, $$"""{"error":"X","error_description":"{{LoopbackServer.Secret}}"}""", 400),
            2 => LoopbackServer.Answer(context, "<html>", 502),
            _ => LoopbackServer.Answer(context, """{"result":{"item":{"id":1}}}"""),
        });
        await using var services = new ServiceCollection()
            .AddLogging(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(told)))
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

        var all = string.Join('\n', told);
        Assert.DoesNotContain(LoopbackServer.Secret, all, StringComparison.Ordinal);
        var portal = server.Address.Authority;
        Assert.Contains($"activity Bitrix24 biconnector.dataset.get Error [bitrix24.method, biconnector.dataset.get] [server.address, {portal}] [bitrix24.outcome, X]", all, StringComparison.Ordinal);
        Assert.Contains($"log Debug biconnector.dataset.get of {portal} answered", all, StringComparison.Ordinal);
        Assert.Contains($"log Information biconnector.dataset.get of {portal} goes again: Unknown", all, StringComparison.Ordinal);
        Assert.Contains($"log Warning biconnector.dataset.get of {portal} failed", all, StringComparison.Ordinal);
        Assert.Contains("metric bitrix24.call.repeats 1", all, StringComparison.Ordinal);
        Assert.Contains("metric bitrix24.bucket.free", all, StringComparison.Ordinal);
        Assert.Contains("metric bitrix24.call.duration", all, StringComparison.Ordinal);
    }

    private sealed class Recorder(ConcurrentQueue<string> told) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            told.Enqueue($"log {logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
