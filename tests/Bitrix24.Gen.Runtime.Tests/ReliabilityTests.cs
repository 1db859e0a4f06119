using System.Text;
using Bitrix24.Descriptors;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Plays every fault with every kind of call, and holds docs/reliability.md to what happened.</summary>
public class ReliabilityTests
{
    private const int Refused = 0;
    private const int Cut = 999;

    private static readonly (string Name, int Status, string Body)[] s_faults =
    [
        ("connection refused", Refused, ""),
        ("connection reset after the request was sent", Cut, ""),
        ("500 without a body", 500, ""),
        ("502 with HTML", 502, "<html>"),
        ("503 QUERY_LIMIT_EXCEEDED", 503, """{"error":"QUERY_LIMIT_EXCEEDED"}"""),
        ("429 OPERATION_TIME_LIMIT", 429, """{"error":"OPERATION_TIME_LIMIT"}"""),
        ("200 with truncated JSON", 200, """{"result":{"i"""),
        ("200 with an error", 200, """{"error":"ACCESS_DENIED"}"""),
        ("400 with an error", 400, """{"error":"ACCESS_DENIED"}"""),
        ("redirect to another host", 302, ""),
    ];

    private static readonly string[] s_kinds = ["read", "safe write", "unsafe write", "batch with a write", "v3 write"];

    [Fact]
    public async Task Reliability_page_says_what_happens()
    {
        var page = new StringBuilder(
            """
            # Reliability

            What becomes of a call when its first attempt meets a fault and the next ones do not. Each cell: the outcome,
            how often the call was sent, and how often the portal executed it. A test plays all of them and compares this
            page with what happened (`ReliabilityTests`; with `BITRIX24_WRITE_DOCS=1` it writes the page).

            - A call that changes something goes again only where the portal certainly did not execute it.
            - REST 3.0 executes a call once however often it arrives with the same `Idempotency-Key`: its writes go again.
            - A `Bitrix24ConnectionException` says whether the call may have been executed. A `Bitrix24ProtocolException` to a
              write means that an answer came but could not be read: the call may have been executed.


            """.ReplaceLineEndings("\n"));
        page.Append($"| fault | {string.Join(" | ", s_kinds)} |\n|{string.Concat(s_kinds.Prepend("").Select(static _ => " --- |"))}\n");
        foreach (var fault in s_faults)
        {
            page.Append($"| {fault.Name} |");
            foreach (var kind in s_kinds)
                page.Append($" {await Play(kind, fault.Status, fault.Body)} |");
            page.Append('\n');
        }

        var path = Path.Combine(Root(), "docs", "reliability.md");
        if (Environment.GetEnvironmentVariable("BITRIX24_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(path, page.ToString());
        Assert.Equal(page.ToString(), await File.ReadAllTextAsync(path));
    }

    private static async Task<string> Play(string kind, int status, string body)
    {
        var sent = 0;
        var keys = new HashSet<string>();
        var executed = 0;
        StubPortal portal = null!;
        portal = new StubPortal
        {
            Answer = (method, text) =>
            {
                var (code, answer) = ++sent == 1 ? (status, body) : (200, Good(method));
                // A 2xx or a connection that broke later: the portal did it, once for each key of REST 3.0.
                if (code is 200 && !answer.Contains("ACCESS_DENIED", StringComparison.Ordinal) || code == Cut)
                    executed += kind != "v3 write" || keys.Add(portal.IdempotencyKey!) ? 1 : 0;
                return (code, answer);
            },
        };
        using var client = portal.Client();
        var error = await Record.ExceptionAsync(() => portal.Run(Send(client, kind)));

        if (kind != "read")
            Assert.InRange(executed, 0, 1);
        if (error is null)
            Assert.True(executed > 0, "a lost call was reported as done");
        return $"{(error is null ? "done" : "failed")}, {sent} sent, {executed} executed";
    }

    private static string Good(string method) => method switch
    {
        "batch" => """{"result":{"result":{"c0":{"id":1}}}}""",
        _ when method.EndsWith("update", StringComparison.Ordinal) => """{"result":true}""",
        _ => """{"result":{"id":1,"item":{"id":1}}}""",
    };

    private static async Task<bool> Send(HandWritten.Portal client, string kind)
    {
        switch (kind)
        {
            case "read":
                await client.BiConnector.Dataset.GetAsync(1);
                break;
            case "safe write":
                await client.BiConnector.Dataset.UpdateAsync(1, new());
                break;
            case "unsafe write":
                await client.SendAsync(new DatasetAddRequest { Fields = Requests.Create });
                break;
            case "v3 write":
                var api = new ApiDescriptor { Envelope = EnvelopeKind.Bitrix24V3 };
                await client.SendAsync(new RawRequest(new("tasks.task.add", static () => []) { Api = api }, static w => w.WriteRawValue("{}")));
                break;
            default:
                var batch = client.CreateBatch();
                batch.Add(new DatasetAddRequest { Fields = Requests.Create });
                await batch.SendAsync();
                break;
        }

        return true;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Bitrix24.Gen.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The repository is not around the tests.");
    }
}
