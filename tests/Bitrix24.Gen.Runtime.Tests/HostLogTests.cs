using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using HandWritten.BiConnector;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>What a host puts around its HTTP clients: it buffers, logs, rotates handlers; no secret is logged and no write is sent twice.</summary>
public class HostLogTests
{
    [Fact]
    public async Task Host_that_logs_buffers_and_rotates_handlers_tells_no_webhook()
    {
        var logged = new ConcurrentQueue<string>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = static s => s.Name.StartsWith("System.Net.Http", StringComparison.Ordinal) || s.Name == "Bitrix24",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a => logged.Enqueue(a.DisplayName + string.Join('|', a.TagObjects.Select(static t => $"{t.Key}={t.Value}"))),
        };
        ActivitySource.AddActivityListener(activities);
        var executed = 0;
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            Interlocked.Increment(ref executed);
            return LoopbackServer.Answer(context, """{"result":true}""", executed == 2 ? 500 : 200);
        });
        await using var services = new ServiceCollection()
            .AddLogging(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(logged)))
            .ConfigureHttpClientDefaults(static b => b
                .AddDefaultLogger()
                .SetHandlerLifetime(TimeSpan.FromSeconds(1))
                .AddHttpMessageHandler(static () => new Buffering()))
            .AddBitrix24<HandWritten.Portal>(s => (s.Credentials, s.Client) =
                (Bitrix24Credentials.Webhook($"{server.Address}rest/1/{LoopbackServer.Secret}/"), new() { ValidateBeforeSending = false }))
            .BuildServiceProvider();
        var client = services.GetRequiredService<HandWritten.Portal>();

        await client.SendAsync(new DatasetUpdateRequest { Id = 2, Fields = new() { Description = "x" } });
        await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => client.SendAsync(new DatasetUpdateRequest { Id = 2, Fields = new() { Description = "x" } }));
        await Task.Delay(1_200);
        await client.SendAsync(new DatasetUpdateRequest { Id = 2, Fields = new() { Description = "x" } });

        Assert.Equal(3, executed);
        Assert.InRange(logged.Count, 3, int.MaxValue);
        Assert.All(logged, static line => Assert.DoesNotContain(LoopbackServer.Secret, line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Name_in_an_answer_that_repeats_the_secret_is_not_logged()
    {
        var logged = new ConcurrentQueue<string>();
        var misfits = 0;
        foreach (var body in new[]
        {
            """{"result":{"item":{"id":"x","@":1}}}""",
            """{"result":{"item":[{"@":[{"id":"x\u001b[31m"}]}]}}""",
            """{"result":{"item":{"id":{"@":{"a\r\nb":1}}}}}""",
        })
        {
            await using var server = await LoopbackServer.StartAsync(body.Replace("@", LoopbackServer.Secret, StringComparison.Ordinal));
            using var client = server.Client(new() { MaxRetries = 0, Logger = new Recorder(logged) });
            _ = await Record.ExceptionAsync(() => client.SendAsync(new DatasetGetRequest { Id = 1 }));
            misfits += logged.Count(static l => l.Contains("do not fit", StringComparison.Ordinal));
        }

        Assert.InRange(misfits, 1, int.MaxValue);
        Assert.All(logged, static line => Assert.DoesNotContain(line, static c => char.IsControl(c)));
        Assert.All(logged, static line => Assert.DoesNotContain(LoopbackServer.Secret, line, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads the whole request and the whole answer before it passes them on.</summary>
    private sealed class Buffering : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
                await request.Content.LoadIntoBufferAsync(cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return response;
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> logged) : ILogger, ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            logged.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logged.Enqueue($"{formatter(state, exception)} {exception}".TrimEnd());

        public void Dispose()
        {
        }
    }
}
