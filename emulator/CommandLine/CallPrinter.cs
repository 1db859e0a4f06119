using System.Globalization;
using System.Threading.Channels;

namespace Bitrix24.Gen.Emulator;

/// <summary>Prints a line for each call. Where nobody reads the output, lines are dropped: the portal never waits for them.</summary>
internal sealed class CallPrinter : IAsyncDisposable
{
    private const int MostWaiting = 1000;

    private readonly Channel<Func<string>> _lines = Channel.CreateBounded<Func<string>>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly TextWriter _output;
    private readonly Task _printing;

    public CallPrinter(PortalEmulator portal, bool asJson, TextWriter output)
    {
        _output = output;
        portal.Requests.Added += call => _lines.Writer.TryWrite(() => asJson ? call.ToJson().ToJsonString() : Line(call));
        portal.Delivered += sent => _lines.Writer.TryWrite(() => asJson ? Json(sent) : Line(sent));
        _printing = Task.Run(PrintAsync);
    }

    /// <summary>Prints what waits still, unless the output has stalled.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await Task.WhenAny(_printing, Task.Delay(TimeSpan.FromSeconds(1)));
    }

    /// <summary>Time, status, method, duration, the server's code, and each rule with its path.</summary>
    internal static string Line(LoggedCall call)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{call.At:HH:mm:ss} {call.Status} {(call.InBatch ? "  " : "")}{Printable(call.Method)} {call.Duration.TotalMilliseconds:0.0} ms");
        if (call.Error is { } code)
            line += $" {Printable(code)}";
        return call.Findings.Count == 0
            ? line
            : $"{line} {string.Join(", ", call.Findings.Select(static f => f.Path.Length == 0 ? f.RuleId : $"{f.RuleId} {Printable(f.Path)}"))}";
    }

    /// <summary>What was sent where, and what was wrong with the answer.</summary>
    internal static string Line(SentDelivery sent)
    {
        var line = $"sent {sent.Status?.ToString(CultureInfo.InvariantCulture) ?? "---"} {Printable(sent.Code)} {Printable(sent.Url)}"
            + (sent.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $" attempt {sent.Attempt}") : "");
        return sent.Findings.Count == 0
            ? line
            : $"{line} answer refused: {string.Join("; ", sent.Findings.Select(static f => Printable($"{f.RuleId} {f.Path}: {f.Message}")))}";
    }

    private static string Json(SentDelivery sent) => new JsonObject
    {
        ["sent"] = sent.Code,
        ["url"] = sent.Url,
        ["status"] = sent.Status,
        ["attempt"] = sent.Attempt,
        ["refused"] = new JsonArray([.. sent.Findings.Select(static f => (JsonNode)$"{f.RuleId} {f.Path}: {f.Message}")]),
    }.ToJsonString();

    /// <summary>Names come from outside: none may forge a line or steer a terminal.</summary>
    private static string Printable(string text) => PrintedLine.Of(text);

    private async Task PrintAsync()
    {
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            await _output.WriteLineAsync(line());
            await _output.FlushAsync();
        }
    }
}
