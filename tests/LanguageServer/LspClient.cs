using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Bitrix24.Gen.LanguageServer;

/// <summary>Speaks the Language Server Protocol with a server process, as an editor does.</summary>
internal sealed class LspClient : IDisposable
{
    private readonly Process _server;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _pending = new();
    private readonly Lock _writing = new();
    private int _last;

    /// <summary>Starts the server.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">Its working directory.</param>
    public LspClient(IReadOnlyList<string> command, string folder)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        _server = Process.Start(start)!;
        _server.ErrorDataReceived += static (_, line) => Log(line.Data);
        _server.BeginErrorReadLine();
        _ = Task.Run(ReadAsync);
    }

    /// <summary>What the server said beside answers; shown when a check fails.</summary>
    public static ConcurrentQueue<string> Messages { get; } = new();

    public async Task<JsonNode?> RequestAsync(string method, JsonNode? parameters, TimeSpan limit)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answer;
        Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return await answer.Task.WaitAsync(limit);
    }

    public void Notify(string method, JsonNode parameters) => Write(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    public void Dispose()
    {
        if (!_server.HasExited)
            _server.Kill(entireProcessTree: true);
        _server.Dispose();
    }

    private static void Log(string? line)
    {
        if (!string.IsNullOrEmpty(line))
            Messages.Enqueue(line);
    }

    private async Task ReadAsync()
    {
        var input = _server.StandardOutput.BaseStream;
        while (await ReadMessageAsync(input) is { } message)
        {
            var id = message["id"];
            if (message["method"]?.GetValue<string>() is { } method)
            {
                if (id is null)
                    Log(message["params"]?["message"]?.ToString());
                else
                    Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["result"] = Answer(method, message["params"]) });
            }
            else if (id is not null && _pending.TryRemove(id.GetValue<int>(), out var waiting))
            {
                if (message["error"] is { } error)
                    waiting.TrySetException(new InvalidOperationException(error.ToJsonString()));
                else
                    waiting.TrySetResult(message["result"]);
            }
        }
    }

    /// <summary>What an editor answers when it is asked for its settings.</summary>
    private static JsonNode? Answer(string method, JsonNode? parameters) => method == "workspace/configuration"
        ? new JsonArray([.. (parameters?["items"]?.AsArray() ?? []).Select(static _ => (JsonNode)new JsonObject { ["analyzersEnabled"] = true, ["logLevel"] = "info" })])
        : null;

    private static async Task<JsonNode?> ReadMessageAsync(Stream input)
    {
        var length = -1;
        while (true)
        {
            var line = await ReadLineAsync(input);
            if (line is null)
                return null;
            if (line.Length == 0)
                break;
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line.AsSpan("Content-Length:".Length), CultureInfo.InvariantCulture);
        }

        var body = new byte[length];
        await input.ReadExactlyAsync(body);
        return JsonNode.Parse(body);
    }

    private static async Task<string?> ReadLineAsync(Stream input)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await input.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        return null;
    }

    private void Write(JsonObject message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        lock (_writing)
        {
            var output = _server.StandardInput.BaseStream;
            output.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
            output.Write(body);
            output.Flush();
        }
    }
}
