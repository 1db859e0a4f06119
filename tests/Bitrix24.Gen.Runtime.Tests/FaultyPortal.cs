using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>What goes wrong with the first request of a play.</summary>
internal enum Mishap
{
    Answer,
    Refused,
    ResetBefore,
    ResetAfter,
    CloseAfter,
    CutInAnswer,
    Timeout,
    GzipCutShort,
    ExpiredToken,
    Redirect,
}

/// <summary>A fault: what the portal does to the first request, and whether it executes it.</summary>
internal sealed record FaultCase(string Name, Mishap Mishap, int Status = 200, string Body = "")
{
    /// <summary>The request goes over a connection that carried another one before.</summary>
    public bool Warm { get; init; }

    public bool Executes => Mishap is Mishap.ResetAfter or Mishap.CloseAfter or Mishap.CutInAnswer or Mishap.Timeout or Mishap.GzipCutShort
        || (Mishap == Mishap.Answer && Status == 200 && !Body.Contains("error", StringComparison.Ordinal));
}

/// <summary>A portal over HTTP on loopback that goes through one fault after another, and counts what it executed.</summary>
internal sealed class FaultyPortal : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, byte> _keys = new();
    private readonly ConcurrentDictionary<string, ConnectionContext> _connections = new();
    private FaultCase? _fault;
    private int _arrived;
    private int _executed;
    private int _refreshes;

    private FaultyPortal()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(next => async connection =>
        {
            _connections[connection.ConnectionId] = connection;
            if (_fault is { Mishap: Mishap.ResetBefore })
            {
                // Once bytes are there: a reset in the same moment as the connection may look as if none was made.
                _fault = null;
                await connection.Transport.Input.ReadAsync();
                connection.Abort();
                return;
            }

            await next(connection);
        })));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public FakeTime Time { get; private set; } = new();

    public int Executed => _executed;

    public int Refreshes => _refreshes;

    public static async Task<FaultyPortal> StartAsync()
    {
        var portal = new FaultyPortal();
        await portal._app.StartAsync();
        return portal;
    }

    /// <summary>Begins a play.</summary>
    public void Prepare(FaultCase fault)
    {
        (_fault, _arrived, _executed, _refreshes) = (fault, fault.Warm ? -1 : 0, 0, 0);
        _keys.Clear();
        Time = new();
    }

    /// <summary>A connection of its own for each play; the first cannot be made where the fault says so.</summary>
    public SocketsHttpHandler NewHandler()
    {
        var handler = HttpTransport.NewHandler();
        handler.ConnectCallback = async (context, cancellationToken) =>
        {
            // A port that is bound and does not listen refuses.
            using var deaf = new Socket(SocketType.Stream, ProtocolType.Tcp);
            deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var refused = _fault is { Mishap: Mishap.Refused };
            if (refused)
                _fault = null;
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(refused ? deaf.LocalEndPoint! : context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        return handler;
    }

    /// <summary>Moves the clock past every wait but that for an answer.</summary>
    public async Task RunAsync(Task call)
    {
        while (!call.IsCompleted)
        {
            await Task.Delay(1);
            Time.AdvanceToNextTimer(within: TimeSpan.FromSeconds(66));
        }

        await call;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        await reader.ReadToEndAsync();
        if (context.Request.Path == "/oauth/token/")
        {
            Interlocked.Increment(ref _refreshes);
            await AnswerAsync(context, 200, """{"access_token":"access-2","refresh_token":"refresh-2","expires_in":3600}""");
            return;
        }

        var fault = Interlocked.Increment(ref _arrived) == 1 ? _fault : null;
        if (fault?.Executes != false && _arrived > 0)
            Execute(context.Request);
        await (fault is null ? AnswerAsync(context, 200, Good(context.Request)) : FailAsync(context, fault));
    }

    /// <summary>REST 3.0 does what comes under one key once.</summary>
    private void Execute(HttpRequest request)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0 || _keys.TryAdd(key, 0))
            Interlocked.Increment(ref _executed);
    }

    private async Task FailAsync(HttpContext context, FaultCase fault)
    {
        switch (fault.Mishap)
        {
            case Mishap.ResetAfter:
                context.Abort();
                break;
            case Mishap.CloseAfter:
                // An orderly end of the connection, where an answer should be.
                await _connections[context.Connection.Id].Transport.Output.CompleteAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                break;
            case Mishap.CutInAnswer:
                var body = Encoding.UTF8.GetBytes(Good(context.Request));
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case Mishap.Timeout:
                Time.Advance(TimeSpan.FromSeconds(71));
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                break;
            case Mishap.GzipCutShort:
                context.Response.Headers.ContentEncoding = "gzip";
                context.Response.ContentType = "application/json";
                var packed = Pack(Good(context.Request));
                await context.Response.Body.WriteAsync(packed.AsMemory(0, packed.Length / 2));
                break;
            case Mishap.ExpiredToken:
                await (IsV3(context.Request)
                    ? AnswerAsync(context, 401, """{"error":{"code":"BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION","message":"Access denied"}}""")
                    : AnswerAsync(context, 401, """{"error":"expired_token","error_description":"The access token provided has expired"}"""));
                break;
            case Mishap.Redirect:
                context.Response.Redirect("https://elsewhere.example" + context.Request.Path);
                break;
            default:
                await AnswerAsync(context, fault.Status, fault.Body);
                break;
        }
    }

    private static bool IsV3(HttpRequest request) => request.Path.StartsWithSegments("/rest/api");

    private static string Good(HttpRequest request) => request.Path.Value![(request.Path.Value!.LastIndexOf('/') + 1)..] switch
    {
        "batch" when IsV3(request) => """{"result":[{"item":{"id":1}}]}""",
        "batch" => """{"result":{"result":{"c0":{"id":1,"item":{"id":1}}}}}""",
        var method when method.EndsWith("update", StringComparison.Ordinal) => """{"result":true}""",
        _ when request.Path.StartsWithSegments("/v1") => """{"success":true,"data":{"id":1}}""",
        _ => """{"result":{"id":1,"item":{"id":1}}}""",
    };

    private static byte[] Pack(string text)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    private static Task AnswerAsync(HttpContext context, int status, string body) =>
        LoopbackServer.Answer(context, body, status, body.StartsWith('<') ? "text/html" : "application/json");
}
