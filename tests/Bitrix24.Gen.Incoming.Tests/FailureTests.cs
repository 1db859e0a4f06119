using System.Collections.Concurrent;
using System.Net;
using Bitrix24.AspNetCore;
using Bitrix24.Gen.Emulator;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Incoming.Tests;

using BizProc;
using Crm;

/// <summary>Handlers that fail: what reaches the log, and whether the event is kept.</summary>
public sealed class FailureTests
{
    private const string User = "token-of-the-user";

    [Fact]
    public async Task What_a_handler_throws_forges_no_line_of_the_log_and_quotes_no_secret_of_the_request()
    {
        string? robot = null;
        await using var host = await ServerHost.StartAsync(
            b24 =>
            {
                var address = b24.MapCallback<RobotHandlerRequest>("/robot", (request, _, _) =>
                    throw new InvalidOperationException($"no\ninfo: forged {ServerHost.Secret} {request.EventToken} {robot}", new FormatException($"\u001b[31m\u202e {Uri.EscapeDataString(ServerHost.Token)}")));
                b24.OnInstall((_, _, _) => Task.FromResult(robot = address()));
                b24.On<CrmDealAddEvent>(static (e, _, _) => throw new AggregateException(
                    new InvalidOperationException($"no\r\ninfo: forged {e.Auth.ApplicationToken}"), new TimeoutException($"plain {e.Auth.AccessToken}")));
                b24.OnPlacement<CrmDealDetailTab>(static IResult (_, _, _) => throw new InvalidOperationException($"no\u2028info: forged {User}"));
            },
            static services => services.AddLogging(static l => l.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)));
        await host.InstallAsync();

        (string Path, string Form)[] requests =
        [
            ("/b24", host.Event("ONCRMDEALADD", "data[FIELDS][ID]=2") + $"&auth[access_token]={User}"),
            ("/b24", $"AUTH_ID={User}&member_id={ServerHost.Member}&APPLICATION_TOKEN={ServerHost.Token}&PLACEMENT=CRM_DEAL_DETAIL_TAB&PLACEMENT_OPTIONS=%7B%22ID%22%3A%221%22%7D"),
            (new Uri(robot!).PathAndQuery, $"event_token=3v3nt-t0ken&auth[member_id]={ServerHost.Member}&auth[application_token]={ServerHost.Token}"),
        ];
        foreach (var (path, form) in requests)
            Assert.Equal(HttpStatusCode.InternalServerError, (await host.PostAsync(path, form)).StatusCode);

        var failures = host.Log.Where(static l => l.StartsWith("Error: ", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, failures.Count);
        string[] secrets = [ServerHost.Secret, ServerHost.Token, User, "3v3nt-t0ken", new Uri(robot!).Query.Split('=', '&')[1]];
        foreach (var failure in failures)
        {
            Assert.DoesNotContain(secrets, s => failure.Contains(s, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(failure.Split('\n', '\r', '\u2028'), static l => l.StartsWith("info: ", StringComparison.Ordinal));
            Assert.DoesNotContain(failure, static c => c is '\u001b' or '\u202e');
            // What a developer needs is there: kinds, what is left of the messages, and where it was thrown.
            Assert.Contains("System.InvalidOperationException: no", failure, StringComparison.Ordinal);
            Assert.Contains(nameof(FailureTests), failure, StringComparison.Ordinal);
        }

        Assert.Contains(" ---> System.TimeoutException: plain ***", failures[0], StringComparison.Ordinal);
        Assert.Contains(" ---> System.FormatException: ", failures[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ordinary_exception_is_logged_as_it_is()
    {
        var logged = new ConcurrentQueue<Exception>();
        var thrown = new InvalidOperationException("The database is away.", new TimeoutException("After 30 s."));
        await using var host = await ServerHost.StartAsync(
            b24 => b24.On<CrmDealAddEvent>((_, _, _) => throw thrown),
            services => services.AddLogging(l => l.AddProvider(new Exceptions(logged))));
        await host.InstallAsync();
        await host.PostAsync("/b24", host.Event("ONCRMDEALADD", "data[FIELDS][ID]=2"));

        Assert.Same(thrown, Assert.Single(logged));
    }

    /// <remarks><see href="https://apidocs.bitrix24.com/api-reference/events/event-offline-get.html"/>: <c>error</c>.</remarks>
    [Fact]
    public async Task Offline_event_that_always_fails_is_tried_once_and_kept_by_the_portal_as_erroneous()
    {
        var seen = new ConcurrentQueue<long>();
        await using var portal = await PortalEmulator.StartAsync();
        using var user = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken));
        await user.CallAsync("event.bind", new { @event = "ONCRMDEALADD", event_type = "offline" });
        for (var i = 0; i < 3; i++)
            await user.CallAsync("crm.deal.add", new { fields = new { TITLE = $"Deal {i}" } });

        await using var app = await EmulatedApplication.StartAsync(
            portal,
            b24 => b24.On<CrmDealAddEvent>((e, _, _) =>
            {
                seen.Enqueue(e.Data.Fields.Id);
                return e.Data.Fields.Id == 2 ? throw new InvalidOperationException("Not this one.") : Task.CompletedTask;
            }),
            static services => services.Configure<Bitrix24ApplicationOptions>(static o => o.OfflineEvents = new() { Interval = TimeSpan.FromMilliseconds(50), RecoverAfter = TimeSpan.FromMilliseconds(1) }));
        await portal.InstallAsync(app.Urls.First() + "/b24");
        await UntilAsync(() => portal.OfflineEventCount == 1);
        var calls = portal.RequestCount;
        await UntilAsync(() => portal.RequestCount > calls + 10);

        Assert.Equal([1, 2, 3], seen.Order());
        var erroneous = (await user.CallAsync("event.offline.get", new { error = 1, clear = 0 })).GetProperty("events");
        Assert.Equal("2", Assert.Single(erroneous.EnumerateArray()).GetProperty("EVENT_DATA").GetProperty("FIELDS").GetProperty("ID").ToString());
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
            await Task.Delay(20, late.Token);
    }

    private sealed class Exceptions(ConcurrentQueue<Exception> logged) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null)
                logged.Enqueue(exception);
        }

        public void Dispose()
        {
        }
    }
}
