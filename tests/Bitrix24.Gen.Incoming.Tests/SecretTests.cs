using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Incoming.Tests;

using BizProc;
using Crm;

/// <summary>Whatever arrives at an application, nothing that is written of it holds a secret.</summary>
public sealed class SecretTests
{
    // Of the host, with addresses as they came.
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";

    private static readonly string[] Secrets =
        [ServerHost.Secret, ServerHost.Token, "access-1", "refresh-1", "access-2", "refresh-2", "token-of-the-user", "refresh-of-the-user", "f0rged-t0ken", "s3cret-value"];

    [Fact]
    public void Records_print_no_secret() => Assert.Empty(SecretRecords.ThatPrintIt(typeof(Bitrix24ApplicationOptions).Assembly));

    [Fact]
    public async Task No_secret_of_any_request_is_logged_traced_or_measured()
    {
        var seen = new ConcurrentQueue<string>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = static s => s.Name == "Bitrix24",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a => seen.Enqueue($"{a.DisplayName} {a.StatusDescription} {string.Join(' ', a.TagObjects.Select(static t => $"{t.Key}={t.Value}"))}"),
        };
        ActivitySource.AddActivityListener(activities);
        using var metrics = new MeterListener { InstrumentPublished = static (i, l) => { if (i.Meter.Name == "Bitrix24") l.EnableMeasurementEvents(i); } };
        metrics.SetMeasurementEventCallback<double>((i, _, tags, _) => seen.Enqueue($"{i.Name} {string.Join(' ', tags.ToArray().Select(static t => $"{t.Key}={t.Value}"))}"));
        metrics.Start();
        string? robot = null;
        await using var host = await ServerHost.StartAsync(
            b24 =>
            {
                var address = b24.MapCallback<RobotHandlerRequest>("/robot", (request, _, _) => request.Code == "fail" ? throw new InvalidOperationException("The database is away.") : Task.CompletedTask);
                b24.OnInstall((_, _, _) => Task.FromResult(robot = address()));
                b24.On<CrmDealAddEvent>((e, _, _) => e.Data.Fields.Id == 2 ? throw new InvalidOperationException("The database is away.") : Task.CompletedTask);
                b24.OnPlacement<CrmDealDetailTab>((tab, _, _) => Results.Text("tab"));
            },
            static services => services.AddLogging(static l => l.AddFilter(RequestLog, LogLevel.Warning)));

        await host.InstallAsync();
        var callback = new Uri(robot!).PathAndQuery;
        string Page(string token) => $"AUTH_ID=token-of-the-user&REFRESH_ID=refresh-of-the-user&member_id={ServerHost.Member}&APPLICATION_TOKEN={token}&PLACEMENT=CRM_DEAL_DETAIL_TAB&PLACEMENT_OPTIONS=s3cret-value";
        (string Path, string Form)[] requests =
        [
            ("/b24", host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1")), ("/b24", host.Event("ONCRMDEALADD", "data[FIELDS][ID]=2")),
            ("/b24", host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1", token: "f0rged-t0ken")), ("/b24", host.Event("ONOTHER", "a=s3cret-value")),
            ("/b24", host.Event("ONCRMDEALADD", "data[FIELDS]=s3cret-value")), ("/b24", host.Installation(refresh: "f0rged-t0ken").Replace(ServerHost.Token, "f0rged-t0ken", StringComparison.Ordinal)),
            ("/b24", "event=%FF&s3cret-value=%FF"), ("/b24", Page(ServerHost.Token)), ("/b24", Page("f0rged-t0ken")), ("/b24/install", Page(ServerHost.Token)),
            (callback, $"event_token=s3cret-value&auth[member_id]={ServerHost.Member}&auth[application_token]={ServerHost.Token}"),
            (callback, $"code=fail&auth[member_id]={ServerHost.Member}&auth[application_token]={ServerHost.Token}"),
            (callback, $"auth[member_id]={ServerHost.Member}&auth[application_token]=f0rged-t0ken"),
            ("/b24/robot?b24key=f0rged-t0ken", $"auth[application_token]={ServerHost.Token}"),
            ("/b24", host.Event("ONAPPUNINSTALL", "data[CLEAN]=1")),
        ];
        foreach (var (path, form) in requests)
            (await host.PostAsync(path, form)).Dispose();

        foreach (var line in host.Log)
            seen.Enqueue(line);
        Assert.InRange(seen.Count, 30, int.MaxValue);
        string[] secrets = [.. Secrets, KeyOf(robot!)];
        Assert.Equal([], seen.Where(t => Array.Exists(secrets, s => t.Contains(s, StringComparison.OrdinalIgnoreCase))));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(RequestLog, false)]
    [InlineData("Microsoft.AspNetCore", false)]
    public async Task The_hosts_own_log_of_requests_has_keys_of_callbacks_unless_it_is_off(string? off, bool hasKey)
    {
        string? robot = null;
        await using var host = await ServerHost.StartAsync(
            b24 =>
            {
                var address = b24.MapCallback<RobotHandlerRequest>("/robot", static (_, _, _) => Task.CompletedTask);
                b24.OnInstall((_, _, _) => Task.FromResult(robot = address()));
            },
            services => services.AddLogging(l => l.AddFilter(off ?? "Another", LogLevel.Warning)));
        await host.InstallAsync();
        (await host.PostAsync(new Uri(robot!).PathAndQuery, $"auth[member_id]={ServerHost.Member}&auth[application_token]={ServerHost.Token}")).EnsureSuccessStatusCode();
        Assert.Equal(hasKey, host.Log.Any(l => l.Contains(KeyOf(robot!), StringComparison.OrdinalIgnoreCase)));
    }

    private static string KeyOf(string address) => new Uri(address).Query.Split('=', '&')[1];
}
