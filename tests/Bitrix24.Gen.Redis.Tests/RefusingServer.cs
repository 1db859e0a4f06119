using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>A server that accepts connections and refuses every script and every write with a given error.</summary>
internal sealed class RefusingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RefusingServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The answer to scripts and writes, as it goes over the line; null: the connection ends.</summary>
    public string? Answer { get; set; } = "-ERR refused";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = ServeAsync(client);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                while (await ReadAsync(reader) is { } command)
                {
                    if (Reply(command) is not { } reply)
                        return;
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(reply + "\r\n"));
                }
            }
            catch (IOException)
            {
                // The client has gone.
            }
        }
    }

    private static async Task<string[]?> ReadAsync(StreamReader reader)
    {
        if (await reader.ReadLineAsync() is not ['*', .. var count])
            return null;
        var command = new string[int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)];
        for (var i = 0; i < command.Length; i++)
        {
            var length = int.Parse((await reader.ReadLineAsync())![1..], System.Globalization.CultureInfo.InvariantCulture);
            var text = new char[length + 2];
            await reader.ReadBlockAsync(text);
            command[i] = new string(text, 0, length);
        }

        return command;
    }

    private string? Reply(string[] command) => command[0].ToUpperInvariant() switch
    {
        "PING" => "+PONG",
        "ECHO" => $"${command[1].Length}\r\n{command[1]}",
        "CLIENT" => "+OK",
        "GET" => "$-1",
        "CONFIG" => "*0",
        "INFO" => Bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n# Replication\r\nrole:master\r\n"),
        "SUBSCRIBE" => $"*3\r\n$9\r\nsubscribe\r\n${command[1].Length}\r\n{command[1]}\r\n:1",
        "SCRIPT" => Bulk(new string('a', 40)),
        "EVAL" or "EVALSHA" or "SET" or "HSET" or "HMSET" or "HGET" => Answer,
        _ => "-ERR unknown command",
    };

    private static string Bulk(string text) => $"${text.Length}\r\n{text}";
}
