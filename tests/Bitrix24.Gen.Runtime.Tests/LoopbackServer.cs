using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>An HTTP server on loopback whose answers a test decides.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    public const string Secret = "s3cr3tw3bh00k";

    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Path, string Body, string? Authorization)> Requests { get; } = new();

    public Uri Address => new(_app.Urls.First());

    public Bitrix24Credentials Webhook => Bitrix24Credentials.Webhook($"{Address}rest/1/{Secret}/");

    public static async Task<LoopbackServer> StartAsync(Func<HttpContext, string, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new LoopbackServer(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            server.Requests.Enqueue((context.Request.Path, body, context.Request.Headers.Authorization));
            await answer(context, body);
        });
        await app.StartAsync();
        return server;
    }

    public static Task<LoopbackServer> StartAsync(string body, int status = 200, string contentType = "application/json") =>
        StartAsync((context, _) => Answer(context, body, status, contentType));

    public static Task Answer(HttpContext context, string body, int status = 200, string contentType = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    }

    /// <summary>A client that does not retry calls, unless its options say so.</summary>
    public HandWritten.Portal Client(Bitrix24ClientOptions? options = null, Bitrix24Credentials? credentials = null) =>
        new(credentials ?? Bitrix24Credentials.AccessToken(Address.ToString(), Secret), options ?? new() { MaxRetries = 0 });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
