using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Runtime.Tests;

public class SecretTests
{
    [Theory]
    [InlineData("http://example.bitrix24.com/rest/1/s3cr3tw3bh00k/")]
    [InlineData("https://example.bitrix24.com/s3cr3tw3bh00k/")]
    [InlineData("s3cr3tw3bh00k")]
    [InlineData("https://user:s3cr3tw3bh00k@example.bitrix24.com/rest/1/x/")]
    public void Refused_address_is_not_repeated(string url)
    {
        var e = Assert.Throws<ArgumentException>(() => Bitrix24Credentials.Webhook(url));

        Assert.DoesNotContain(LoopbackServer.Secret, e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_and_clients_print_no_secret()
    {
        var webhook = Bitrix24Credentials.Webhook($"https://example.bitrix24.com/rest/1/{LoopbackServer.Secret}");
        using var client = new HandWritten.Portal(webhook);
        var token = Bitrix24Credentials.AccessToken("https://example.bitrix24.com", LoopbackServer.Secret);

        foreach (var text in new[] { webhook.ToString(), client.ToString(), token.ToString() })
        {
            Assert.Contains("example.bitrix24.com", text, StringComparison.Ordinal);
            Assert.DoesNotContain(LoopbackServer.Secret, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"error":"X","error_description":"no access with s3cr3tw3bh00k"}""", 403)]
    [InlineData("<html>/rest/1/s3cr3tw3bh00k/</html>", 500)]
    [InlineData("""{"result":{"item":"/rest/1/s3cr3tw3bh00k/"}}""", 200)]
    [InlineData("""{"result":{"item":{"id":"/rest/1/s3cr3tw3bh00k/"}}}""", 200)]
    [InlineData("""{"result":"/rest/1/s3cr3tw3bh00k/""", 200)]
    public async Task Answer_that_echoes_the_secret_is_not_printed(string body, int status)
    {
        await using var server = await LoopbackServer.StartAsync(body, status);
        foreach (var credentials in new[] { server.Webhook, Bitrix24Credentials.AccessToken(server.Address.ToString(), LoopbackServer.Secret) })
        {
            foreach (var strict in new[] { false, true })
            {
                var log = new Recorder();
                using var client = server.Client(new() { ValidateBeforeSending = false, MaxRetries = 0, StrictReading = strict, Logger = log }, credentials);
                var error = await Record.ExceptionAsync(() => client.BiConnector.Dataset.GetAsync(1));
                if (strict || status != 200)
                    Assert.IsAssignableFrom<Bitrix24Exception>(error);
                Assert.NotEmpty(log.Lines);
                Assert.DoesNotContain(LoopbackServer.Secret, $"{error}\n{string.Join('\n', log.Lines)}", StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Lost_connection_does_not_print_the_webhook()
    {
        var server = await LoopbackServer.StartAsync("{}");
        using var client = server.Client(credentials: server.Webhook);
        await server.DisposeAsync();

        var e = await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => client.CallAsync("app.info"));

        Assert.DoesNotContain(LoopbackServer.Secret, e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("a?b")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task Method_name_cannot_leave_the_webhooks_path(string method)
    {
        using var client = new HandWritten.Portal(Bitrix24Credentials.Webhook("https://example.bitrix24.com/rest/1/x/"));

        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.CallAsync(method));
    }

    private sealed class Recorder : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
