using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Garnet;
using StackExchange.Redis;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>
/// A server for the tests: Garnet in this process or, where <c>BITRIX24_REDIS_SERVER=1</c> asks for it, the redis-server
/// that is installed. A line between it and its clients can be cut, stalled and restored.
/// </summary>
public sealed class Server : IAsyncLifetime, IDisposable
{
    private readonly int _port = FreePort();
    private readonly List<ConnectionMultiplexer> _connections = [];
    private GarnetServer? _garnet;
    private Process? _process;

    internal Line Line { get; private set; } = null!;

    /// <summary>Keys of their own for each test.</summary>
    internal static string NewPrefix() => "t" + Guid.NewGuid().ToString("N");

    public async Task InitializeAsync()
    {
        if (IsRedisServer)
        {
            _process = StartProcess();
        }
        else
        {
            StartGarnet();
        }

        Line = new(_port);
        for (var tries = 0; ; tries++)
        {
            try
            {
                await (await ConnectAsync()).GetDatabase().PingAsync();
                return;
            }
            catch (RedisException) when (tries < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Ends the server and starts it anew on its port, without its data.</summary>
    internal async Task RestartAsync()
    {
        Stop();
        await StartAgainAsync();
    }

    /// <summary>Ends the server; nobody answers on its port.</summary>
    internal void Stop()
    {
        _process?.Kill();
        _garnet?.Dispose();
        _garnet = null;
    }

    /// <summary>Starts a server that was ended.</summary>
    internal async Task StartAgainAsync()
    {
        if (_process is { } process)
        {
            await process.WaitForExitAsync();
            _process = StartProcess();
            return;
        }

        StartGarnet();
    }

    /// <summary>Whether the tests run on the redis-server that is installed.</summary>
    internal static bool IsRedisServer => Environment.GetEnvironmentVariable("BITRIX24_REDIS_SERVER") == "1";

    /// <summary>The server hangs: connections stay, and nothing is answered (SIGSTOP).</summary>
    internal void Freeze()
    {
        if (_process is { } process)
            MortalStore.Signal(process, "STOP");
        else
            Line.Stall();
    }

    /// <summary>A server that hung goes on with what it was sent.</summary>
    internal void Thaw()
    {
        if (_process is { } process)
            MortalStore.Signal(process, "CONT");
        else
            Line.Restore();
    }

    /// <summary>Copies another server, from now on; of redis-server only.</summary>
    internal async Task ReplicateAsync(Server other)
    {
        var database = (await ConnectAsync()).GetDatabase();
        await database.ExecuteAsync("REPLICAOF", "127.0.0.1", $"{other._port}");
        for (var tries = 0; tries < 200 && !$"{await database.ExecuteAsync("INFO", "replication")}".Contains("master_link_status:up", StringComparison.Ordinal); tries++)
            await Task.Delay(50);
    }

    /// <summary>A replica becomes the one that takes writes.</summary>
    internal async Task PromoteAsync() => await (await ConnectAsync()).GetDatabase().ExecuteAsync("REPLICAOF", "NO", "ONE");

    /// <summary>Another server takes over: connections break, and new ones reach it.</summary>
    internal void FailOverTo(Server other)
    {
        Line.Cut();
        Line.Target = other._port;
        Line.Restore();
    }

    private void StartGarnet()
    {
        _garnet = new GarnetServer(["--port", $"{_port}", "--bind", "127.0.0.1", "--lua", "--lua-transaction-mode", "--memory", "64m", "--index", "1m", "--logger-level", "None"]);
        _garnet.Start();
    }

    private Process StartProcess() =>
        Process.Start(new ProcessStartInfo("redis-server", $"--port {_port} --bind 127.0.0.1 --save \"\" --appendonly no") { RedirectStandardOutput = true })!;

    /// <summary>A connection of a process of its own.</summary>
    internal async Task<ConnectionMultiplexer> ConnectAsync(int timeout = 20_000)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { IPAddress.Loopback, Line.Port } },
            AbortOnConnectFail = false,
            ConnectTimeout = 5_000,
            AsyncTimeout = timeout,
            ReconnectRetryPolicy = new LinearRetry(100),
            AllowAdmin = true,
        });
        for (var tries = 0; !connection.IsConnected && tries < 200; tries++)
            await Task.Delay(50);
        lock (_connections)
            _connections.Add(connection);
        return connection;
    }

    /// <summary>
    /// The server is full, and throws out keys until it is cancelled: redis-server those that were not used for longest, Garnet, which has
    /// no such limit, any of the keys with a prefix. Answers how many it threw out.
    /// </summary>
    internal async Task<long> EvictAsync(string prefix, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync();
        var (database, server) = (connection.GetDatabase(), connection.GetServers()[0]);
        if (IsRedisServer)
        {
            await server.ConfigSetAsync("maxmemory-policy", "allkeys-lru");
            await server.ConfigSetAsync("maxmemory", "3mb");
        }

        var (junk, evicted) = (new string('x', 4_000), 0L);
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            if (IsRedisServer)
            {
                await Task.WhenAll(Enumerable.Range(0, 50).Select(n => database.StringSetAsync($"junk:{i}:{n}", junk)));
            }
            else if (server.Keys(pattern: prefix + "*").ToArray() is { Length: > 0 } keys && await database.KeyDeleteAsync(keys[i % keys.Length]))
            {
                evicted++;
            }

            await Task.Delay(20, CancellationToken.None);
        }

        return IsRedisServer
            ? long.Parse((await server.InfoAsync("stats"))[0].Single(static l => l.Key == "evicted_keys").Value, System.Globalization.CultureInfo.InvariantCulture)
            : evicted;
    }

    /// <summary>What a server that was restarted without its data knows.</summary>
    internal async Task ForgetAsync() => await (await ConnectAsync()).GetDatabase().ExecuteAsync("FLUSHALL");

    public Task DisposeAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // A client that says goodbye waits for an answer.
        Line?.Restore();
        _connections.ForEach(static c => c.Dispose());
        _connections.Clear();
        Line?.Dispose();
        _garnet?.Dispose();
        _garnet = null;
        if (_process is { HasExited: false })
            _process.Kill();
        _process?.Dispose();
        _process = null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>The network between a server and its clients.</summary>
internal sealed class Line : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _ends = [];
    private TaskCompletionSource _flows = Flowing();
    private bool _isCut;

    public Line(int target)
    {
        Target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Where new connections go.</summary>
    public int Target { get; set; }

    /// <summary>Nothing passes, and nobody is notified.</summary>
    public void Stall() => _flows = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Connections break, and none can be made.</summary>
    public void Cut()
    {
        _isCut = true;
        lock (_ends)
        {
            _ends.ForEach(static e => e.Dispose());
            _ends.Clear();
        }
    }

    public void Restore()
    {
        _isCut = false;
        var flows = _flows;
        _flows = Flowing();
        flows.TrySetResult();
    }

    public void Dispose()
    {
        Cut();
        _flows.TrySetResult();
        _listener.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        var flows = new TaskCompletionSource();
        flows.SetResult();
        return flows;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient near;
            try
            {
                near = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            if (_isCut)
            {
                near.Dispose();
                continue;
            }

            var far = new TcpClient { NoDelay = true };
            near.NoDelay = true;
            lock (_ends)
                _ends.AddRange([near, far]);
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, Target);
                _ = CopyAsync(near, far);
                _ = CopyAsync(far, near);
            }
            catch (SocketException)
            {
                near.Dispose();
                far.Dispose();
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var read)
            {
                await _flows.Task;
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The line was cut.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
