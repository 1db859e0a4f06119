using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Bitrix24.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>An application on loopback, and beside it the authorization server and the REST API of a portal.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    public const string Member = "a223c6b3710f85df22e9377d6c4f7553";
    public const string Token = "51856fefc120afa4b628cc82d3935cce";
    public const string Secret = "the-secret-of-the-application";

    private readonly WebApplication _app;
    private readonly WebApplication _portal;

    private ServerHost(WebApplication app, WebApplication portal) => (_app, _portal) = (app, portal);

    public required HttpClient Client { get; init; }

    public required string PortalUrl { get; init; }

    public MemoryPortalStore Portals { get; private init; } = new();

    public MemoryTokenStore Tokens { get; private init; } = new();

    public required ConcurrentQueue<string> Log { get; init; }

    /// <summary>Methods that were called in the portal, with their tokens.</summary>
    public required ConcurrentQueue<(string Method, string? Token)> Calls { get; init; }

    /// <summary>The services of the application.</summary>
    public IServiceProvider Services => _app.Services;

    public string TokenKey => new Uri(PortalUrl).Authority;

    /// <param name="configure">Registers handlers.</param>
    /// <param name="services">Adds services of the application.</param>
    /// <param name="answer">What the portal answers to a method.</param>
    /// <param name="exchange">What the authorization server knows of a refresh token beside the one of the installation: the next one, and its user.</param>
    /// <param name="refusal">Its error for a refresh token that it does not take.</param>
    public static async Task<ServerHost> StartAsync(
        Action<Bitrix24ApplicationEndpoints<Portal>> configure,
        Action<IServiceCollection>? services = null,
        Func<string, JsonElement, string>? answer = null,
        Func<string, (string Next, long? User)?>? exchange = null,
        string refusal = "invalid_grant")
    {
        var calls = new ConcurrentQueue<(string, string?)>();
        var portal = await StartAsync("/", async context =>
        {
            context.Response.ContentType = "application/json";
            var root = $"http://{context.Request.Host}";
            if (context.Request.Path.StartsWithSegments("/oauth"))
            {
                var refresh = context.Request.Query["refresh_token"].ToString();
                var grant = context.Request.Query["client_secret"] != Secret ? null : refresh == "refresh-1" ? ("refresh-2", null) : exchange?.Invoke(refresh);
                context.Response.StatusCode = grant is null ? 400 : 200;
                await context.Response.WriteAsync(grant is { } found
                    ? $$"""
                        {"access_token":"{{found.Next.Replace("refresh", "access", StringComparison.Ordinal)}}","refresh_token":"{{found.Next}}","expires_in":3600,
                         "member_id":"{{Member}}","client_endpoint":"{{root}}/rest/","domain":"oauth.bitrix.info","scope":"crm","user_id":{{found.User?.ToString() ?? "null"}}}
                        """
                    : $$"""{"error":"{{refusal}}"}""");
                return;
            }

            var method = context.Request.Path.Value!.Split('/')[^1];
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var token = context.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header["Bearer ".Length..] : body.RootElement.TryGetProperty("auth", out var auth) ? auth.GetString() : null;
            calls.Enqueue((method, token));
            await context.Response.WriteAsync($$$"""{"result":{{{answer?.Invoke(method, body.RootElement) ?? "true"}}},"time":{"start":1,"finish":1,"duration":0,"processing":0,"date_start":"2026-01-01T00:00:00+00:00","date_finish":"2026-01-01T00:00:00+00:00"}}""");
        });
        var portalUrl = portal.Urls.First();

        var log = new ConcurrentQueue<string>();
        var host = new { Portals = new MemoryPortalStore(), Tokens = new MemoryTokenStore() };
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new LogLines(log));
        builder.Services.AddBitrix24Application<Portal>(o =>
        {
            o.ClientId = "app.test";
            o.ClientSecret = Secret;
            o.OAuthServer = new(portalUrl);
        }).AddPortalStore(host.Portals, host.Tokens);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        if (app.Services.GetService<Microsoft.Extensions.Options.IConfigureOptions<RequestTimeoutOptions>>() is not null)
            app.UseRequestTimeouts();
        app.MapBitrix24Application("/b24", configure);
        await app.StartAsync();
        return new(app, portal)
        {
            Client = new() { BaseAddress = new(app.Urls.First()) },
            PortalUrl = portalUrl,
            Log = log,
            Calls = calls,
            Portals = host.Portals,
            Tokens = host.Tokens,
        };
    }

    public async Task InstallAsync(string path = "/b24") => Assert.Equal(HttpStatusCode.OK, (await PostAsync(path, Installation())).StatusCode);

    /// <summary>The form of ONAPPINSTALL.</summary>
    public string Installation(string refresh = "refresh-1") =>
        $"event=ONAPPINSTALL&data[VERSION]=1.0.0&data[LANGUAGE_ID]=en&ts=1&auth[access_token]=access-1&auth[refresh_token]={refresh}&auth[expires_in]=3600"
        + $"&auth[domain]={TokenKey}&auth[client_endpoint]={PortalUrl}/rest/&auth[member_id]={Member}&auth[application_token]={Token}&auth[status]=L";

    /// <summary>The form of an event of a known portal.</summary>
    public string Event(string code, string data, string token = Token, string member = Member, int ts = 1735374081) =>
        $"event={code}&event_handler_id=1&{data}&ts={ts}&auth[member_id]={member}&auth[domain]={TokenKey}&auth[client_endpoint]={PortalUrl}/rest/&auth[application_token]={token}";

    public Task<HttpResponseMessage> PostAsync(string path, string form) =>
        Client.PostAsync(path, new ByteArrayContent(Encoding.UTF8.GetBytes(form)) { Headers = { ContentType = new("application/x-www-form-urlencoded") } });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _portal.DisposeAsync();
    }

    private static async Task<WebApplication> StartAsync(string path, RequestDelegate handle)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(handle);
        await app.StartAsync();
        return app;
    }

    private sealed class LogLines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
