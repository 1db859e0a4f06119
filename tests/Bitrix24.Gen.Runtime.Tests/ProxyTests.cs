using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>A proxy between the client and the portal that makes no connection.</summary>
public class ProxyTests
{
    private const string Password = "pr0xy-p4ssw0rd";

    [Theory]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", false)]
    [InlineData(null, false)]
    // Whose answer this is, nobody can tell.
    [InlineData("http://me:pr0xy-p4ssw0rd@proxy is no HTTP\r\n\r\n", true)]
    public async Task Password_of_a_proxy_is_in_no_exception_and_what_it_did_not_pass_on_was_not_executed(string? answer, bool mayHaveBeenExecuted)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = (IPEndPoint)listener.LocalEndpoint;
        if (answer is null)
            listener.Stop();
        using var end = new CancellationTokenSource();
        var serve = answer is null ? Task.CompletedTask : ServeAsync(listener, answer, end.Token);
        // As the client's own: activities of others have addresses, and a webhook's is its secret.
        var handler = HttpTransport.NewHandler();
        handler.Proxy = new WebProxy(new Uri($"http://me:{Password}@{address}"));
        using var http = new HttpClient(handler);
        using var client = new HandWritten.Portal(
            Bitrix24Credentials.Webhook($"https://proxied.bitrix24.com/rest/1/{LoopbackServer.Secret}/"), new() { HttpClient = http, MaxRetries = 1, RetryDelay = TimeSpan.FromMilliseconds(1) });

        var e = await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => client.CallAsync("crm.deal.add", new { fields = new { TITLE = "x" } }));
        await end.CancelAsync();
        await serve;

        Assert.DoesNotContain(Password, e.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(mayHaveBeenExecuted, Assert.IsType<Bitrix24ConnectionException>(e).MayHaveBeenExecuted);
    }

    private static async Task ServeAsync(TcpListener listener, string answer, CancellationToken end)
    {
        try
        {
            while (true)
            {
                using var peer = await listener.AcceptTcpClientAsync(end);
                var stream = peer.GetStream();
                _ = await stream.ReadAsync(new byte[4096], end);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), end);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has given up.
        }
    }
}
