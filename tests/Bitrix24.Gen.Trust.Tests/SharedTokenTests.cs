using System.Diagnostics;
using Bitrix24.BiConnector;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Trust.Tests;

/// <summary>Many who need a new token at once: threads, clients, API versions, processes.</summary>
public sealed class SharedTokenTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("b24tokens").FullName;
    private PortalEmulator _portal = null!;

    private string Host => new Uri(_portal.PortalUrl).Authority;

    private Worker.Orders Orders => new(_folder, _portal.PortalUrl, _portal.ClientId, _portal.ClientSecret);

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync();
        // Expired for the portal, while the store believes that they last.
        await new FileTokenStore(_folder).SaveAsync(Host, new()
        {
            AccessToken = _portal.AccessToken,
            RefreshToken = _portal.RefreshToken,
            ExpiresAt = DateTimeOffset.MaxValue,
        });
        _portal.ExpireTokens();
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Storm_over_two_clients_and_two_api_versions_refreshes_once_and_executes_each_call_once()
    {
        // b24jssdk#147, #182; b24phpsdk#544: a retry after a refresh lost the API version.
        using var one = Client();
        using var two = Client();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => SendAsync(i % 2 == 0 ? one : two, i % 4 / 2 == 0)));

        Assert.Equal(1, _portal.RefreshCount);
        Assert.Equal(50, _portal.Requests.Executions("biconnector.connector.add"));
        Assert.Equal(50, _portal.Requests.Executions("main.eventlog.list"));
        // The emulator has this method in REST 3.0 only: no call went to the older API.
        Assert.DoesNotContain(_portal.Requests, static call => call.Error == "ERROR_METHOD_NOT_FOUND");
    }

    [Fact]
    public async Task Workers_in_several_processes_refresh_once()
    {
        // b24phpsdk#102: several workers race for the one-time refresh token.
        var workers = Enumerable.Range(0, 4).Select(_ => Worker.Start("work", Orders)).ToList();
        try
        {
            foreach (var worker in workers)
                Assert.Equal("ready", await Worker.ReadAsync(worker));
            workers.ForEach(static w => w.StandardInput.WriteLine("go"));
            workers.ForEach(static w => w.StandardInput.Flush());
            foreach (var worker in workers)
                Assert.Equal("done", await Worker.ReadAsync(worker));
        }
        finally
        {
            workers.ForEach(End);
        }

        Assert.Equal(1, _portal.RefreshCount);
        Assert.Equal(4, _portal.Requests.Executions("biconnector.connector.fields"));
    }

    [Fact]
    public async Task Lock_of_a_process_that_died_does_not_keep_others_out()
    {
        var holder = Worker.Start("hold", Orders);
        try
        {
            Assert.Equal("held", await Worker.ReadAsync(holder));
            var refused = await Assert.ThrowsAsync<TimeoutException>(
                () => new FileTokenStore(_folder) { LockTimeout = TimeSpan.Zero }.LockAsync(Host).AsTask());
            Assert.Contains(Host, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            End(holder);
        }

        using var client = Client();
        await client.CallAsync("biconnector.connector.fields");

        Assert.Equal(1, _portal.RefreshCount);
    }

    [Theory]
    [InlineData("lock", true)]
    [InlineData("load", true)]
    [InlineData("save", false)]
    [InlineData("saved", true)]
    public async Task Two_processes_killed_in_a_step_of_a_refresh_do_not_keep_a_third_out(string step, bool isWhole)
    {
        for (var i = 0; i < 2; i++)
        {
            using var worker = Worker.Start("die", Orders, step);
            Assert.Equal("ready", await Worker.ReadAsync(worker));
            worker.StandardInput.WriteLine("go");
            worker.StandardInput.Flush();
            await worker.WaitForExitAsync();
        }

        using var client = Client();
        var error = await Record.ExceptionAsync(() => client.CallAsync("biconnector.connector.fields"));

        // Tokens that had come and were not saved died with their process: the user has to authorize the application again.
        if (isWhole)
            Assert.Null(error);
        else
            Assert.Equal("invalid_grant", Assert.IsType<Bitrix24ApiException>(error).Code);
    }

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    // A store for each, as in separate programs.
    private Portal Client() => new(
        Bitrix24Credentials.OAuth(
            _portal.PortalUrl, new(_portal.ClientId, _portal.ClientSecret) { OAuthServer = new(_portal.PortalUrl) }, new FileTokenStore(_folder)),
        new() { RateLimit = Bitrix24RateLimit.None });

    private static async Task SendAsync(Portal client, bool older)
    {
        if (older)
        {
            await client.SendAsync(new ConnectorAddRequest
            {
                Fields = new()
                {
                    Title = "T",
                    Logo = "data:image/png;base64,iVBORw0=",
                    UrlCheck = "https://example.com/c",
                    UrlData = "https://example.com/d",
                    UrlTableList = "https://example.com/t",
                    UrlTableDescription = "https://example.com/e",
                    Settings = [],
                },
            });
            return;
        }

        await foreach (var _ in client.V3.Main.EventLog.ListAsync())
        {
        }
    }
}
