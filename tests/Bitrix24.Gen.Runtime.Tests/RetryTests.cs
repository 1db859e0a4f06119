using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class RetryTests
{
    private const string Good = """{"result":{"id":1,"item":{"id":1}}}""";

    // Status 0: no connection was made; 999: the portal executed the call, and the connection broke.
    [Theory]
    [InlineData("read", 0, "", 2, true)]
    [InlineData("read", 999, "", 2, true)]
    [InlineData("read", 500, "{}", 2, true)]
    [InlineData("read", 502, "<html>", 2, true)]
    [InlineData("read", 503, "", 2, true)]
    [InlineData("read", 200, "{\"result\":{\"it", 2, true)]
    [InlineData("read", 200, "<html>", 2, true)]
    [InlineData("read", 200, "", 2, true)]
    [InlineData("read", 400, "{\"error\":\"X\"}", 1, false)]
    [InlineData("read", 503, "{\"error\":\"OVERLOAD_LIMIT\"}", 1, false)]
    [InlineData("read", 200, "{\"error\":\"X\"}", 1, false)]
    [InlineData("safe", 0, "", 2, true)]
    [InlineData("safe", 999, "", 1, false)]
    [InlineData("safe", 500, "{}", 1, false)]
    [InlineData("unsafe", 0, "", 2, true)]
    [InlineData("unsafe", 999, "", 1, false)]
    [InlineData("unsafe", 500, "{}", 1, false)]
    [InlineData("unsafe", 502, "<html>", 1, false)]
    [InlineData("unsafe", 503, "", 1, false)]
    [InlineData("unsafe", 200, "{\"result\":{\"i", 1, false)]
    [InlineData("batch of reads", 999, "", 2, true)]
    [InlineData("batch with a write", 0, "", 2, true)]
    [InlineData("batch with a write", 999, "", 1, false)]
    public async Task Retried_only_where_nothing_can_happen_twice(string kind, int status, string body, int sent, bool succeeds)
    {
        // b24jssdk#24: a retry on timeout made three documents.
        var calls = 0;
        var portal = new StubPortal
        {
            Answer = (method, _) => ++calls == 1 ? (status, body)
                : method.EndsWith("update", StringComparison.Ordinal) ? (200, """{"result":true}""")
                : (200, method == "batch" ? """{"result":{"result":{"c0":{"item":{"id":1}},"c1":{"id":1}}}}""" : Good),
        };
        using var client = portal.Client();

        var error = await Record.ExceptionAsync(() => portal.Run(Send(client, kind)));

        Assert.Equal((sent, succeeds), (calls, error is null));
        if (!kind.Contains("read", StringComparison.Ordinal))
            Assert.InRange(portal.Executed.Count, 0, 1);
        if (error is not null)
            Assert.IsAssignableFrom<Bitrix24Exception>(error);
    }

    [Fact]
    public async Task Retries_have_an_end_and_grow_apart()
    {
        var times = new List<DateTimeOffset>();
        StubPortal portal = null!;
        portal = new StubPortal
        {
            Answer = (_, _) =>
            {
                times.Add(portal.Time.GetUtcNow());
                return (500, "");
            },
        };
        using var client = portal.Client();

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => portal.Run(client.BiConnector.Dataset.GetAsync(1)));

        var gaps = times.Zip(times.Skip(1), static (a, b) => (b - a).TotalSeconds).ToList();
        Assert.Equal(3, gaps.Count);
        Assert.InRange(gaps[0], 0.75, 1.25);
        Assert.InRange(gaps[1], 1.5, 2.5);
        Assert.InRange(gaps[2], 3, 5);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_for_a_retry()
    {
        using var cancellation = new CancellationTokenSource();
        var portal = new StubPortal { Answer = (_, _) => (500, "") };
        using var client = portal.Client();

        var call = client.BiConnector.Dataset.GetAsync(1, cancellation.Token);
        while (portal.Time.Waiting == 0)
            await Task.Delay(1);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static async Task<bool> Send(HandWritten.Portal client, string kind)
    {
        var batch = client.CreateBatch();
        switch (kind)
        {
            case "read":
                await client.BiConnector.Dataset.GetAsync(1);
                break;
            case "safe":
                await client.BiConnector.Dataset.UpdateAsync(1, new());
                break;
            case "unsafe":
                await client.SendAsync(new DatasetAddRequest { Fields = Requests.Create });
                break;
            case "batch of reads":
                batch.Add(new DatasetGetRequest { Id = 1 });
                break;
            default:
                batch.Add(new DatasetGetRequest { Id = 1 });
                batch.Add(new DatasetAddRequest { Fields = Requests.Create });
                break;
        }

        if (batch.Items.Count > 0)
            await batch.SendAsync();
        return true;
    }
}
